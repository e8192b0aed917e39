"""What the list pages show, made ready for their templates."""

from collections.abc import Mapping
from typing import Any

from carestead.store.actor import Actor, Role
from carestead.web.find.listing import PER_PAGE, Filters, choose, in_words
from carestead.web.find.people import Known, names
from carestead.web.published import Published, Row
from carestead.web.shell.formats import born, day, nhs_number

REASONS = (
    ("frail", "Frailty"),
    ("hospital frailty", "Hospital frailty risk"),
    ("admission", "Emergency admissions"),
    ("attendance", "Emergency attendances"),
    ("care", "Home care or care home"),
)
STATUSES = ("Proposed", "Enrolled", "Deferred", "Declined")


def list_page(found: Published, actor: Actor, people: list[Known], filters: Filters) -> dict[str, Any]:
    """The context of a list of people; `shown` are those on this page."""
    named = names(found, (k.person_id for k in people))
    chosen = choose(people, filters, actor, named)
    start = (filters.page - 1) * PER_PAGE
    shown = chosen[start : start + PER_PAGE]
    return {
        "as_of": found.as_of,
        "silent": found.silent,
        "filters": filters,
        "in_words": in_words(filters, len(chosen), len(people), found.organisation_name),
        "shown": [item(found, k, named) for k in shown],
        "people": [k.person_id for k in shown],
        "pages": _pages(filters, len(chosen)),
        "practices": _practices(found, people),
        "reasons": REASONS,
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
        "reasons": [r[:1].upper() + r[1:] for r in known.reasons],
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
