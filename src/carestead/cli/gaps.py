"""`carestead gaps`: is everything so that must always be so?"""

import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from carestead import gaps
from carestead.care.gaps import invariants
from carestead.cli import options
from carestead.cli.progress import progress
from carestead.core.area import open_area
from carestead.core.calendar import LONDON


class Moment(click.ParamType):
    """An instant as YYYY-MM-DDTHH:MM on the clock in London, or with a zone of its own."""

    name = "instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            said = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is not an instant; type it as 2026-05-03T02:10.", param, ctx)
        return said if said.tzinfo else said.replace(tzinfo=LONDON)


@click.command()
@options.area
@click.option(
    "--at", type=Moment(), default=None, help="An instant of the past (R1 to R5 hold for it); it is not kept."
)
@click.option("--list", "listed", default=None, metavar="R1", help="Show what breaks this one.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows of that list.")
@click.option("--memory", type=float, default=4.0, show_default=True, help="Gigabytes the engine may use.")
def command(area: Path, at: datetime | None, listed: str | None, limit: int, memory: float) -> None:
    """Ask the 24 invariants of everything that was decided. Ends with 1 when anything is not as it must be."""
    opened = open_area(area)
    known = [i.id for i in invariants()]
    if listed and listed.upper() not in known:
        raise click.BadParameter(f"There is no {listed}; there are {known[0]} to {known[-1]}.", param_hint="--list")
    options.need_pages()
    from carestead import store

    store.configure(opened.path)
    store.migrate(opened.path)
    from carestead.store.care import gap_check

    with progress() as report, gap_check.checked(opened, at=at, memory_gb=memory, progress=report) as found:
        _print(found)
        if listed:
            _list(found, listed.upper(), limit)
        if at is None:
            gap_check.keep(opened, found)
    sys.exit(1 if found.now else 0)


def _print(found: gaps.Checked) -> None:
    grid = Grid(title=f"As of {found.at.astimezone(LONDON):%-d %B %Y, %H:%M}")
    for name in ("", "What must be so", "breaches now", "over", "seconds"):
        grid.add_column(
            name, overflow="fold", justify="right" if name in ("breaches now", "over", "seconds") else "left"
        )
    for invariant in invariants():
        n = found.count(invariant.id)
        grid.add_row(invariant.id, invariant.title, f"{n.now:,}", f"{n.over:,}", f"{n.seconds:.2f}")
    Console(width=120).print(grid)
    click.echo(f"Looked through {sum(found.looked_at.values()):,} rows; {found.now:,} breaches now.")


def _list(found: gaps.Checked, invariant: str, limit: int) -> None:
    for row in found.offenders(invariant, limit=limit):
        whose = "nobody in particular" if row["person_id"] is None else f"person {row['person_id']}"
        when = f" since {row['since']:%Y-%m-%d %H:%M} UTC" if row["since"] else ""
        over = f" until {row['until']:%Y-%m-%d %H:%M} UTC" if row["until"] else ""
        click.echo(f"{whose}, {row['subject_kind']} {row['subject_id']}{when}{over}: {row['words']}")
