"""All invariants over the made-up store of everybody: seconds each, and exactly the planted breaches found."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from carestead import gaps
from carestead.bench import made_store
from carestead.bench.made_store import decisions
from carestead.bench.measure import Figure, Setting, timed
from carestead.core.area import create_area
from carestead.core.finding import CaresteadError

BAR = 60.0
MEMORY_GB = 6.0


def figures(setting: Setting) -> Iterator[Figure]:
    """The whole check against a bar of 60 seconds, then each invariant's own share of it."""
    area = create_area(setting.area_of("gaps"), name="Made-up store", people=setting.people, synthetic=True)
    made_store.make(area.path / "made", setting.people)
    done = timed(look, area.path, setting.people, runs=1)
    counts, rows, over = done.result
    if over:
        raise CaresteadError(f"The check found what was not planted: {over}.")
    note = f"{rows:,} rows, {done.processor:.0f} s of processor; {len(counts)} planted breaches found, nothing else"
    yield Figure("gaps", f"all {len(counts)} invariants: {setting.people:,} enrolled people", "the bar of 60 s",
                 done.seconds, BAR, done.peak_mb, 1.0, note)  # fmt: skip
    for name, seconds in sorted(counts.items(), key=lambda c: -c[1]):
        yield Figure("gaps", name, "the whole check", seconds, done.seconds, done.peak_mb)
    yield _written_out(setting)


def _written_out(setting: Setting) -> Figure:
    """A store in SQLite of a tenth of the people's promises, written out and replayed, against reading its rows."""
    area = create_area(setting.folder / f"decisions-{setting.people // 10}", name="Made-up store", synthetic=True)
    timed(decisions.fill, area.path, setting.people // 10, runs=1)
    bare = timed(decisions.read_bare, area.path, runs=1)
    done = timed(decisions.write_out, area.path, area.path / "written", runs=1)
    rate = f"{done.result / done.seconds:,.0f} rows a second, {done.result / done.processor:,.0f} of processor"
    return Figure(
        "gaps", f"{done.result:,} rows of the store written out, replay among them", "the driver reading the rows",
        done.seconds, bare.seconds, done.peak_mb, note=rate,
    )  # fmt: skip


def look(path: Path, people: int) -> tuple[dict[str, float], int, dict[str, list[str]]]:
    """(seconds by invariant, rows looked through, what was found but not planted or planted but not found)."""
    area = create_area(path, name="Made-up store", people=people, synthetic=True)
    files = made_store.make(path / "made", people)
    shutil.rmtree(gaps.folder_of(area), ignore_errors=True)
    with gaps.working_folder(area) as work:
        found = gaps.check(
            area, files, work, at=made_store.AT, checked_at=made_store.AT, memory_gb=MEMORY_GB
        )  # fmt: skip
        wrong = {c.invariant: _surprises(found, c) for c in found.counts}
    return (
        {c.invariant: c.seconds for c in found.counts},
        sum(found.looked_at.values()),
        {name: words for name, words in wrong.items() if words},
    )


def _surprises(found: gaps.Checked, count: gaps.Count) -> list[str]:
    """Nothing, when the one planted breach was found and no other."""
    rows = found.offenders(count.invariant, limit=5)
    planted = {int(count.invariant[1:]), None}
    if len(rows) == 1 and rows[0]["person_id"] in planted:
        return []
    return [f"{count.now + count.over} found", *(f"{r['person_id']}: {r['subject_id']}: {r['words']}" for r in rows)]
