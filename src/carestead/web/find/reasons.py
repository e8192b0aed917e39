"""Why people are on a list, at a glance: reasons that lead to their rows, lists, what could still help."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from carestead.web.find.naming import SUDDEN, is_for_evaluation, list_name, need_name
from carestead.web.find.people import Known
from carestead.web.find.rows_behind import about, rows_behind, rows_of_sudden
from carestead.web.published import Published, Row
from carestead.web.shell.formats import ago, count

AT_A_GLANCE, NEEDS_AT_A_GLANCE = 3, 2


@dataclass(frozen=True)
class Reason:
    """A reason in words, the address of the rows behind it, and whether it is shown only to be judged."""

    words: str
    href: str
    for_evaluation: bool = False


@dataclass(frozen=True)
class Glance:
    """What a list says of one person besides name and age."""

    first: list[Reason]
    more: list[Reason]
    lists: list[Row]
    sudden: list[Reason]
    sudden_when: str
    needs: list[Row]
    more_needs: int


Happened = Mapping[str, Reason]
"""Sudden entries of one person, by their words."""


def of_register(found: Published, known: Known) -> list[Reason]:
    """Every reason for being on the register, most telling first."""
    return spoken(known.person_id, known.row.get("reasons") or "", happened(found, [known.person_id])[known.person_id])


def spoken(person_id: int, words: str, happened: Happened) -> list[Reason]:
    """Reasons parted by semicolons, each with the rows behind it."""
    parts = (part.strip() for part in words.split(";"))
    return [happened.get(part) or _reason(person_id, part) for part in parts if part]


def happened(found: Published, people: list[int]) -> dict[int, Happened]:
    """What happened lately to each of `people`."""
    rows = _by_person(found.rows("find/sudden", people=people))
    return {i: {r["because"]: _sudden(i, r) for r in rows[i]} for i in people}


def _reason(person_id: int, words: str) -> Reason:
    kind, name = about(words)
    judged = kind == "score" and is_for_evaluation(name)
    return Reason(_capital(words), rows_behind(person_id, words), judged)


def _sudden(person_id: int, row: Row) -> Reason:
    return Reason(_capital(row["because"]), rows_of_sudden(person_id, row["entry"]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def glances(found: Published, people: Iterable[Known]) -> dict[int, Glance]:
    """The glance of each of a page's people: three queries for all of them."""
    every = {k.person_id: k for k in people}
    ids = list(every)
    on, needs = (_by_person(found.rows(f"find/{name}", people=ids)) for name in ("cohorts", "needs"))
    lately = happened(found, ids)
    return {i: _glance(k, on[i], needs[i], lately[i], found.as_of) for i, k in every.items()}


def _glance(known: Known, on: list[Row], needs: list[Row], lately: Happened, as_of: date) -> Glance:
    entry = next((row for row in on if row["cohort"] == SUDDEN), None)
    sudden = spoken(known.person_id, entry["because"], lately) if entry else []
    said = [r for r in spoken(known.person_id, known.row.get("reasons") or "", lately) if r not in sudden]
    return Glance(
        first=said[:AT_A_GLANCE],
        more=said[AT_A_GLANCE:],
        lists=[{"id": i, "name": list_name(i)} for i in known.lists if i != SUDDEN],
        sudden=sudden,
        sudden_when=ago(entry["since"], as_of) if entry and entry["since"] else "",
        needs=[{**n, "name": need_name(n["need"])} for n in needs[:NEEDS_AT_A_GLANCE]],
        more_needs=max(0, len(needs) - NEEDS_AT_A_GLANCE),
    )


def waiting_in_words(people: Iterable[Known]) -> str:
    """`2 sudden entries`, or nothing."""
    sudden_ones = sum(SUDDEN in k.lists for k in people)
    return count(sudden_ones, "sudden entry", "sudden entries") if sudden_ones else ""


def _by_person(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["person_id"]].append(row)
    return grouped
