"""`carestead crash`: kill it, and count what was lost."""

import json
import sys
from pathlib import Path

import click

from carestead.cli import options


@click.command()
@options.area
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build/crash"), show_default=True)
@click.option("--kills", type=click.IntRange(1), default=100, show_default=True)
@click.option("--clients", type=click.IntRange(1), default=4, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(area: Path, out: Path, kills: int, clients: int, seed: int, as_json: bool) -> None:
    """Kill pages and worker with SIGKILL again and again while clients write to a copy of an area of made-up people,
    then count what was lost, stuck or broken: exits with 1 when anything was. CARESTEAD_DB may name an empty PostgreSQL
    database."""
    options.need_pages()
    from carestead.bench import crash

    report = crash.run(area, out, kills=kills, clients=clients, seed=seed, tell=lambda w: click.echo(w, err=True))
    figures = dict(report.lines())
    if as_json:
        click.echo(json.dumps(figures | {"odd": report.odd}, indent=1))
    else:
        for name, figure in figures.items():
            click.echo(f"{name:<60}{figure}")
        for words in report.odd[:10]:
            click.echo(f"  {words}", err=True)
    sys.exit(0 if report.sound else 1)
