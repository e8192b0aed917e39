"""Rows as a database gives them, put into a Parquet file of a contract table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from carestead.tables import Table

_TYPES = {
    "BOOLEAN": pa.bool_(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}


class Part:
    """The file of one table, written chunk by chunk; it has the table's columns in their order, also when empty."""

    def __init__(self, folder: Path, spec: Table) -> None:
        self.rows = 0
        self._types = [_TYPES[kind] for kind in spec.types().values()]
        self._schema = pa.schema(list(zip(spec.names(), self._types, strict=True)))
        self._writer = pq.ParquetWriter(folder / f"{spec.name}.parquet", self._schema, compression="zstd")

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows whose values are in the order of the columns."""
        if rows:
            columns = [_array(values, kind) for values, kind in zip(zip(*rows, strict=True), self._types, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
            self.rows += len(rows)

    def __enter__(self) -> "Part":
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """A column. PostgreSQL's instants say their zone, SQLite's are in UTC without saying so."""
    if pa.types.is_timestamp(kind) and any(v.tzinfo for v in values if v is not None):
        return pa.array(values, pa.timestamp("us", "UTC")).cast(kind)
    return pa.array(values, kind)
