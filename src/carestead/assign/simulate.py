"""What breaks if somebody is away, leaves or retires, or a practice closes: who is left bare, and who could take them.

Nothing is changed: the proposal is made again without them, with everybody else where they are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from carestead.assign.pool import Before
from carestead.assign.proposal import before_of, decide
from carestead.assign.work import Work, work
from carestead.core.finding import Finding, UsageError
from carestead.core.step import Outcome

AWAY, LEAVES, RETIRES, CLOSES = "away", "leaves", "retires", "closes"
CHANGES = {AWAY: "is away from tomorrow", LEAVES: "leaves", RETIRES: "retires", CLOSES: "closes"}
ROLES = {"gp": ("named-gp", "named_gp_code"), "care-coordinator": ("coordinator", "coordinator_code")}
"""Role of a practitioner to the kind of its decisions and its column of the proposal."""
REASONS = {"gp": "gp_reason", "care-coordinator": "coordinator_reason"}
SHORT = {
    "gp": ("assign.no-capacity",),
    "care-coordinator": ("assign.no-coordinator", "assign.no-coordinator-capacity"),
}

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Change:
    """What might happen: `what` is one of CHANGES, `who` a practitioner's code, or a practice's when it closes."""

    what: str
    who: str


@dataclass(frozen=True)
class Taker:
    """Somebody who could take people: how many, their minutes a week, and the minutes left then."""

    code: str
    organisation: str
    people: int
    minutes: int
    left: int


@dataclass(frozen=True)
class Bare:
    """One person left bare: who could take them (None: nobody), and why, in words."""

    person_id: int
    taker: str | None
    reason: str


@dataclass(frozen=True)
class Broken:
    """What breaks, for the people of one `role`.

    `takers` are holders whom the rule allows; `neighbours` are GPs of other practices of the group, with those they
    could take of the people who stay without. `moved` others would have to change holder. For those who stay without,
    `tenths` of a session a week are short, and `findings` price the remedies. `promises` are open for the people bare.
    """

    change: Change
    role: str
    bare: tuple[Bare, ...]
    takers: tuple[Taker, ...]
    neighbours: tuple[Taker, ...]
    moved: int
    tenths: int
    promises: int
    findings: tuple[Finding, ...]

    @property
    def taken(self) -> int:
        """How many somebody could take."""
        return sum(b.taker is not None for b in self.bare)

    @property
    def without(self) -> int:
        """How many nobody could take."""
        return len(self.bare) - self.taken


def simulate(
    tables: Tables, as_of: date, params: Mapping[str, Any], change: Change, promises: Mapping[int, int] | None = None
) -> Broken:
    """What the change breaks. `tables` are those that the proposal reads, with the present proposal as
    `assignment_before`; `params` are the files of reference/assign; `promises` maps person_id to open promises.

    Raises UsageError for somebody, or a practice, that the tables do not have.
    """
    role = _role(tables, change)
    kind, column = ROLES[role]
    now = before_of(tables, kind, column)
    bare = [p for p in tables["placement"] if _is_bare(p, now, change)]
    gone = {**tables, "practitioner": _staff(tables["practitioner"], as_of, change, role)}
    after = _Again(decide(gone, as_of, _rule(params, change.what == CLOSES)), role, bare)
    takers = after.takers(work(params["capacity"], role))
    left = [p for p in bare if after.holder(p["person_id"]) is None]
    return Broken(
        change,
        role,
        tuple(Bare(p["person_id"], after.holder(p["person_id"]), after.reason(p["person_id"])) for p in bare),
        takers,
        _neighbours(gone, as_of, params, left) if left and role == "gp" and change.what != CLOSES else (),
        after.moved(now),
        _tenths(left, work(params["capacity"], role)),
        sum((promises or {}).get(p["person_id"], 0) for p in bare),
        after.findings({p["practice_code"] for p in left}),
    )


class _Again:
    """The proposal made again, as it concerns the people left bare."""

    def __init__(self, outcome: Outcome, role: str, bare: Sequence[Row]) -> None:
        self.outcome, self.role, self.bare = outcome, role, bare
        self.rows = {r["person_id"]: r for r in outcome.tables["assignment"]}
        self.column = ROLES[role][1]

    def holder(self, person_id: int) -> str | None:
        return self.rows[person_id][self.column]

    def reason(self, person_id: int) -> str:
        return str(self.rows[person_id][REASONS[self.role]])

    def takers(self, of: Work) -> tuple[Taker, ...]:
        """Who takes how many of the bare, most first."""
        people, minutes = Counter[str](), Counter[str]()
        for person in self.bare:
            if code := self.holder(person["person_id"]):
                people[code] += 1
                minutes[code] += of.of(person["weight"])
        rooms = {
            w["practitioner_code"]: w for w in self.outcome.tables["workload"] if w["role"] == self.role and w["room"]
        }
        return tuple(
            Taker(c, rooms[c]["organisation_code"], n, minutes[c], rooms[c]["room"] - rooms[c]["minutes"])
            for c, n in sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
        )

    def moved(self, now: Before) -> int:
        """How many who are not bare would have to change."""
        bare = {p["person_id"] for p in self.bare}
        return sum(now.of(i) is not None and r[self.column] != now.of(i) for i, r in self.rows.items() if i not in bare)

    def findings(self, practices: set[str]) -> tuple[Finding, ...]:
        """What cannot be met at these practices, with its price."""
        codes, where = SHORT[self.role], {f"practice {p}" for p in practices}
        return tuple(f for f in self.outcome.findings if f.code in codes and f.where in where)


def _role(tables: Tables, change: Change) -> str:
    """The role concerned; a practice that closes concerns its GPs."""
    if change.what == CLOSES:
        if change.who in {p["practice_code"] for p in tables["practice"]}:
            return "gp"
        raise UsageError(f"There is no practice {change.who}.", "Choose one of the list.")
    roles = {r["role"] for r in tables["practitioner"] if r["practitioner_code"] == change.who}
    for role in ROLES:
        if role in roles:
            return role
    raise UsageError(f"There is no GP or coordinator {change.who}.", "Choose one of the list.")


def _is_bare(person: Row, now: Before, change: Change) -> bool:
    if change.what == CLOSES:
        return bool(person["practice_code"] == change.who)
    return now.of(person["person_id"]) == change.who


def _staff(everybody: Sequence[Row], as_of: date, change: Change, role: str) -> list[Row]:
    """Those of the role who work after the change: the other role is not concerned, and need not be placed again."""
    rows = [r for r in everybody if r["role"] == role]
    if change.what == CLOSES:
        return [r for r in rows if r["organisation_code"] != change.who]
    if change.what == AWAY:
        away = {"leave_start": as_of, "leave_end": None}
        return [{**r, **away} if r["practitioner_code"] == change.who else r for r in rows]
    return [r for r in rows if r["practitioner_code"] != change.who]


def _rule(params: Mapping[str, Any], cover: bool) -> Mapping[str, Any]:
    """The rules; with `cover`, neighbours may be asked as well."""
    capacity = params["capacity"]
    return {**params, "capacity": {**capacity, "cover_within_group": cover or capacity["cover_within_group"]}}


def _neighbours(tables: Tables, as_of: date, params: Mapping[str, Any], left: Sequence[Row]) -> tuple[Taker, ...]:
    """GPs of other practices who could take those who stay without, when the group's practices are placed together."""
    after = _Again(decide(tables, as_of, _rule(params, True)), "gp", left)
    return after.takers(work(params["capacity"], "gp"))


def _tenths(people: Sequence[Row], of: Work) -> int:
    """Tenths of a session that would be room for people, rounded up."""
    return -(-10 * sum(of.of(p["weight"]) for p in people) // of.per_tenth)
