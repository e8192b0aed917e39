"""Rows read straight from the database, in chunks, without making an object of each."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models

CHUNK = 20_000
"""Rows held in memory at once, of each table that is being read."""

Rows = list[tuple[Any, ...]]


def streamed(
    model: type[models.Model], columns: Sequence[str], *, where: str = "", order: str = "", values: Sequence[Any] = ()
) -> Iterator[Rows]:
    """Columns of a model's table, as the database gives them. `where` and `order` are SQL, with `values` bound."""
    names = ", ".join(connection.ops.quote_name(c) for c in columns)
    sql = f"select {names} from {connection.ops.quote_name(model._meta.db_table)}"
    sql += f" where {where}" if where else ""
    sql += f" order by {order}" if order else ""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, list(values))
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def one_by_one(chunks: Iterator[Rows]) -> Iterator[tuple[Any, ...]]:
    """The rows of chunks, each for itself."""
    return (row for rows in chunks for row in rows)
