"""`carestead watch`: take hospitals' messages out of a folder as they come."""

import time
from pathlib import Path

import click

from carestead.cli import options
from carestead.core.area import Area, open_area
from carestead.core.finding import UsageError


@click.command()
@options.area
@click.option("--folder", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="Holds a folder for each feed, named as the feed is.")  # fmt: skip
@click.option("--once", is_flag=True, help="Take what is there, then stop.")
@click.option("--every", default=10.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds between looks.")
def command(area: Path, folder: Path, once: bool, every: float) -> None:
    """Take messages that hospitals put into FOLDER/<feed>/ until stopped with Ctrl-C. Files go to done/ or refused/
    there, with a .txt that says what was doubtful or why."""
    opened = open_area(area)
    if not folder.is_dir():
        raise UsageError(
            f"There is no folder {folder}.", "Make it, with a folder in it for each feed (carestead feed)."
        )
    from carestead import store

    store.migrate(opened.path)
    published = ""
    while True:
        published = _look(opened, folder, published)
        if once:
            return
        time.sleep(every)


def _look(area: Area, folder: Path, published: str) -> str:
    """Take what waits; when other tables were published since, try the messages about unknown people again."""
    from django.db import close_old_connections
    from django.utils import timezone

    from carestead.api.known import finder, published_id
    from carestead.core.calendar import local_day
    from carestead.store.care.message_files import take_folder
    from carestead.store.care.stays import match_again

    close_old_connections()
    now = timezone.now()
    find, newest = finder(area, local_day(now)), published_id(area)
    for file in take_folder(folder=folder, find=find, at=now):
        click.echo(f"{file.path}: {file.taken} taken, {file.duplicates} came before, {file.refused} refused")
    if newest != published and (found := match_again(find=find, at=now)):
        click.echo(f"{found} messages that waited at the desk are about somebody registered since")
    return newest
