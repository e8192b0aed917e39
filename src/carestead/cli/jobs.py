"""`carestead jobs`: what waits to be done, and what was given up."""

from pathlib import Path

import click

from carestead.cli import options


@click.command()
@options.area
@click.option("--again", type=int, default=None, metavar="ID", help="Have a job that was given up done again.")
def command(area: Path, again: int | None) -> None:
    """Show what waits to be done and what was given up, with what went wrong."""
    by = options.open_store(area)
    from carestead.store.jobs.models import Job
    from carestead.store.jobs.operating import do_again

    if again is not None:
        click.echo(f"Job {again} ({do_again(job_id=again, by=by).fn}) is done again when a worker runs.")
        return
    found = Job.objects.exclude(state="done").order_by("state", "run_after")[:100]
    for job in found:
        due = f"due {job.run_after:%Y-%m-%d %H:%M:%S} UTC"
        said = f"{job.pk:>8}  {job.get_state_display():<9} {job.fn:<24} {due}, {job.attempts} attempts"
        click.echo(f"{said}  {job.error}".rstrip())
    if not found:
        click.echo("Nothing waits, and nothing was given up.")
