"""All scores of events and medicines together over everybody, against a bare scan of the columns they read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from carestead.bench.chain import carry_out
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import lake_area
from carestead.core.area import open_area
from carestead.engines import lake
from carestead.engines.duckdb import connect

SCORES = (
    "item_window", "item_value", "item_mask", "medicine_name", "medicine_history", "medicine_count", "prescribed",
    "anticholinergic", "long_term_condition", "efi", "polypharmacy", "cambridge", "anticholinergic_burden",
    "recorded_index", "recorded_efi",
)  # fmt: skip
EVIDENCE = (
    *SCORES, "item_fact", "flag", "recorded_frailty", "efi_evidence", "polypharmacy_evidence", "cambridge_evidence",
    "anticholinergic_burden_evidence", "recorded_efi_evidence", "recorded_frailty_evidence",
)  # fmt: skip

SCAN = {
    "event": "sum(person_id), sum(code_id), max(date), max(recorded_date), sum(value), max(unit)",
    "medication": "sum(person_id), sum(code_id), max(date), max(end_date), max(bnf_code), max(status), max(is_repeat)",
}
"""The columns that decide a score, of each table."""

PLACES = ", sum(source_id), sum(file_id), sum(source_row)"
"""Where each record is: the passes read that too, so that evidence need not go back for it."""


def figures(setting: Setting) -> Iterator[Figure]:
    """Scores alone, then scores with the dated evidence of each: all buckets, results written to Parquet.

    The bar is against all the columns that the steps read; the scores are also told against those that decide them.
    """
    area = lake_area(setting)
    events = sum(p.rows for p in lake.adopted(area) if p.table == "event")
    size = f"{setting.people:,} people, {events:,} events"
    decide = timed(scan, area.path, SCAN, runs=setting.runs)
    every = timed(scan, area.path, {table: columns + PLACES for table, columns in SCAN.items()}, runs=setting.runs)
    scores = timed(carry_out, area.path, SCORES, runs=setting.runs)
    evidence = timed(carry_out, area.path, EVIDENCE, runs=setting.runs)
    for what, against, done, bare, target in (
        ("all scores of events and medicines", "a bare scan of the columns they read", scores, every, 5.0),
        ("all scores of events and medicines", "a bare scan of the columns that decide them", scores, decide, None),
        ("the same with dated evidence and flags", "a bare scan of the columns they read", evidence, every, 12.0),
    ):
        rows = f"{sum(done.result.values()):,} rows given"
        yield Figure(
            "scores", f"{what}: {size}", against, done.seconds, bare.seconds, done.peak_mb, target, rows
        )  # fmt: skip


def scan(path: Path, columns: Mapping[str, str]) -> int:
    """Read the columns of every part, and nothing else."""
    con, parts = connect(threads=2), lake.adopted(open_area(path))
    for table, wanted in columns.items():
        files = [p.path for p in parts if p.table == table]
        con.execute(f"select {wanted} from read_parquet($files)", {"files": files}).fetchall()
    return len(columns)
