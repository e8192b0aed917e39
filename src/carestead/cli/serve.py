"""`carestead serve`: the pages."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from carestead.cli import options
from carestead.core.area import open_area


@click.command()
@options.area
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--demo", is_flag=True, help="Sign in as made-up people; only for a synthetic area, only on loopback.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Start a worker beside the pages.")
def command(area: Path, host: str, port: int, demo: bool, worker: bool) -> None:
    """Serve the pages, and do what is done later, until stopped with Ctrl-C."""
    opened = open_area(area)
    options.need_pages()
    from carestead import web

    def announce(personas: Sequence[Any]) -> None:
        click.echo(f"\ncarestead is at http://{host}:{port}\n")
        for persona in personas:
            click.echo(f"  {persona.role:<24}{persona.name:<48}sign in as: {persona.username}")
        click.echo("\nStop with Ctrl-C.")
        sys.stdout.flush()

    web.serve(opened.path, host=host, port=port, demo=demo, announce=announce, worker=worker)
