"""`carestead show`: a published table, as text or as a file."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table as Grid

from carestead import results
from carestead.cli import options
from carestead.core.finding import UsageError
from carestead.core.purpose import Purpose
from carestead.tables import all_tables, table


@click.command()
@click.argument("name", metavar="TABLE")
@options.area
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "parquet"]), default="table", show_default=True
)
@click.option("--limit", type=click.IntRange(0), default=None, help="Rows; 20 for a table, all for the others.")
@click.option("--person", type=int, default=None, help="Only this person's rows.")
@click.option(
    "--purpose",
    type=click.Choice(list(Purpose)),
    default=Purpose.DIRECT_CARE,
    show_default=True,
    help="What the rows are for: people who have opted out of it are left out.",
)
@click.option("--snapshot", default=None, help="An older snapshot's id.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write here; parquet needs it."
)
def command(
    name: str, area: Path, form: str, limit: int | None, person: int | None, purpose: Purpose, snapshot: str | None,
    out: Path | None,
) -> None:  # fmt: skip
    """Show a published table. TABLE is a name of the data dictionary, such as person, score or finding."""
    if name not in all_tables():
        raise UsageError(f"There is no table {name}.", f"There are: {', '.join(all_tables())}")
    opened = results.at(area, snapshot) if snapshot else results.latest(area)
    if person is not None and "person_id" not in table(name).names():
        raise UsageError(f"Rows of {name} are about nobody in particular.", "Leave --person out.")
    if purpose != Purpose.DIRECT_CARE and not opened.manifest.paths("opt_out"):
        raise UsageError("This snapshot does not say who has opted out.", f"Type: carestead run --area {area}")
    where = _where(name, person, purpose)
    order = ", ".join(f'"{c}" nulls first' for c in table(name).order)
    rows = limit if limit is not None else (20 if form == "table" else None)
    sql = f'select * from "{name}" {where} order by {order}' + (f" limit {rows}" if rows is not None else "")
    with opened:
        arrow = opened.arrow(sql, (name, "opt_out"), person, purpose=str(purpose))
    _FORMS[form](arrow, out, name, opened.count(name))


def _where(name: str, person: int | None, purpose: Purpose) -> str:
    """The rows that are asked for and may be used: no rows of people who have opted out of the purpose."""
    tests = ["person_id = $person_id"] if person is not None else []
    if purpose != Purpose.DIRECT_CARE and "person_id" in table(name).names():
        tests.append("person_id not in (select person_id from opt_out where purpose = $purpose)")
    return f"where {' and '.join(tests)}" if tests else ""


def _grid(arrow: Any, out: Path | None, name: str, total: int) -> None:
    grid = Grid(title=f"{name}: {arrow.num_rows:,} of {total:,} rows", title_justify="left")
    for column in arrow.column_names:
        grid.add_column(column, overflow="fold")
    for row in arrow.to_pylist():
        grid.add_row(*("" if v is None else str(v) for v in row.values()))
    with _sink(out) as sink:
        Console(file=sink, width=None if sink.isatty() else 200).print(grid)


def _csv(arrow: Any, out: Path | None, name: str, total: int) -> None:
    with _sink(out) as sink:
        writer = csv.writer(sink)
        writer.writerow(arrow.column_names)
        writer.writerows(row.values() for row in arrow.to_pylist())


def _json(arrow: Any, out: Path | None, name: str, total: int) -> None:
    with _sink(out) as sink:
        json.dump(arrow.to_pylist(), sink, default=str, indent=1)
        sink.write("\n")


def _parquet(arrow: Any, out: Path | None, name: str, total: int) -> None:
    if out is None:
        raise UsageError(
            "Parquet is not for reading.", f"Name a file: carestead show {name} --format parquet --out {name}.parquet"
        )
    import pyarrow.parquet as pq

    pq.write_table(arrow, out)
    click.echo(f"{arrow.num_rows:,} rows of {name} are in {out}.")


def _sink(out: Path | None) -> Any:
    return out.open("w", encoding="utf-8", newline="") if out else _Stdout()


class _Stdout:
    """Standard output as a context that is not closed."""

    def __enter__(self) -> Any:
        return sys.stdout

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()


_FORMS = {"table": _grid, "csv": _csv, "json": _json, "parquet": _parquet}
