"""`carestead feed`: the hospitals that send messages."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carestead.cli import options
from carestead.core.area import open_area

if TYPE_CHECKING:
    from carestead.store.actor import Actor


@click.group()
def command() -> None:
    """Let hospitals send messages, and see which are silent."""


@command.command("open")
@options.area
@click.argument("source")
@click.option("--name", required=True, help="The hospital's name, as pages show it.")
@click.option("--every", "minutes", required=True, type=click.IntRange(min=1), help="Minutes it may be silent.")
@click.option("--organisation", default="", help="Its organisation code.")
def open_(area: Path, source: str, name: str, minutes: int, organisation: str) -> None:
    """Open the feed SOURCE. Prints its token, once: POST /api/messages/ with 'Authorization: Bearer TOKEN'."""
    _store(area)
    from carestead.store.care.feeds import open_feed

    click.echo(open_feed(source=source, name=name, expected_every_minutes=minutes, organisation_code=organisation,
                         by=_me()))  # fmt: skip


@command.command("token")
@options.area
@click.argument("source")
def token(area: Path, source: str) -> None:
    """Print a new token of SOURCE. The old one opens nothing any more."""
    _store(area)
    from carestead.store.care.feeds import renew_token

    click.echo(renew_token(source=source, by=_me()))


@command.command("list")
@options.area
def list_(area: Path) -> None:
    """The feeds, and which of them are silent."""
    _store(area)
    from django.utils import timezone

    from carestead.store.care.at_desk import waits
    from carestead.store.care.feeds import feeds

    waiting = waits().by_source
    for said in feeds(timezone.now()):
        since = f"last heard {timezone.localtime(said.since):%d/%m/%Y %H:%M}" if said.since else "never heard"
        feed = said.feed
        words = f"{'SILENT, ' if said.silent else ''}{since}, expected every {feed.expected_every_minutes} minutes"
        if count := waiting.get(feed.source, 0):
            words += f", {count} {'message waits' if count == 1 else 'messages wait'} at the desk"
        click.echo(f"{feed.source:<20} {feed.name:<40} {words}")


def _store(area: Path) -> None:
    from carestead import store

    store.migrate(open_area(area).path)


def _me() -> "Actor":
    """Whoever types, by their account on this machine: they own the area's files."""
    from carestead.store.actor import Actor, Role

    user = getpass.getuser()
    return Actor(user, f"{user} (command line)", Role.LEAD)
