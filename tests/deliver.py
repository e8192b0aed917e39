"""Deliveries made by hand, for tests of what comes after ingest."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from carestead.core.area import Area
from carestead.engines.duckdb import connect
from carestead.tables import table

QUARANTINE = (
    "file_id integer, source_row bigint, type varchar, reason varchar, what varchar, "
    '"do" varchar, text varchar, byte_offset bigint'
)


def deliver(
    area: Area,
    source: str,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    sequence: int,
    kind: str = "gp",
    on: date = date(2026, 4, 1),
) -> Path:
    """Put rows, in delivered form, into the area as one delivery of one file; columns left out are null."""
    folder = area.deliveries / source / f"{sequence:06d}-test"
    folder.mkdir(parents=True)
    con = connect()
    for name, rows in tables.items():
        _write(con, folder, name, rows)
    con.execute(f"create table quarantine ({QUARANTINE})")
    con.execute(f"copy quarantine to '{folder}/quarantine.parquet' (format parquet)")
    counts = {n: {"read": len(r), "loaded": len(r), "ignored": 0, "quarantined": 0} for n, r in tables.items()}
    said = {
        "sequence": sequence,
        "source": {"name": source, "title": source, "kind": kind, "organisation_code": None, "expected_every_days": 7},
        "delivered_on": on.isoformat(),
        "files": [{"file": 0, "name": "rows", "sha256": f"{source}-{sequence}", "bytes": 1, "types": counts}],
        "tables": {n: len(r) for n, r in tables.items()},
    }
    (folder / "delivery.json").write_text(json.dumps(said))
    return folder


def _write(con: Any, folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = table(name).delivered()
    con.execute(f'create table "{name}" ({", ".join(f"{c} {k}" for c, k in columns.items())})')
    for number, row in enumerate(rows, start=1):
        full = {"source_row": number, "source_file": 0, **row}
        con.execute(
            f'insert into "{name}" ({", ".join(full)}) values ({", ".join("?" for _ in full)})', list(full.values())
        )
    con.execute(f"copy \"{name}\" to '{folder}/{name}.parquet' (format parquet)")
