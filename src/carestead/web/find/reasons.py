"""Why people are on a list, at a glance: reasons that lead to their rows, lists, what could still help."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from carestead.web.find.naming import SUDDEN, is_for_evaluation, list_name, need_name
from carestead.web.find.people import Known
from carestead.web.find.rows_behind import about, rows_behind
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


def reasons(known: Known) -> list[Reason]:
    """Every reason, most telling first."""
    return spoken(known.person_id, known.row.get("reasons") or "")


def spoken(person_id: int, words: str) -> list[Reason]:
    """Reasons parted by semicolons, each with the rows behind it."""
    parts = (part.strip() for part in words.split(";"))
    return [_reason(person_id, part) for part in parts if part]


def _reason(person_id: int, words: str) -> Reason:
    kind, name = about(words)
    judged = kind == "score" and is_for_evaluation(name)
    return Reason(words[:1].upper() + words[1:], rows_behind(person_id, words), judged)


def glances(found: Published, people: Iterable[Known]) -> dict[int, Glance]:
    """The glance of each of a page's people: three queries for all of them."""
    every = list(people)
    ids = [k.person_id for k in every]
    on, needs = (_by_person(found.rows(f"find/{name}", people=ids)) for name in ("cohorts", "needs"))
    return {k.person_id: _glance(k, on[k.person_id], needs[k.person_id], found.as_of) for k in every}


def _glance(known: Known, on: list[Row], needs: list[Row], as_of: date) -> Glance:
    happened = next((row for row in on if row["cohort"] == SUDDEN), None)
    sudden = spoken(known.person_id, happened["because"]) if happened else []
    said = [r for r in reasons(known) if r not in sudden]
    return Glance(
        first=said[:AT_A_GLANCE],
        more=said[AT_A_GLANCE:],
        lists=[{"id": i, "name": list_name(i)} for i in known.lists if i != SUDDEN],
        sudden=sudden,
        sudden_when=ago(happened["since"], as_of) if happened and happened["since"] else "",
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
