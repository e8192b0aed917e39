"""The store written as Parquet files, one a contract table, so that an engine can look through all of it at once.

Rows are streamed in chunks, so memory stays the same however many there are, and all of them are of one moment: what
people decide meanwhile waits for nothing and is in the next export.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from carestead.store.assign import models as assign
from carestead.store.care import models as care
from carestead.store.export import replay, told
from carestead.store.export.columns import Part
from carestead.store.export.read import streamed
from carestead.tables import table

Progress = Callable[[str, int, int], None]

LABEL = "Writing out what was decided"

AS_THEY_ARE = {
    "ledger_entry": assign.LedgerEntry,
    "hand_over": assign.HandOver,
    "absence": assign.Absence,
    "departure": assign.Departure,
    "desk_shift": assign.DeskShift,
    "shared_role": assign.SharedRole,
    "load_agreement": assign.LoadAgreement,
    "promise": care.Promise,
    "request": care.Request,
    "plan": care.Plan,
    "meeting": care.Meeting,
    "meeting_item": care.MeetingItem,
    "notice": care.Notice,
    "stay": care.Stay,
    "alarm": care.Alarm,
    "share_choice": care.ShareChoice,
    "break_glass": care.BreakGlass,
    "lesson": care.Lesson,
}
"""Contract tables whose columns are columns of a model."""

MADE = ("enrolment_period", "disclosure", "care_event", "replay")
"""Contract tables that are told from rows of several."""

TABLES = (*AS_THEY_ARE, *MADE)


def export(folder: Path, *, since: datetime, progress: Progress | None = None) -> dict[str, int]:
    """Write every table of `TABLES` to `folder` as `<table>.parquet`: the number of rows of each.

    Of what was disclosed, only what was since `since`: the audit log keeps it for ever.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    with one_moment():
        for n, name in enumerate(AS_THEY_ARE):
            _say(progress, n)
            counts[name] = _as_it_is(folder, name)
        for name, rows in (("enrolment_period", told.periods()), ("disclosure", told.disclosures(since))):
            _say(progress, len(counts))
            counts[name] = _rows(folder, name, rows)
        _say(progress, len(counts))
        counts |= replay.write(folder)
        _say(progress, len(TABLES))
    return counts


def paths(folder: Path) -> dict[str, tuple[str, ...]]:
    """The files of an export, by table."""
    return {name: (str(folder / f"{name}.parquet"),) for name in TABLES}


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is as it was at one moment, and nobody who writes waits for it."""
    if connection.in_atomic_block:  # somebody's transaction already
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            yield
    else:
        # Django would begin with the lock of a writer; a plain reader of a write-ahead log needs none.
        with connection.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield
            finally:
                cursor.execute("rollback")


def _as_it_is(folder: Path, name: str) -> int:
    with Part(folder, table(name)) as part:
        for rows in streamed(AS_THEY_ARE[name], table(name).names()):
            part.add(rows)
    return part.rows


def _rows(folder: Path, name: str, chunks: Iterator[list[tuple[object, ...]]]) -> int:
    with Part(folder, table(name)) as part:
        for rows in chunks:
            part.add(rows)
    return part.rows


def _say(progress: Progress | None, done: int) -> None:
    if progress:
        progress(LABEL, done, len(TABLES))
