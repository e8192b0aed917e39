"""The ledger of responsibility, read: entries to intervals, whether they cover the enrolment, who held it when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from carestead.care.standing import Basis
from carestead.care.times import said
from carestead.core.calendar import utc


@dataclass(frozen=True, slots=True)
class Entry:
    """From `start` on `holder` is responsible, until the next entry of the same person and role. An entry with basis
    ended has no holder."""

    person_id: int
    role: str
    seq: int
    start: datetime
    holder: str
    basis: Basis = Basis.ACCEPTED


@dataclass(frozen=True, slots=True)
class Interval:
    """`holder` was responsible from `start` up to but without `end` (None while they are)."""

    person_id: int
    role: str
    holder: str
    start: datetime
    end: datetime | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person was enrolled from `start` up to but without `end` (None while they are)."""

    person_id: int
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offender:
    """A breach: `gap` (nobody is responsible while enrolled), `after-end` (somebody is, after the enrolment), or
    `order` (an entry whose number or instant does not follow the one before)."""

    kind: str
    person_id: int
    role: str
    start: datetime
    end: datetime | None

    def __str__(self) -> str:
        until = f" to {said(self.end)}" if self.end else ""
        return f"{self.kind}: person {self.person_id}, {self.role}, from {said(self.start)}{until}"


def intervals(entries: Iterable[Entry]) -> list[Interval]:
    """Who was responsible from when to when. Time in which nobody was is left out."""
    found = []
    for _, of_one in groupby(sorted(entries, key=_place), key=lambda e: (e.person_id, e.role)):
        for entry, after in _with_next(list(of_one)):
            if entry.basis is not Basis.ENDED:
                end = after.start if after else None
                found.append(Interval(entry.person_id, entry.role, entry.holder, entry.start, end, entry.basis))
    return found


def offenders(entries: Iterable[Entry], enrolled: Iterable[Enrolled], roles: Sequence[str]) -> list[Offender]:
    """Where the ledger breaks the first invariant: each role covers each enrolment without gap or overlap, in order."""
    of_one: dict[tuple[int, str], list[Entry]] = {}
    for entry in sorted(entries, key=_place):
        of_one.setdefault((entry.person_id, entry.role), []).append(entry)
    out_of_order = [o for each in of_one.values() for o in _out_of_order(each)]
    stays: dict[int, list[Enrolled]] = {}
    for one in enrolled:
        stays.setdefault(one.person_id, []).append(one)
    keys = sorted({(person, role) for person in stays for role in roles} | of_one.keys())
    uncovered = [o for p, role in keys for o in _uncovered(p, role, of_one.get((p, role), []), stays.get(p, []))]
    return [*out_of_order, *uncovered]


def _out_of_order(of_one: Sequence[Entry]) -> list[Offender]:
    pairs = [(a, b) for a, b in pairwise(of_one) if b.seq != a.seq + 1 or utc(b.start) <= utc(a.start)]
    first = [of_one[0]] if of_one[0].seq != 1 else []
    late = [*first, *(b for _, b in pairs)]
    return [Offender("order", e.person_id, e.role, e.start, None) for e in late]


def _uncovered(person: int, role: str, entries: Sequence[Entry], stays: Sequence[Enrolled]) -> list[Offender]:
    held = [(utc(i.start), _end(i.end)) for i in intervals(entries)]
    wanted = [(utc(s.start), _end(s.end)) for s in stays]
    gaps = [Offender("gap", person, role, a, b) for a, b in _minus(wanted, held)]
    return gaps + [Offender("after-end", person, role, a, b) for a, b in _minus(held, wanted)]


_Reach = tuple[datetime, datetime | None]


def _minus(these: Sequence[_Reach], those: Sequence[_Reach]) -> list[_Reach]:
    """What of `these` lies in none of `those`."""
    rest = list(these)
    for start, end in those:
        rest = [piece for reach in rest for piece in _cut(reach, start, end)]
    return rest


def _cut(reach: _Reach, start: datetime, end: datetime | None) -> list[_Reach]:
    first, last = reach
    before = [(first, start if last is None else min(last, start))] if first < start else []
    after = [(max(first, end), last)] if end is not None and (last is None or end < last) else []
    return [*before, *after]


def _end(end: datetime | None) -> datetime | None:
    return utc(end) if end is not None else None


def _with_next(entries: Sequence[Entry]) -> Iterable[tuple[Entry, Entry | None]]:
    return zip(entries, [*entries[1:], None], strict=True)


def _place(entry: Entry) -> tuple[int, str, int]:
    return entry.person_id, entry.role, entry.seq
