"""Options that several verbs share."""

import getpass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carestead.core.area import open_area
from carestead.core.finding import UsageError

if TYPE_CHECKING:
    from carestead.store.actor import Actor

area = click.option(
    "--area", type=click.Path(path_type=Path, file_okay=False), required=True, envvar="CARESTEAD_AREA",
    help="The area's folder (or set CARESTEAD_AREA).",
)  # fmt: skip


class Day(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            self.fail(f"{value} is not a day; type it as 2026-03-31.", param, ctx)


def need_pages() -> None:
    """Raises UsageError when what the pages and the store rest on is not installed."""
    try:
        import django  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed.", "Type: pip install 'carestead[web]'") from error


def open_store(area: Path) -> "Actor":
    """Set up and bring up to date the store of an area; gives who acts: whoever types, as the one who runs it."""
    opened = open_area(area)
    need_pages()
    from carestead import store

    store.migrate(opened.path)
    from carestead.store.actor import Actor, Role

    name = getpass.getuser()
    return Actor(name, f"{name} at the command line", Role.SYSTEM)


def today() -> date:
    """The clock, read only here, at the edge; everything below gets the day as an argument."""
    return date.today()  # noqa: DTZ011  the day where the user is
