"""The cheapest way to make room for those who are left without a holder: people shared, sessions added. Solved, in
tenths of a session and minutes a week."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from carestead.assign.holder import Holder
from carestead.assign.mip import Mip
from carestead.assign.work import Work

Short = Mapping[tuple[str, int], int]
"""(practice, band) to people without a holder."""
Reach = Callable[[str, Holder], str | None]
"""`own` when a holder's room is the practice's own and may be enlarged, `share` when it is a neighbour's, else None."""


@dataclass(frozen=True)
class Remedy:
    """What to do about one practice: people shared with other practices, tenths of a session added at organisations,
    and the minutes a week that both cost."""

    shared: Mapping[str, int] = field(default_factory=dict)
    tenths: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 0


def cheapest(
    short: Short, holders: Sequence[Holder], left: Mapping[tuple[str, str], int], reach: Reach, work: Work,
    rule: Mapping[str, Any],
) -> dict[str, Remedy]:  # fmt: skip
    """The cheapest remedies of all practices in `short` together, so that a neighbour's room is offered once.

    `left` is (holder, organisation) to minutes of room after the placement; whoever is placed stays put. A practice may
    always add a GP of its own. `rule` is reference/assign/remedy.yaml. Proven: the program is solved to the end.
    """
    practices = sorted({practice for practice, _ in short})
    rooms = [_Room(h.organisation, max(0, left[h.key]), h) for h in holders if h.room]
    rooms += [_Room(practice, 0, None) for practice in practices]
    ways = [
        (kind, n, how) for kind in sorted(short) for n, room in enumerate(rooms) if (how := room.reach(kind[0], reach))
    ]
    kinds = {kind: n for n, kind in enumerate(sorted(short))}
    mip, most = Mip(), sum(short.values())
    go = mip.columns(len(ways), most)
    grows = np.array([any(w[1] == n and w[2] == "own" for w in ways) for n in range(len(rooms))], dtype=bool)
    more = mip.columns(len(rooms), np.where(grows, most * 10 * int(work.minutes.max()), 0))
    need = np.array([short[kind] for kind in kinds])
    mip.rows(need, need, (np.array([kinds[w[0]] for w in ways]), go, 1))
    each = np.arange(len(rooms))
    minutes = np.array([10 * work.minutes[w[0][1]] for w in ways])
    free = np.array([10 * room.left for room in rooms])
    mip.rows(np.full(len(rooms), -np.inf), free,
             (np.array([w[1] for w in ways]), go, minutes), (each, more, -work.per_tenth))  # fmt: skip
    share = rule["minutes_per_shared_person"] * np.array([w[2] == "share" for w in ways], dtype=np.int64)
    # of remedies that cost the same, people are shared with the roomiest
    first, weight = _roomiest(rooms), most * len(rooms) + 1
    price = weight * share + np.array([first[rooms[w[1]].organisation] * (w[2] == "share") for w in ways])
    found = mip.minimise(mip.objective((go, price), (more, weight * rule["minutes_per_session"] // 10)))
    return _read(ways, found.whole(go), rooms, found.whole(more), rule)


@dataclass(frozen=True)
class _Room:
    """Room at an organisation: a holder's own, or what a new one would bring."""

    organisation: str
    left: int
    holder: Holder | None

    def reach(self, practice: str, reach: Reach) -> str | None:
        if self.holder is None:
            return "own" if self.organisation == practice else None
        return reach(practice, self.holder)


def _roomiest(rooms: Sequence[_Room]) -> dict[str, int]:
    """Each organisation's place, the one with most room first."""
    left: Counter[str] = Counter()
    for room in rooms:
        left[room.organisation] += room.left
    return {code: n for n, code in enumerate(sorted(left, key=lambda c: (-left[c], c)))}


def _read(
    ways: Sequence[tuple[tuple[str, int], int, str]], went: Any, rooms: Sequence[_Room], more: Any,
    rule: Mapping[str, Any],
) -> dict[str, Remedy]:  # fmt: skip
    """The remedies by practice. Sessions are told to the practice most of whose people need them."""
    shared: dict[str, Counter[str]] = {kind[0]: Counter() for kind, _, _ in ways}
    tenths: dict[str, Counter[str]] = {practice: Counter() for practice in shared}
    for (kind, n, how), people in zip(ways, went.tolist(), strict=True):
        if people and how == "share":
            shared[kind[0]][rooms[n].organisation] += people
    for n, added in enumerate(more.tolist()):
        if added:
            users = Counter({k[0]: 0 for k, _, _ in ways})
            for (kind, room, _), people in zip(ways, went.tolist(), strict=True):
                users[kind[0]] += people * (room == n)
            tenths[max(sorted(users), key=users.__getitem__)][rooms[n].organisation] += added
    return {
        practice: Remedy(
            dict(sorted(shared[practice].items())),
            dict(sorted(tenths[practice].items())),
            rule["minutes_per_shared_person"] * shared[practice].total()
            + rule["minutes_per_session"] // 10 * tenths[practice].total(),
        )
        for practice in sorted(shared)
    }
