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
"""The columns that the scores read, of each table."""

PLACES = ", sum(source_id), sum(file_id), sum(source_row)"
"""What evidence reads besides: where each record is."""


def figures(setting: Setting) -> Iterator[Figure]:
    """Scores alone, then scores with the dated evidence of each: all buckets, results written to Parquet."""
    area = lake_area(setting)
    events = sum(p.rows for p in lake.adopted(area) if p.table == "event")
    with_places = {table: columns + PLACES for table, columns in SCAN.items()}
    for what, steps, columns, target in (
        ("all scores of events and medicines", SCORES, SCAN, 5.0),
        ("the same with dated evidence and flags", EVIDENCE, with_places, 12.0),
    ):
        bare = timed(scan, area.path, columns, runs=setting.runs)
        done = timed(carry_out, area.path, steps, runs=setting.runs)
        yield Figure(
            "scores", f"{what}: {setting.people:,} people, {events:,} events", "a bare scan of the columns they read",
            done.seconds, bare.seconds, done.peak_mb, target, f"{done.result:,} rows given",
        )  # fmt: skip


def scan(path: Path, columns: Mapping[str, str]) -> int:
    """Read the columns of every part, and nothing else."""
    con, parts = connect(threads=2), lake.adopted(open_area(path))
    for table, wanted in columns.items():
        files = [p.path for p in parts if p.table == table]
        con.execute(f"select {wanted} from read_parquet($files)", {"files": files}).fetchall()
    return len(columns)
