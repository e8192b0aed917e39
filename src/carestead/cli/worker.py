"""`carestead worker`: what is done later."""

from pathlib import Path

import click

from carestead import results
from carestead.cli import options


@click.command()
@options.area
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when the process that started this one is gone.")
def command(area: Path, with_parent: bool) -> None:
    """Do jobs until stopped: schedules, clocks, and telling others. `carestead serve` starts one beside the pages."""
    options.open_store(area)
    from carestead.store.care.groups import look_up
    from carestead.store.jobs.worker import Worker

    look_up(lambda: results.practice_groups(area))
    worker = Worker(tell=lambda words: click.echo(words, err=True))
    worker.run(with_parent=with_parent)
    click.echo(f"Stopped after {worker.done} jobs; what waits is done when a worker runs again.", err=True)
