"""The proposal: a named GP and a coordinator for each person of the register, and what that puts on each holder."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from carestead.assign import remedy
from carestead.assign.coordinator import Coordination, coordinators
from carestead.assign.holder import Holder, holders
from carestead.assign.named_gp import Choice, named_gps
from carestead.core.step import DecisionStep, Outcome, rows
from carestead.reference import load

Row = Mapping[str, Any]


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Tables `assignment` and `workload`, and findings for what cannot be met. `tables` maps the names the step reads
    to rows (an Arrow table or dicts); `params` are the two files of reference/assign."""
    found = {name: rows(tables[name]) for name in step.reads}
    capacity = params["capacity"]
    people, practices = found["placement"], found["practice"]
    groups = {p["practice_code"]: p["group_code"] for p in practices}
    gps = holders(found["practitioner"], "gp", as_of, capacity)
    contacts = {(r["person_id"], r["practitioner_code"]): r["contacts"] for r in found["familiar_clinician"]}
    chosen = named_gps(people, gps, contacts, params["continuity"], groups if capacity["cover_within_group"] else None)
    care = holders(found["practitioner"], "care-coordinator", as_of, capacity)
    coordinated = coordinators(people, care, groups)
    given = Counter(_key(c.gp) for c in chosen.values() if c.gp)
    per_session = capacity["people_per_session"]
    short = Counter(p["practice_code"] for p in people if chosen[p["person_id"]].gp is None)
    alone = Counter(p["practice_code"] for p in people if coordinated[p["person_id"]].coordinator is None)
    return Outcome(
        tables={
            "assignment": [_assignment(p, chosen[p["person_id"]], coordinated[p["person_id"]]) for p in people],
            "workload": _workload(gps, given)
            + _workload(care, Counter(_key(c.coordinator) for c in coordinated.values() if c.coordinator)),
        },
        findings=[
            *remedy.without_gp(short, gps, given, practices, per_session["gp"]),
            *remedy.without_coordinator(alone, care, practices, per_session["care-coordinator"]),
            *remedy.sessions_unknown([*gps, *care]),
        ],
    )


def _key(holder: Holder) -> tuple[str, str]:
    return holder.code, holder.organisation


def _assignment(person: Row, choice: Choice, coordination: Coordination) -> dict[str, Any]:
    return {
        "person_id": person["person_id"],
        "practice_code": person["practice_code"],
        "named_gp_code": choice.gp.code if choice.gp else None,
        "gp_reason": choice.reason,
        "is_usual_gp": choice.is_usual,
        "coordinator_code": coordination.coordinator.code if coordination.coordinator else None,
        "coordinator_reason": coordination.reason,
    }


def _workload(all_holders: Iterable[Holder], given: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [
        {
            "practitioner_code": h.code,
            "role": h.role,
            "organisation_code": h.organisation,
            "capacity": h.room,
            "people": given.get(_key(h), 0),
        }
        for h in all_holders
    ]


step = DecisionStep(
    "proposal",
    decide,
    reads=("placement", "familiar_clinician", "practitioner", "practice"),
    gives=("assignment", "workload"),
    params={"capacity": load("assign", "capacity"), "continuity": load("assign", "continuity")},
)
