"""An empty area, and an ingest into it that gives back the delivered rows."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from carestead.sources import Report, ingest


def connect() -> duckdb.DuckDBPyConnection:
    """A fresh engine."""
    return duckdb.connect(config={"threads": 2})


@pytest.fixture
def area(tmp_path: Path) -> Path:
    folder = tmp_path / "area"
    folder.mkdir()
    (folder / "area.json").write_text(json.dumps({"format": 1, "name": "test", "buckets": 4, "synthetic": True}))
    return folder


@pytest.fixture
def take(area: Path) -> Callable[..., Report]:
    """Ingest paths into the area."""
    return lambda *paths, **more: ingest(connect, area, list(paths), delivered_on=date(2026, 1, 1), **more)


@pytest.fixture
def rows(area: Path) -> Callable[..., list[dict[str, Any]]]:
    """Every delivered row of a table, oldest delivery first."""

    def read(table: str, order: str = "source_file, source_row") -> list[dict[str, Any]]:
        found = sorted((area / "deliveries").glob(f"*/*/{table}.parquet"), key=lambda p: p.parent.name)
        con = duckdb.connect()
        made: list[dict[str, Any]] = []
        for path in found:
            relation = con.sql(f"select * from '{path}' order by {order}")
            made += [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
        con.close()
        return made

    return read
