"""What the list pages show, made ready for their templates."""

from collections.abc import Mapping
from typing import Any

from carestead.store.actor import Actor, Role
from carestead.web.find.listing import PER_PAGE, Filters, choose, in_words
from carestead.web.find.naming import in_order, list_name, need_name
from carestead.web.find.people import Known, names
from carestead.web.find.reasons import glances, waiting_in_words
from carestead.web.published import Published, Row
from carestead.web.shell.formats import born, day, nhs_number

STATUSES = ("Proposed", "Proposed again", "Enrolled", "Deferred", "Declined")


def list_page(found: Published, actor: Actor, people: list[Known], filters: Filters) -> dict[str, Any]:
    """The context of a list of people; `shown` are those on this page."""
    # Names of everybody are looked up only where somebody is looked for by name: it is most of the page's time.
    named = names(found, (k.person_id for k in people)) if filters.q else {}
    chosen = choose(people, filters, actor, named, _in_need(found, filters.need))
    start = (filters.page - 1) * PER_PAGE
    shown = chosen[start : start + PER_PAGE]
    named = named or names(found, (k.person_id for k in shown))
    glance = glances(found, shown)
    return {
        "as_of": found.as_of,
        "silent": found.silent,
        "filters": filters,
        "in_words": in_words(filters, len(chosen), len(people), found.organisation_name),
        "shown": [{**item(found, k, named), "glance": glance[k.person_id]} for k in shown],
        "people": [k.person_id for k in shown],
        "pages": _pages(filters, len(chosen)),
        "practices": _practices(found, people),
        "lists": _lists(people),
        "needs": [(n["need"], need_name(n["need"])) for n in found.rows_once("find/kinds_of_need")],
        "sudden": waiting_in_words(people),
        "statuses": STATUSES,
        "empty": not people,
        "can_be_mine": bool(actor.practitioner_code),
        "group_wide": actor.role is Role.CARE_COORDINATOR,
    }


def item(found: Published, known: Known, named: Mapping[int, Row]) -> dict[str, Any]:
    """One person of a list."""
    name = named.get(known.person_id, {})
    row = known.row
    return {
        "person_id": known.person_id,
        "name": name.get("name") or "Name not known",
        "nhs_number": nhs_number(name.get("nhs_number")),
        "born": born(row["birth_date"], found.as_of, row["death_date"]),
        "died": row["death_date"],
        "practice": found.organisation_name(row["practice_code"]),
        "earlier": known.row.get("earlier_decision") if known.again else None,
        "status": known.status,
        "standing": standing(known),
        "named_gp": found.practitioner_name(known.named_gp_code),
        "coordinator": found.practitioner_name(known.coordinator_code),
        "proposed": known.status != "Enrolled",
        "can_decide": known.status != "Enrolled",
    }


def standing(known: Known) -> str:
    """Where the person stands, in a few words."""
    e = known.enrolment
    if e is None:
        return ""
    if e.state == "deferred":
        return f"until {day(e.review_on)}: {e.reason}"
    return f"by {e.decided_by}, {day(e.decided_at)}" + (f": {e.reason}" if e.reason else "")


def _lists(people: list[Known]) -> list[tuple[str, str]]:
    """The lists that any of `people` is on, in the order of the rule."""
    on = {i for k in people for i in k.lists}
    return [(i, list_name(i)) for i in in_order(on)]


def _in_need(found: Published, need: str) -> set[int]:
    return {r["person_id"] for r in found.rows("find/in_need", need=need)} if need else set()


def _practices(found: Published, people: list[Known]) -> list[tuple[str, str]]:
    codes = {k.facts.practice_code for k in people if k.facts.practice_code}
    return sorted(((c, found.organisation_name(c)) for c in codes), key=lambda pair: pair[1])


def _pages(filters: Filters, total: int) -> dict[str, Any]:
    last = max(1, -(-total // PER_PAGE))
    return {
        "now": filters.page,
        "last": last,
        "before": filters.address(page=filters.page - 1) if filters.page > 1 else "",
        "after": filters.address(page=filters.page + 1) if filters.page < last else "",
    }
