"""Six ways of handing over that are found in products or come to mind first, for three GPs and one person.

Each is a set of moves over the same small state; the check of them has to find what is wrong with each.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

GPS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Small:
    """`where` is here, away or left for each GP; `holder` and `offered` are GPs or None."""

    where: tuple[str, str, str] = ("here", "here", "here")
    holder: int | None = 0
    offered: int | None = None
    acknowledged: bool = True

    def has(self, gp: int | None, where: str) -> bool:
        """Whether `gp` is `where`; nobody is nowhere."""
        return gp is not None and self.where[gp] == where


Moves = Callable[[Small], Iterator[Small]]


def _life(state: Small, may_leave: Callable[[int], bool] = lambda gp: True) -> Iterator[Small]:
    """GPs go away, come back and leave; somebody always remains in the practice."""
    for gp in GPS:
        if state.where[gp] == "left":
            continue
        yield _put(state, gp, "away" if state.where[gp] == "here" else "here")
        if may_leave(gp) and any(state.where[other] != "left" for other in GPS if other != gp):
            yield _put(state, gp, "left")


def _put(state: Small, gp: int, where: str) -> Small:
    return replace(state, where=tuple(where if g == gp else w for g, w in enumerate(state.where)))


def release_and_claim(state: Small) -> Iterator[Small]:
    """The holder puts the person back into a pool; somebody claims them from it."""
    yield from _life(state)
    if state.holder is None:
        yield from (replace(state, holder=gp) for gp in GPS if state.has(gp, "here"))
    elif state.has(state.holder, "here"):
        yield replace(state, holder=None)


def push(state: Small) -> Iterator[Small]:
    """Somebody moves the person to another GP, who is not asked and may acknowledge it when there."""
    yield from _life(state)
    yield from (replace(state, holder=gp, acknowledged=False) for gp in GPS if gp != state.holder)
    if state.has(state.holder, "here"):
        yield replace(state, acknowledged=True)


def owner_immutable(state: Small) -> Iterator[Small]:
    """The owner of a task can never change."""
    yield from _life(state)


def _handshake(state: Small) -> Iterator[Small]:
    if state.offered is None:
        if state.has(state.holder, "here"):
            yield from (replace(state, offered=gp) for gp in GPS if gp != state.holder)
        return
    yield replace(state, offered=None)
    if state.has(state.offered, "here"):
        yield replace(state, holder=state.offered, offered=None)


def handshake(state: Small) -> Iterator[Small]:
    """The holder offers, the other accepts or declines; the holder stays until then."""
    yield from _life(state)
    yield from _only_by_who_is_there(state)


def _only_by_who_is_there(state: Small) -> Iterator[Small]:
    # Without a clock an offer ends only by an answer of who was asked, or by the holder taking it back.
    if state.offered is None or state.has(state.offered, "here"):
        yield from _handshake(state)
    elif state.has(state.holder, "here"):
        yield replace(state, offered=None)


def _held(state: Small) -> Callable[[int], bool]:
    return lambda gp: gp != state.holder


def handshake_and_leaving_blocked(state: Small) -> Iterator[Small]:
    """As above, and nobody leaves while they hold somebody."""
    yield from _life(state, _held(state))
    yield from _only_by_who_is_there(state)


def handshake_with_timeout_and_lead(state: Small) -> Iterator[Small]:
    """As above; offers time out, and a lead may offer on behalf of a holder who is away."""
    yield from _life(state, _held(state))
    yield from _handshake(state)
    if state.offered is None and not state.has(state.holder, "here"):
        yield from (replace(state, offered=gp) for gp in GPS if gp != state.holder)


NAIVE: dict[str, Moves] = {
    "release to a pool, then claim": release_and_claim,
    "push, nobody asked": push,
    "owner immutable": owner_immutable,
    "handshake only": handshake,
    "handshake, leaving blocked": handshake_and_leaving_blocked,
    "the same with timeout and lead": handshake_with_timeout_and_lead,
}
