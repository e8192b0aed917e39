"""Buddy cover: which practice of the group would look after the people of a practice that has one GP."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from carestead.assign.cannot import Left, Practices, count, name_of
from carestead.assign.holder import Holder
from carestead.assign.mip import Mip
from carestead.assign.work import Work
from carestead.core.finding import Finding, Severity

Load = Mapping[tuple[str, str], tuple[int, int]]
"""(GP, practice) to the people proposed and the minutes a week they take."""


def buddies(
    gps: Sequence[Holder], load: Load, left: Left, practices: Practices, work: Work
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Rows of table buddy, and a finding for each single-handed practice whose people no other could cover.

    Two practices are not both put on a third while another has room: first the fewest minutes are left uncovered, then
    cover is spread. Cover is for a while, so room is counted for one absence at a time.
    """
    singles = _single_handed(gps)
    spare = {p: sum(max(0, left[g.key]) for g in gps if g.organisation == p) for p in {g.organisation for g in gps}}
    chosen = _pair(singles, load, spare, practices)
    rows = [_row(singles[p], chosen.get(p), load, spare, practices, work) for p in sorted(singles)]
    return rows, [_finding(row, practices, work) for row in rows if row["room"] < row["minutes"]]


def _single_handed(gps: Sequence[Holder]) -> dict[str, Holder]:
    """The one GP of each practice that has one."""
    at: dict[str, list[Holder]] = {}
    for gp in gps:
        if gp.sessions:
            at.setdefault(gp.organisation, []).append(gp)
    return {practice: here[0] for practice, here in at.items() if len({g.code for g in here}) == 1}


def _pair(singles: Mapping[str, Holder], load: Load, spare: Mapping[str, int], practices: Practices) -> dict[str, str]:
    """Practice to buddy; without those of no group, and of groups without another practice."""
    ways = [(p, q) for p in sorted(singles) for q in sorted(spare) if q != p and _near(p, q, practices)]
    if not ways:
        return {}
    asked, buddy = sorted({p for p, _ in ways}), sorted({q for _, q in ways})
    mip = Mip()
    pairs = mip.columns(len(ways))
    twice = mip.columns(len(buddy), len(asked), whole=False)
    one = np.ones(len(asked))
    mip.rows(one, one, (np.array([asked.index(p) for p, _ in ways]), pairs, 1))
    mip.rows(np.full(len(buddy), -np.inf), np.ones(len(buddy)),
             (np.array([buddy.index(q) for _, q in ways]), pairs, 1), (np.arange(len(buddy)), twice, -1))  # fmt: skip
    short = [max(0, load.get(singles[p].key, (0, 0))[1] - spare[q]) for p, q in ways]
    # a minute uncovered outweighs any spreading; of equals the one with most room
    by_room = {q: n for n, q in enumerate(sorted(buddy, key=lambda q: (-spare[q], q)))}
    weight = len(buddy) * len(asked) + 1
    price = [s * weight * weight + by_room[q] for s, (_, q) in zip(short, ways, strict=True)]
    found = mip.minimise(mip.objective((pairs, np.array(price)), (twice, weight)))
    return {p: q for (p, q), used in zip(ways, found.whole(pairs).tolist(), strict=True) if used}


def _near(p: str, q: str, practices: Practices) -> bool:
    group = practices.get(p, {}).get("group_code")
    return bool(group) and practices.get(q, {}).get("group_code") == group


def _row(
    gp: Holder, buddy: str | None, load: Load, spare: Mapping[str, int], practices: Practices, work: Work
) -> dict[str, Any]:
    people, minutes = load.get(gp.key, (0, 0))
    if buddy is None:
        reason = "The practice is in no group with another"
    else:
        reason = f"{name_of(buddy, practices)} has room for about {work.people(spare[buddy])} people"
    return {
        "practice_code": gp.organisation,
        "practitioner_code": gp.code,
        "buddy_code": buddy,
        "people": people,
        "minutes": minutes,
        "room": spare[buddy] if buddy else 0,
        "reason": reason,
    }


def _finding(row: Mapping[str, Any], practices: Practices, work: Work) -> Finding:
    name = name_of(row["practice_code"], practices)
    who = f"{name} has one GP, with {count(row['people'], 'person', 'people')} of the register"
    if row["buddy_code"] is None:
        what, do = f"{who}, and is in no group with another practice.", "Agree with another practice, or a duty desk."
    else:
        room = work.people(row["room"])
        what = f"{who}; {name_of(row['buddy_code'], practices)}, with most room, could cover about {room} of them."
        do = "Agree who covers the others: a second practice, or the group's duty desk."
    return Finding("assign.no-buddy", Severity.WARNING, f"practice {row['practice_code']}", what, do, row["people"])
