"""A feed of events as CSV: a header, then a row an event. Columns are in any order; others are let be.

Needed: `event` (admit, transfer, discharge, cancel-admit, cancel-transfer, cancel-discharge), `visit_id`,
`happened_at`, `nhs_number`. May be there: `sent_at`, `admitted_at`, `name`, `birth_date`, `organisation_code`,
`organisation_name`, `ward`, `destination` and `specialty` (NHS Data Dictionary codes), `reason`, `message_id`.
"""

import csv
import difflib
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from carestead.core.finding import Finding, Severity
from carestead.sources.messages.event import Reading, error
from carestead.sources.messages.judge import Told, facts, judge, without_event

NEEDED = ("event", "visit_id", "happened_at", "nhs_number")
OPTIONAL = (
    "sent_at", "admitted_at", "name", "birth_date", "organisation_code", "organisation_name", "ward", "destination",
    "reason", "specialty", "message_id",
)  # fmt: skip


def from_csv(text: str, source: str, where: str, received_at: datetime) -> Iterator[Reading]:
    """Each row as an event, in order; a row told twice is told once more as a finding."""
    rows = _rows(text)
    header = [_plain(h) for h in next(rows).fields]
    if missing := [c for c in NEEDED if c not in header]:
        what = f"The header has no column {', '.join(missing)}."
        yield without_event("csv.header", what, _advice(missing, header), where, text)
        return
    seen: set[object] = set()
    for row in rows:
        place = f"{where}, row {row.number}"
        if row.broken or len(row.fields) != len(header):
            yield _refused(row, place, len(header))
        elif any(f.strip() for f in row.fields):
            told = dict(zip(header, row.fields, strict=True))
            yield _once(seen, _row(told, source, place, row.text, received_at), place)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it stands in the file: counted from 1 (the header), its fields, why it cannot be read, its text."""

    number: int
    fields: list[str]
    broken: str
    text: str


def _rows(text: str) -> Iterator[_Row]:
    """Every row that is not blank, the broken ones too; an empty text has one, without fields."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), strict=True)
    for number in itertools.count(1):
        fields, broken = [], ""
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            broken = str(problem)
        kept = "".join(taken).rstrip("\r\n")
        taken.clear()
        if kept.strip() or number == 1:
            yield _Row(number, fields, broken, kept)


def _row(row: dict[str, str], source: str, where: str, text: str, received_at: datetime) -> Reading:
    told = {name: row.get(name, "").strip() for name in (*NEEDED, *OPTIONAL)}
    said = told["event"].lower().replace(" ", "-").replace("_", "-")
    kind = facts()["other_words"].get(said, said)
    said_alike = {name: told[name] for name in ("visit_id", "nhs_number", *OPTIONAL[2:])}
    event = Told(
        source=source, kind=kind if kind in facts()["words"] else "", code=told["event"], happened=told["happened_at"],
        sent=told["sent_at"], admitted=told["admitted_at"], **said_alike,  # type: ignore[arg-type]
    )  # fmt: skip
    return judge(event, where, text, received_at)


def _once(seen: set[object], read: Reading, where: str) -> Reading:
    """The reading; with a finding when the same event was told by an earlier row."""
    if read.event is None or read.event.key not in seen:
        seen.add(read.event and read.event.key)
        return read
    again = Finding("event.duplicate", Severity.INFORMATION, where, "An earlier row tells the same event.")
    return Reading(read.event, (*read.findings, again), read.text)


def _refused(row: _Row, where: str, wanted: int) -> Reading:
    what = f"The row has {len(row.fields)} fields, the header {wanted}."
    if row.broken:
        what = f"The row cannot be read as CSV ({row.broken})."
    found = error("csv.unreadable" if row.broken else "csv.fields", where, what, "Ask the hospital to correct the row.")
    return Reading(None, (found,), row.text)


def _plain(name: str) -> str:
    """`Visit ID`, `visit-id` and `VISIT_ID` are one name."""
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def _advice(missing: list[str], header: list[str]) -> str:
    """Which column it may be, by likeness; else what is needed."""
    near = {m: difflib.get_close_matches(m, header, n=1, cutoff=0.5) for m in missing}
    renamed = [f"rename {found[0]} to {name}" for name, found in near.items() if found and found[0] not in NEEDED]
    said = f"Perhaps {' and '.join(renamed)}. " if renamed else ""
    return f"{said}Needed are {', '.join(NEEDED)}; the file has {', '.join(header) or 'nothing'}."
