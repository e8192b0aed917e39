"""What cannot be met, said as findings, each with its cheapest remedy priced in people, sessions and minutes a week."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from carestead.assign import remedy
from carestead.assign.holder import Holder
from carestead.assign.remedy import Remedy, Short
from carestead.assign.work import Work
from carestead.core.finding import Finding, Severity

Practices = Mapping[str, Mapping[str, Any]]
Left = Mapping[tuple[str, str], int]


def without_gp(
    short: Short, gps: Sequence[Holder], left: Left, practices: Practices, work: Work, rule: Mapping[str, Any]
) -> list[Finding]:
    """A finding `assign.no-capacity` for each practice in `short`, with the cheapest remedy first.

    A GP who comes back costs nothing but the wait; then people shared with practices of the group that have room, each
    place offered once, and sessions. Then what sessions alone would cost.
    """
    if not short:
        return []

    def neighbour(practice: str, gp: Holder) -> str | None:
        if gp.organisation == practice:
            return "own"
        group = practices.get(practice, {}).get("group_code")
        return "share" if group and practices.get(gp.organisation, {}).get("group_code") == group else None

    def alone(practice: str, gp: Holder) -> str | None:
        return "own" if gp.organisation == practice else None

    best = remedy.cheapest(short, gps, left, neighbour, work, rule)
    bought = remedy.cheapest(short, gps, left, alone, work, rule)
    spare = _spare(gps, left, work)
    return [
        _no_capacity(practice, n, [g for g in gps if g.organisation == practice], best[practice], bought[practice],
                     spare, practices, work)
        for practice, n in sorted(_people(short).items())
    ]  # fmt: skip


def _no_capacity(
    practice: str, n: int, here: Sequence[Holder], best: Remedy, bought: Remedy, spare: Mapping[str, int],
    practices: Practices, work: Work,
) -> Finding:  # fmt: skip
    ways = [*_wait(n, here, work), _words(best, spare, practices)]
    if bought != best:
        ways.append(_words(bought, spare, practices))
    first, *others = ways
    do = f"Cheapest: {first}.{''.join(f' Or {other}.' for other in others)}"
    what = _what(name_of(practice, practices), n, here, work)
    return Finding("assign.no-capacity", Severity.WARNING, f"practice {practice}", what, do, n)


def _people(short: Short) -> Counter[str]:
    people: Counter[str] = Counter()
    for (practice, _), n in short.items():
        people[practice] += n
    return people


def _spare(gps: Sequence[Holder], left: Left, work: Work) -> dict[str, int]:
    """Ordinary people each practice has room for."""
    spare: dict[str, int] = defaultdict(int)
    for gp in gps:
        spare[gp.organisation] += max(0, work.people(left[gp.key]))
    return spare


def _what(name: str, n: int, here: Sequence[Holder], work: Work) -> str:
    at_work = sum(g.room > 0 for g in here)
    who = f"{_have(n, name)} no named GP"
    if not at_work:
        return f"{who}: no GP of the practice is at work."
    room = sum(work.people(g.room) for g in here)
    return (
        f"{who}: its {count(at_work, 'GP', 'GPs')} at work {'has' if at_work == 1 else 'have'} room for about {room}."
    )


def _wait(n: int, here: Sequence[Holder], work: Work) -> list[str]:
    """Waiting for a GP on leave, when the day is known and their room is enough."""
    back = [g for g in here if g.away_until and work.people(g.room_when_back) >= n]
    first = min(back, key=lambda g: (g.away_until, g.code), default=None)
    if first is None:
        return []
    room = work.people(first.room_when_back)
    return [f"cover until {first.away_until:%-d %B %Y}, when {first.code} is back with room for about {room}"]


def _words(found: Remedy, spare: Mapping[str, int], practices: Practices) -> str:
    """A remedy and its price."""
    shared = " and ".join(
        f"{count(n, 'person', 'people')} with {name_of(c, practices)} (room for about {spare[c]})"
        for c, n in found.shared.items()
    )
    added = " and ".join(f"{sessions(t)} a week at {name_of(c, practices)}" for c, t in found.tenths.items())
    parts = [f"share {shared}"] * bool(shared) + [added] * bool(added)
    return f"{', and '.join(parts)}: {count(found.minutes, 'minute', 'minutes')} a week"


def without_coordinator(
    short: Short, holders: Sequence[Holder], left: Left, reach: remedy.Reach, practices: Practices, work: Work,
    rule: Mapping[str, Any],
) -> list[Finding]:  # fmt: skip
    """A finding for each practice in `short`, (practice, band) to people without a coordinator. `reach` says whose
    sessions a practice could ask for more of."""
    if not short:
        return []
    code = "assign.no-coordinator-capacity" if holders else "assign.no-coordinator"
    why = "no coordinator they may have has room" if holders else "there is no care coordinator"
    best = remedy.cheapest(short, holders, left, reach, work, rule)
    return [
        Finding(
            code, Severity.WARNING, f"practice {practice}",
            f"{_have(n, name_of(practice, practices))} no coordinator: {why}.",
            _coordinator(best[practice], practices), n,
        )
        for practice, n in sorted(_people(short).items())
    ]  # fmt: skip


def _coordinator(found: Remedy, practices: Practices) -> str:
    if not found.tenths:
        return "Cheapest: the sessions that another practice adds have room for them."
    added = " and ".join(f"{sessions(t)} a week of a coordinator at {name_of(c, practices)}"
                         for c, t in found.tenths.items())  # fmt: skip
    return f"Cheapest: {added}: {count(found.minutes, 'minute', 'minutes')} a week."


def over_room(holders: Iterable[Holder], left: Left, work: Work) -> list[Finding]:
    """A finding for each holder who agreed to hold more than they have time for."""
    return [
        Finding(
            "assign.over-room", Severity.WARNING, f"{h.role} {h.code} at {h.organisation}",
            f"{h.code} agreed to hold people who take {-left[h.key]} minutes a week more than there is room for.",
            f"Nobody is moved for that. {sessions(_tenths(-left[h.key], work))} a week would be room for all of them; "
            "or hand some over.",
        )
        for h in holders
        if h.room and left[h.key] < 0
    ]  # fmt: skip


def _tenths(minutes: int, work: Work) -> int:
    return -(-10 * minutes // work.per_tenth)


def sessions_unknown(holders: Iterable[Holder]) -> list[Finding]:
    """One finding a role for all organisations that do not state how much its holders work."""
    unknown = [h for h in holders if not h.sessions_known]
    return [_unknown(role, [h for h in unknown if h.role == role]) for role in sorted({h.role for h in unknown})]


def _unknown(role: str, holders: list[Holder]) -> Finding:
    places = sorted({h.organisation for h in holders})
    at = places[0] if len(places) == 1 else f"{len(places):,} organisations"
    return Finding(
        "assign.sessions-unknown",
        Severity.INFORMATION,
        f"practitioner.sessions of {role}",
        f"No source states the sessions of {len(holders):,} {role} at {at}; "
        f"{float(holders[0].sessions):g} a week are reckoned.",
        "Ask the organisations to send sessions a week with their practitioners.",
        len(holders),
        example=places[0],
    )


def not_proven(solutions: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """A finding for each placement of which it is not proven that none is better."""
    return [
        Finding("assign.gap", Severity.INFORMATION, f"{s['role']} of {s['pool']}", _gap(s),
                "Nothing needs to be done; a smaller group of practices would be solved to the end.")
        for s in solutions
        if not s["proven"]
    ]  # fmt: skip


def _gap(solution: Mapping[str, Any]) -> str:
    what = f"The placement of {solution['people']:,} people is not proven to be the best"
    if solution["bound"] < solution["cost"]:
        return f"{what}: one may cost up to {(solution['cost'] - solution['bound']) / solution['cost']:.2%} less."
    return f"{what}: others by need might be left out, or fewer moved."


def sessions(tenths: int) -> str:
    """So many more sessions, told in tenths."""
    return f"{tenths // 10}.{tenths % 10} more session{'' if tenths == 10 else 's'}"


def _have(n: int, name: str) -> str:
    return f"{count(n, 'person', 'people')} of {name} {'has' if n == 1 else 'have'}"


def name_of(code: str, practices: Practices) -> str:
    """A practice's name, or its code."""
    return practices.get(code, {}).get("name") or code


def count(n: int, one: str, many: str) -> str:
    """ "1 person", "2 people"."""
    return f"{n:,} {one if n == 1 else many}"
