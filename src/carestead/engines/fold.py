"""Folding: the pieces of a bucket, from all deliveries, become one sorted part in which each row stands once."""

from pathlib import Path

from carestead.core.area import Area
from carestead.engines import lake
from carestead.engines.base import Statement, Task
from carestead.engines.catalogue import Catalogue
from carestead.engines.work import PIECE
from carestead.tables import Table, delivered_tables, table

Pieces = dict[int | None, dict[str, list[Path]]]


def pieces(catalogue: Catalogue) -> Pieces:
    """For each bucket, and for the area (None), the pieces of each table in the order they were delivered."""
    found: Pieces = {b: {} for b in (None, *range(catalogue.area.buckets))}
    for d in catalogue.delivered:
        for name in d.tables:
            if name not in delivered_tables():
                continue
            for bucket in (None,) if table(name).per == "area" else range(catalogue.area.buckets):
                piece = catalogue.piece(d, name, bucket or 0)
                if piece and any(piece.iterdir()):
                    found[bucket].setdefault(name, []).append(piece)
    return found


def fold_tasks(area: Area, found: Pieces) -> list[Task]:
    """A task a bucket, and one for the area."""
    return [_task(area, bucket, of_table) for bucket, of_table in found.items() if of_table]


def _task(area: Area, bucket: int | None, of_table: dict[str, list[Path]]) -> Task:
    views = {f"{name}{PIECE}": tuple(_files(folders)) for name, folders in of_table.items()}
    statements = [_statement(area, bucket, table(name), folders) for name, folders in of_table.items()]
    return Task(bucket, views, tuple(statements))


def _files(folders: list[Path]) -> list[str]:
    return [str(f) for folder in folders for f in sorted(folder.glob("*.parquet"))]


def _statement(area: Area, bucket: int | None, spec: Table, folders: list[Path]) -> Statement:
    sql = fold_select(spec)
    key = lake.digest(sql, [str(f.relative_to(area.lake)) for f in folders])
    return Statement("fold", spec.name, sql, lake.part_path(area, spec.name, "fold", bucket, key), key)


def fold_select(spec: Table) -> str:
    """Rows of the newest delivery of each key; rows without a key all stay.

    A record that was sent again replaces what it said before, whole: one record may be several rows (the two
    numbers of a blood pressure), which share file and source_row.
    """
    place = "file_id::bigint * 1099511627776 + coalesce(source_row, 0)"
    columns = ", ".join(f'p."{name}"' for name in spec.names())
    return f"""with again as (
  select source_id, row_key, max({place}) as newest from {spec.name}{PIECE}
  where row_key is not null group by source_id, row_key having min({place}) <> max({place}))
select {columns} from {spec.name}{PIECE} p left join again a on a.source_id = p.source_id and a.row_key = p.row_key
where a.newest is null or {place.replace("file_id", "p.file_id").replace("source_row", "p.source_row")} = a.newest"""
