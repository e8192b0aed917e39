"""The proposal: a named GP and a coordinator for each person of the register, and what that puts on each holder."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from carestead.assign import cannot, wish
from carestead.assign.buddy import buddies
from carestead.assign.coordinator import Coordination, Tiers, coordinators
from carestead.assign.holder import Holder, holders
from carestead.assign.named_gp import Asked, Choice, named_gps
from carestead.assign.pool import Before
from carestead.assign.settle import Settled
from carestead.assign.work import Work, work
from carestead.core.finding import Finding
from carestead.core.step import DecisionStep, Outcome, rows
from carestead.reference import load

Row = Mapping[str, Any]
Key = tuple[str, str]


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Tables `assignment`, `workload`, `buddy` and `solution`, and findings for what cannot be met. `tables` maps the
    names the step reads to rows (an Arrow table or dicts); `params` are the files of reference/assign."""
    found = {name: rows(tables[name]) for name in step.reads}
    capacity, people = params["capacity"], found["placement"]
    practices = {p["practice_code"]: p for p in found["practice"]}
    groups = {code: p["group_code"] for code, p in practices.items()}
    gps = holders(found["practitioner"], "gp", as_of, capacity, found["practice"])
    care = holders(found["practitioner"], "care-coordinator", as_of, capacity)
    gp_work, care_work = work(capacity, "gp"), work(capacity, "care-coordinator")
    said = wish.wishes(found["wish"])
    contacts: dict[int, dict[str, int]] = {}
    for row in found["familiar_clinician"]:
        contacts.setdefault(row["person_id"], {})[row["practitioner_code"]] = row["contacts"]
    asked = Asked(contacts, said, before_of(found, "named-gp", "named_gp_code"))
    pooled = groups if capacity["cover_within_group"] else None
    chosen, gp_pools = named_gps(people, gps, asked, params["continuity"], gp_work, pooled)
    before = before_of(found, "coordinator", "coordinator_code")
    coordinated, care_pools = coordinators(people, care, before, params["coordination"], care_work, groups)
    by_gp = _Loads(people, {p: c.gp for p, c in chosen.items()}, asked.before, gps, gp_work)
    by_care = _Loads(people, {p: c.coordinator for p, c in coordinated.items()}, before, care, care_work)
    cover, uncovered = buddies(gps, by_gp.load, by_gp.left, practices, gp_work)
    solutions = [*_solutions("gp", gp_pools), *_solutions("care-coordinator", care_pools)]
    reach = Tiers(groups, params["coordination"]).reach
    known = {r["practitioner_code"] for r in found["practitioner"]}
    not_met = sum(c.wish == "not-met" for c in chosen.values())
    findings: list[Finding] = [
        *cannot.without_gp(by_gp.short, gps, by_gp.left, practices, gp_work, params["remedy"]),
        *cannot.without_coordinator(by_care.short, care, by_care.left, reach, practices, care_work, params["remedy"]),
        *cannot.over_room(gps, by_gp.left, gp_work),
        *cannot.over_room(care, by_care.left, care_work),
        *uncovered,
        *wish.findings(said, known, not_met),
        *cannot.sessions_unknown([*gps, *care]),
        *cannot.not_proven(solutions),
    ]
    return Outcome(
        tables={
            "assignment": [_assignment(p, chosen[p["person_id"]], coordinated[p["person_id"]]) for p in people],
            "workload": [*by_gp.rows(), *by_care.rows()],
            "buddy": cover,
            "solution": solutions,
        },
        findings=findings,
    )


def before_of(found: Mapping[str, Sequence[Row]], kind: str, column: str) -> Before:
    """Who holds whom: by decision, the newest, else as proposed on the earlier day."""
    decided = sorted(
        (r for r in found["decision"] if r["kind"] == kind), key=lambda r: (r["person_id"], r["decided_on"])
    )
    return Before(
        {r["person_id"]: r["practitioner_code"] for r in decided if r["practitioner_code"]},
        {r["person_id"]: r[column] for r in found["assignment_before"] if r[column]},
    )


class _Loads:
    """What a placement puts on each holder."""

    def __init__(
        self, people: Sequence[Row], chosen: Mapping[int, Holder | None], before: Before, all_holders: Sequence[Holder],
        work: Work,
    ) -> None:  # fmt: skip
        self.holders, self.work = all_holders, work
        self.people, self.minutes, self.held = Counter[Key](), Counter[Key](), Counter[Key]()
        short: Counter[tuple[str, int]] = Counter()
        for person in people:
            holder = chosen[person["person_id"]]
            if holder is None:
                short[person["practice_code"], work.band(person["weight"])] += 1
                continue
            self.people[holder.key] += 1
            self.minutes[holder.key] += work.of(person["weight"])
            self.held[holder.key] += before.agreed.get(person["person_id"]) == holder.code
        self.short = dict(short)
        self.left = {h.key: h.room - self.minutes[h.key] for h in all_holders}
        self.load = {h.key: (self.people[h.key], self.minutes[h.key]) for h in all_holders}

    def rows(self) -> Iterable[dict[str, Any]]:
        """Rows of table workload."""
        return [
            {
                "practitioner_code": h.code,
                "role": h.role,
                "organisation_code": h.organisation,
                "capacity": max(0, self.people[h.key] + self.work.people(self.left[h.key])),
                "people": self.people[h.key],
                "held": self.held[h.key],
                "sessions": float(h.sessions),
                "room": h.room,
                "minutes": self.minutes[h.key],
            }
            for h in self.holders
        ]


def _solutions(role: str, pools: Iterable[Settled]) -> list[dict[str, Any]]:
    return [
        {
            "role": role,
            "pool": s.pool.name,
            "people": len(s.pool.people),
            "without": s.without,
            "moved": s.moved,
            "cost": s.placed.cost,
            "bound": s.placed.bound,
            "proven": s.placed.proven,
            "solved_by": s.placed.by,
        }
        for s in pools
    ]


def _assignment(person: Row, choice: Choice, coordination: Coordination) -> dict[str, Any]:
    return {
        "person_id": person["person_id"],
        "practice_code": person["practice_code"],
        "named_gp_code": choice.gp.code if choice.gp else None,
        "gp_reason": choice.reason,
        "is_usual_gp": choice.is_usual,
        "gp_cost": choice.cost,
        "best_gp_code": choice.best.code if choice.best else None,
        "wish": choice.wish,
        "coordinator_code": coordination.coordinator.code if coordination.coordinator else None,
        "coordinator_reason": coordination.reason,
    }


step = DecisionStep(
    "proposal",
    decide,
    reads=("placement", "familiar_clinician", "practitioner", "practice", "decision", "wish", "assignment_before"),
    gives=("assignment", "workload", "buddy", "solution"),
    params={name: load("assign", name) for name in ("capacity", "continuity", "coordination", "remedy")},
)
