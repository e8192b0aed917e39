"""A life cycle as a table: which act leads from where to where, who may do it, and what it must carry."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from carestead.core.listing import listed

SAME = ""
"""As the end of a transition: the act leaves the state as it is."""


@dataclass(frozen=True, slots=True)
class Transition:
    """`act` leads from each state of `start` to `end`. `who` are the sides that may do it; `carries` names what must
    be given (not empty), such as a reason. `words` say what somebody did: `accepted`."""

    act: str
    start: frozenset[str]
    end: str
    who: frozenset[str]
    carries: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not possible, and what to do instead, both sentences for the person who tried."""

    what: str
    do: str = ""


@dataclass(frozen=True)
class Machine:
    """The life cycle of one kind of thing. `ended` are the states that nothing leaves but a correction."""

    name: str
    initial: frozenset[str]
    ended: frozenset[str]
    transitions: tuple[Transition, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def states(self) -> frozenset[str]:
        """Every state there is."""
        ends = {t.end for t in self.transitions if t.end != SAME}
        return self.initial.union(self.ended, ends, *(t.start for t in self.transitions))

    @cached_property
    def open(self) -> frozenset[str]:
        """The states in which something is still to be done."""
        return self.states - self.ended

    def label(self, state: str) -> str:
        """A state as people say it."""
        return self.labels.get(state, state.replace("-", " "))

    def acts(self, state: str, sides: Collection[str]) -> tuple[str, ...]:
        """What somebody on these sides may do from `state`, in the order of the table."""
        found = (t.act for t in self.transitions if state in t.start and t.who & set(sides))
        return tuple(dict.fromkeys(found))

    def after(self, state: str, act: str) -> str:
        """The state that `act` leads to. Raises KeyError where it does not start."""
        end = self._transition(state, act).end
        return state if end == SAME else end

    def refusal(self, state: str, act: str, sides: Collection[str], given: Mapping[str, Any]) -> Refusal | None:
        """Why `act` cannot be done now by somebody on `sides`, carrying `given`; None when it can."""
        named = [t for t in self.transitions if t.act == act]
        if not named:
            return Refusal(f"There is no act {act} of a {self.name}.", f"There are: {', '.join(self._every_act())}.")
        here = [t for t in named if state in t.start]
        if not here:
            only = f"only one that is {self._either(named)} can be {named[0].words or act}"
            return Refusal(f"The {self.name} is {self.label(state)}; {only}.", "Read it again before you go on.")
        if not here[0].who & set(sides):
            return Refusal(f"Only the {_or(sorted(here[0].who))} can do that.", "Send a message to whoever can.")
        missing = [name for name in here[0].carries if _empty(given.get(name))]
        return Refusal(f"It has no {_and(missing)}.", f"Give the {_and(missing)}.") if missing else None

    def _transition(self, state: str, act: str) -> Transition:
        found = next((t for t in self.transitions if t.act == act and state in t.start), None)
        if found is None:
            raise KeyError(f"A {self.name} that is {state} knows no act {act}.")
        return found

    def _every_act(self) -> list[str]:
        return sorted({t.act for t in self.transitions})

    def _either(self, named: Iterable[Transition]) -> str:
        return _or(self.label(s) for s in sorted(frozenset().union(*(t.start for t in named))))


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _or(words: Iterable[str]) -> str:
    return listed([w.replace("-", " ") for w in words], "or")


def _and(words: Iterable[str]) -> str:
    return listed([w.replace("_", " ") for w in words])


def states(*names: str) -> frozenset[str]:
    """Names as a set: short tables are read."""
    return frozenset(names)
