"""Parts made elsewhere in published form, measured and taken into an area's lake as they are."""

from pathlib import Path
from typing import Any

from carestead.core.area import Area
from carestead.engines import lake
from carestead.engines.base import Progress, Receipt
from carestead.engines.work import breach_counts, measure, view
from carestead.tables import all_tables, table


def adopt(con: Any, area: Area, folder: Path, progress: Progress | None = None) -> list[Receipt]:
    """Adopt `folder`/<table>/bucket=NNN.parquet, and `folder`/<table>/area.parquet of area tables.

    `folder` lies below the area. Raises KeyError for a folder that is no contract table.
    """
    files = sorted(p for p in folder.glob("*/*.parquet") if p.parent.name in all_tables())
    receipts = []
    for n, file in enumerate(files, start=1):
        receipts.append(_receipt(con, file))
        if progress:
            progress("Measuring what was made", n, len(files))
    lake.adopt(area, receipts)
    return receipts


def _receipt(con: Any, file: Path) -> Receipt:
    spec = table(file.parent.name)
    view(con, spec.name, [str(file)])
    rows, checksum = measure(con, spec, f'"{spec.name}"')
    breaches = breach_counts(con, spec, f'"{spec.name}"')
    bucket = int(file.stem.partition("=")[2]) if spec.per == "bucket" else None
    return Receipt("adopted", spec.name, bucket, str(file), rows, checksum, 0.0, checksum, "adopted", breaches)
