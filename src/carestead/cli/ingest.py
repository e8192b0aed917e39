"""`carestead ingest`: take in what suppliers sent."""

import json
from datetime import date
from pathlib import Path

import click

from carestead import sources
from carestead.cli import options
from carestead.cli.progress import progress
from carestead.core.area import open_area
from carestead.engines.duckdb import connect


@click.command()
@options.area
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default=None, help="The source's name, when its folder's name or source.yaml is not it.")
@click.option("--delivered-on", type=options.Day(), default=None, help="The day it was sent; today when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(area: Path, paths: tuple[Path, ...], source: str | None, delivered_on: date | None, as_json: bool) -> None:
    """Take in PATHs: FHIR R4 folders or Bundles, table extracts. Prints read = loaded + ignored + quarantined."""
    opened = open_area(area)
    day = delivered_on or options.today()
    with progress() as report:
        made = sources.ingest(
            lambda: connect(opened.scratch, memory="3GB"), opened.path, list(paths), delivered_on=day, source=source,
            progress=report,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps(made.as_dict(), indent=1))
    else:
        click.echo("\n".join(made.lines()))
