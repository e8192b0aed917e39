"""What cannot be met, said as findings, each with its cheapest remedy priced in people and sessions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from carestead.assign.holder import Holder
from carestead.core.finding import Finding, Severity


def without_gp(
    short: Mapping[str, int],
    gps: Sequence[Holder],
    given: Mapping[tuple[str, str], int],
    practices: Iterable[Mapping[str, Any]],
    people_per_session: int,
) -> list[Finding]:
    """A finding `assign.no-capacity` for each practice in `short`, practice_code to people without a named GP.

    `given` is (GP, practice) to people placed; `practices` rows of table practice. The remedy named first costs least:
    a GP coming back, then people shared with practices of the group that have room (offered once), then sessions.
    """
    known = {p["practice_code"]: p for p in practices}
    at: dict[str, list[Holder]] = defaultdict(list)
    for gp in gps:
        at[gp.organisation].append(gp)
    spare = {code: sum(g.room - given.get((g.code, code), 0) for g in here) for code, here in at.items()}
    findings = []
    for code in sorted(short):
        shared = _share(code, short[code], spare, known)
        what = _what(_name(code, known), short[code], at[code])
        do = _do(_name(code, known), short[code], shared, at[code], people_per_session, known)
        findings.append(Finding("assign.no-capacity", Severity.WARNING, f"practice {code}", what, do, short[code]))
    return findings


def _share(code: str, n: int, spare: dict[str, int], known: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """(practice, people it could take, its room) until `n` are placed, the roomiest first; takes that from `spare`."""
    group = known.get(code, {}).get("group_code")
    others = [c for c in spare if c != code and group and known.get(c, {}).get("group_code") == group and spare[c] > 0]
    offers = []
    for other in sorted(others, key=lambda c: (-spare[c], c)):
        taken = min(n, spare[other])
        if taken:
            offers.append((other, taken, spare[other]))
            spare[other] -= taken
            n -= taken
    return offers


def _what(name: str, n: int, here: Sequence[Holder]) -> str:
    room = sum(g.room for g in here)
    at_work = sum(g.room > 0 for g in here)
    who = f"{_have(n, name)} no named GP"
    if not at_work:
        return f"{who}: no GP of the practice is at work."
    return f"{who}: its {_count(at_work, 'GP', 'GPs')} at work {'has' if at_work == 1 else 'have'} room for {room}."


def _do(
    name: str,
    n: int,
    shared: Sequence[tuple[str, int, int]],
    here: Sequence[Holder],
    people_per_session: int,
    known: Mapping[str, Any],
) -> str:
    remedies = [*_wait(n, here)]
    left = n - sum(taken for _, taken, _ in shared)
    offers = " and ".join(
        f"{_count(t, 'person', 'people')} with {_name(c, known)} (room for {r})" for c, t, r in shared
    )
    if shared:
        rest = f", and {_sessions(left, people_per_session)} a week at {name} for the other {left}" if left else ""
        remedies.append(f"share {offers}{rest}")
    remedies.append(f"{_sessions(n, people_per_session)} a week at {name} ({people_per_session} people a session)")
    first, *others = remedies
    return f"Cheapest: {first}.{''.join(f' Or {other}.' for other in others)}"


def _wait(n: int, here: Sequence[Holder]) -> list[str]:
    """Waiting for a GP on leave, when the day is known and their room is enough."""
    back = [g for g in here if g.away_until and g.room_when_back >= n]
    first = min(back, key=lambda g: (g.away_until, g.code), default=None)
    return (
        [f"cover until {first.away_until:%-d %B %Y}, when {first.code} is back with room for {first.room_when_back}"]
        if first
        else []
    )


def _sessions(people: int, people_per_session: int) -> str:
    """So many more sessions, in tenths, rounded up."""
    tenths = ceil(Fraction(people * 10, people_per_session))
    return f"{tenths // 10}.{tenths % 10} more session{'' if tenths == 10 else 's'}"


def without_coordinator(
    short: Mapping[str, int], holders: Sequence[Holder], practices: Iterable[Mapping[str, Any]], people_per_session: int
) -> list[Finding]:
    """A finding for each practice in `short`, practice_code to people without a coordinator."""
    known = {p["practice_code"]: p for p in practices}
    code = "assign.no-coordinator-capacity" if holders else "assign.no-coordinator"
    why = "no coordinator they may have has room" if holders else "there is no care coordinator"
    return [
        Finding(
            code,
            Severity.WARNING,
            f"practice {practice}",
            f"{_have(n, _name(practice, known))} no coordinator: {why}.",
            f"Cheapest: {_sessions(n, people_per_session)} a week of a coordinator for {_name(practice, known)} "
            f"({people_per_session} people a session).",
            n,
        )
        for practice, n in sorted(short.items())
    ]


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


def _have(n: int, name: str) -> str:
    return f"{_count(n, 'person', 'people')} of {name} {'has' if n == 1 else 'have'}"


def _name(code: str, known: Mapping[str, Any]) -> str:
    return known.get(code, {}).get("name") or code


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
