"""The command `carestead`: a verb a file, found by its folder."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import click

from carestead import __version__
from carestead.core.finding import CaresteadError, StorageError

_NOT_VERBS = {"progress", "options"}


class _Verbs(click.Group):
    """Loads only the verb that is typed, so that `--help` of one need not import the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name for m in iter_modules(__path__) if m.name not in _NOT_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        return import_module(f"{__name__}.{cmd_name}").command  # type: ignore[no-any-return]


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="carestead")
def group() -> None:
    """Records in, a working list out: one shared record, who has complex needs, who looks after whom."""


def main(arguments: list[str] | None = None) -> None:
    """Run a verb. Exits with the code documented in docs/cli.md; a refusal is two lines, never a traceback."""
    try:
        group.main(args=arguments, standalone_mode=False)
    except CaresteadError as refusal:
        _refuse(refusal)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was finished is kept; type the command again to go on.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except PermissionError as error:
        _refuse(StorageError(f"{error.filename} may not be read or written.", "Check who owns it, or choose another."))
    except OSError as error:
        if error.errno != 28:
            raise
        _refuse(StorageError("The disk is full.", "Free some space, then type the command again; nothing is lost."))


def _refuse(refusal: CaresteadError) -> None:
    click.echo(f"carestead: {refusal.what}", err=True)
    if refusal.do:
        click.echo(f"  {refusal.do}", err=True)
    sys.exit(refusal.exit_code)
