"""`carestead link`: link the people of an area, or of any one or two files."""

import json
from pathlib import Path
from typing import Any

import click

from carestead import flow
from carestead.cli.progress import progress
from carestead.core.area import open_area
from carestead.core.finding import UsageError
from carestead.engines.base import Progress
from carestead.engines.duckdb import connect
from carestead.record.link_files import FIELDS, FileLinks, link_files
from carestead.sources import decisions


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--area", type=click.Path(path_type=Path, file_okay=False), default=None, help="Link an area's sources.")
@click.option("--map", "column_map", multiple=True, metavar="FIELD=COLUMN",
              help=f"Which column holds what; several columns as FIELD=A,B. Fields: {', '.join(FIELDS)}.")  # fmt: skip
@click.option("--map-file", type=click.Path(path_type=Path), default=None, help="The map as a YAML file.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Pairs: .csv, .parquet, .json."
)
@click.option(
    "--review", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Doubtful pairs, likewise."
)
def command(
    files: tuple[Path, ...], area: Path | None, column_map: tuple[str, ...], map_file: Path | None, out: Path | None,
    review: Path | None,
) -> None:  # fmt: skip
    """Link people. With FILE: find its duplicates; with FILE FILE: find the people who are in both."""
    if (area is None) == (not files) or len(files) > 2:
        raise UsageError(
            "Name an area, or one file, or two.", "carestead link --area DIR, or carestead link A.csv B.csv --map ..."
        )
    with progress() as report:
        if area is not None:
            _area(area, report)
        else:
            _files(files, _map(column_map, map_file), out, review, report)


def _area(area: Path, report: Progress) -> None:
    opened = open_area(area)
    receipt = flow.link(opened, decisions=decisions.read(opened.path)["link"], progress=report)
    click.echo(f"{receipt.rows:,} records are linked. Next: carestead run --area {area}")


def _files(
    files: tuple[Path, ...], column_map: dict[str, Any], out: Path | None, review: Path | None, report: Progress
) -> None:
    right = files[1] if len(files) == 2 else None
    found = link_files(
        connect(), files[0], right, column_map, on_progress=lambda done, of, what: report("Linking", done, of)
    )
    if out:
        _write(found.pairs, out)
    if review:
        _write(found.reviews, review)
    click.echo(_summary(found, out))


def _summary(found: FileLinks, out: Path | None) -> str:
    read = " and ".join(f"{n:,}" for n in found.read)
    said = [f"{read} records read: {found.pairs.num_rows:,} pairs linked, {found.reviews.num_rows:,} to look at."]
    said += [f"  {f.severity}: {f.what}" for f in found.findings]
    if not out:
        said.append("  To keep the pairs: --out pairs.csv")
    return "\n".join(said)


def _map(pairs: tuple[str, ...], file: Path | None) -> dict[str, Any]:
    import yaml

    said: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) if file else {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals:
            raise UsageError(f"--map {pair} has no column.", f"Type it as --map {pair}=COLUMN")
        said[field] = column.split(",") if "," in column else column
    return said


def _write(rows: Any, out: Path) -> None:
    if out.suffix == ".parquet":
        import pyarrow.parquet as pq

        pq.write_table(rows, out)
    elif out.suffix == ".json":
        out.write_text(json.dumps(rows.to_pylist(), indent=1, default=str) + "\n", encoding="utf-8")
    else:
        import pyarrow.csv as pacsv

        pacsv.write_csv(rows, out)
