"""What a simulation needs to know: the people, holders and wishes of all practices that a change can reach."""

from collections import Counter
from typing import Any

from carestead.assign.simulate import Change
from carestead.care.promise import OPEN
from carestead.store.assign.models import Responsibility
from carestead.store.care.models import Promise
from carestead.web.published import Published, Row


def tables(found: Published, change: Change) -> dict[str, list[Row]]:
    """What the proposal reads, for the people of the practices concerned; who is responsible is as it is now."""
    practices = _around(found, change)
    placed = found.rows("assign/placed", practices=practices)
    people = {p["person_id"] for p in placed}
    return {
        "placement": placed,
        "assignment_before": placed,
        "practitioner": found.rows_once("assign/staff"),
        "practice": list(found.practices.values()),
        "familiar_clinician": found.rows("assign/familiar", practices=practices),
        "wish": [w for w in found.rows("assign/wished") if w["person_id"] in people],
        "decision": _responsible(people),
    }


def _around(found: Published, change: Change) -> list[str]:
    """The practices concerned, with the others of their groups: all that the change can reach."""
    at = {p["organisation_code"] for p in found.rows_once("assign/staff") if p["practitioner_code"] == change.who}
    held = Responsibility.objects.filter(practitioner_code=change.who, end__isnull=True)
    people = list(held.values_list("person_id", flat=True))
    at |= {change.who, *(r["practice_code"] for r in found.rows("assign/served", code=change.who, people=people))}
    groups = at | {found.practices[c]["group_code"] for c in at if c in found.practices}
    return sorted(c for c, p in found.practices.items() if c in at or (p["group_code"] and p["group_code"] in groups))


def _responsible(people: set[int]) -> list[Row]:
    now = Responsibility.objects.filter(end__isnull=True).values("person_id", "role", "practitioner_code", "start")
    return [_decision(r) for r in now if r["person_id"] in people]


def _decision(held: Row) -> Row:
    """A responsibility as a row of table decision."""
    decided_on = held["start"].date()
    return {**held, "kind": held["role"], "decided_on": decided_on}


def open_promises(people: list[Row]) -> Counter[int]:
    """Open promises by person."""
    wanted = {p["person_id"] for p in people}
    kept: Any = Promise.objects.filter(state__in=OPEN).values_list("person_id", flat=True)
    return Counter(p for p in kept if p in wanted)
