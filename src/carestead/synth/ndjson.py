"""FHIR R4 bulk NDJSON from frames: one SELECT in `fhir/` makes the lines, their bytes go to the file as they are."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from carestead.synth.facts import Columns
from carestead.synth.population import NEVER

BATCH = 200_000


@cache
def _sql(resource: str) -> str:
    return files("carestead.synth").joinpath("fhir", f"{resource}.sql").read_text(encoding="utf-8")


def write(con: Any, path: Path, resource: str, frame: Columns, spoiled: bytes = b"") -> int:
    """Append the rows of `frame` to `path` as lines made by `fhir/<resource>.sql`; returns how many.

    The frame's columns are those of the relation `rows`; the ones named in `_DAYS` are days, NEVER is null.
    `spoiled` is put after the first line: what a broken export looks like.
    """
    rows = pa.table({name: _column(name, values) for name, values in frame.items()})
    con.execute("set preserve_insertion_order = true")  # same rows, same bytes
    with path.open("ab") as out:
        for start in range(0, len(rows), BATCH):
            con.register("rows", rows.slice(start, BATCH))
            made = con.sql(_sql(resource)).to_arrow_table()
            con.unregister("rows")
            for n, chunk in enumerate(made.column("line").chunks):
                _put(out, chunk, spoiled if start == n == 0 else b"")
    return len(rows)


def _put(out: Any, chunk: pa.Array, spoiled: bytes) -> None:
    """The text of an Arrow string array is one run of bytes: no string is made in Python."""
    width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    _, offsets, data = chunk.buffers()
    ends = np.frombuffer(offsets, dtype=width)[chunk.offset : chunk.offset + len(chunk) + 1]
    view = memoryview(data) if data is not None else memoryview(b"")
    first = int(ends[1]) if spoiled else int(ends[0])
    out.write(view[int(ends[0]) : first])
    out.write(spoiled)
    out.write(view[first : int(ends[-1])])


_DAYS = {"date", "birth", "death", "start", "finish", "leave_start", "leave_end"}


def _column(name: str, values: np.ndarray) -> pa.Array:
    if name in _DAYS:
        return pa.array(values.astype("datetime64[D]"), mask=(values == NEVER) | ((values == 0) & (name != "birth")))
    if values.dtype == np.float64:
        return pa.array(values, mask=np.isnan(values))
    return pa.array(values, type=pa.string() if values.dtype == object else None, from_pandas=True)
