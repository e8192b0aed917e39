"""`carestead init`: make an area."""

from pathlib import Path

import click

from carestead.cli import options
from carestead.core.area import create_area


@click.command()
@options.area
@click.option("--name", default="", help="What people call the neighbourhood.")
@click.option("--people", type=click.IntRange(1), default=250_000, show_default=True,
              help="About how many people: fixes the number of buckets.")  # fmt: skip
@click.option("--synthetic", is_flag=True, help="Everybody in it is made up: allows demonstration log-ins.")
def command(area: Path, name: str, people: int, synthetic: bool) -> None:
    """Make an area: the folder that holds a neighbourhood's deliveries, tables and decisions."""
    made = create_area(area, name=name or area.name, people=people, synthetic=synthetic)
    click.echo(f"{made.path} is ready ({made.buckets} buckets). Next: carestead ingest --area {area} PATH...")
