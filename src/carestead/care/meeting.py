"""A meeting of the team (MDT) and the people on its agenda: nobody is discussed and left with nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from carestead.care.machine import SAME, Machine, Refusal, Transition, states

CHAIR, TEAM = "chair", "team"
_ANYBODY = states(CHAIR, TEAM)

MEETING = Machine(
    "meeting",
    initial=states("planned"),
    ended=states("closed", "cancelled"),
    labels={"planned": "being prepared", "held": "being held"},
    transitions=(
        Transition("add", states("planned", "held"), SAME, _ANYBODY, ("why",), "added to"),
        Transition("hold", states("planned"), "held", states(CHAIR), ("attending",), "begun"),
        Transition("close", states("held"), "closed", states(CHAIR), (), "closed"),
        Transition("cancel", states("planned"), "cancelled", states(CHAIR), ("reason",), "called off"),
    ),
)  # fmt: skip

ITEM = Machine(
    "matter",
    initial=states("open"),
    ended=states("withdrawn"),
    labels={"open": "not discussed yet", "closed": "settled", "withdrawn": "taken off the agenda"},
    transitions=(
        Transition("say", states("open", "closed"), SAME, _ANYBODY, ("said",), "noted"),
        # a second promise may follow the first, or take back that nothing is to be done
        Transition("promise", states("open", "closed"), "closed", _ANYBODY, (), "promised"),
        Transition("no-action", states("open"), "closed", _ANYBODY, ("no_action_because",), "left without action"),
        Transition("withdraw", states("open"), "withdrawn", states(CHAIR), ("reason",), "taken off"),
    ),
)  # fmt: skip


def closing_refusal(undecided: Sequence[str]) -> Refusal | None:
    """Why a meeting cannot be closed: these people (named as the reader knows them) leave it with nothing."""
    if not undecided:
        return None
    who = ", ".join(undecided)
    verb = "leaves" if len(undecided) == 1 else "leave"
    return Refusal(f"{who} {verb} the meeting with nothing.", "Give each a promise, or say why no action is needed.")


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open about a person. `kind` is one of `KINDS`; `since` when it began to wait."""

    person_id: int
    kind: str
    what: str
    since: date | datetime


KINDS = ("discharge", "overdue", "unanswered", "plan-review")
"""Why somebody comes to a meeting, in the order in which people are talked about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A person on an agenda, with all that is open about them, the weightiest first."""

    person_id: int
    matters: tuple[Matter, ...]

    @property
    def why(self) -> str:
        """The matters as one sentence."""
        return "; ".join(m.what for m in self.matters)


def agenda(matters: Iterable[Matter], *, most: int, without: Collection[int] = ()) -> list[Line]:
    """The people to talk about: one line a person, whoever has the weightiest matter first, then whoever has most
    matters, then whoever has waited longest. At most `most` lines; nobody of `without`."""
    of: dict[int, list[Matter]] = {}
    for matter in matters:
        if matter.person_id not in without:
            of.setdefault(matter.person_id, []).append(matter)
    lines = [Line(person, tuple(sorted(mine, key=_weight))) for person, mine in of.items()]
    return sorted(lines, key=_place)[:most]


def _weight(matter: Matter) -> tuple[int, date, str]:
    since = matter.since.date() if isinstance(matter.since, datetime) else matter.since
    return KINDS.index(matter.kind), since, matter.what


def _place(line: Line) -> tuple[int, int, date, int]:
    kind, since, _ = _weight(line.matters[0])
    return kind, -len(line.matters), since, line.person_id
