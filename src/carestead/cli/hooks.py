"""`carestead hooks`: who is told of what happens."""

from pathlib import Path

import click

from carestead.cli import options


@click.group()
def command() -> None:
    """Other systems' addresses that are told of what happens, by id only."""


@command.command("list")
@options.area
def show(area: Path) -> None:
    """Each address, what it is told of, and how far it got."""
    options.open_store(area)
    from carestead.store.jobs.models import Subscription

    for s in Subscription.objects.order_by("pk"):
        stands = f"{'on' if s.active else 'switched off'}, took {s.delivered} of {s.seq}"
        click.echo(f"{s.pk:>4}  {s.endpoint}  {', '.join(s.kinds)}  {stands}  {s.error}".rstrip())


@command.command()
@options.area
@click.argument("endpoint")
@click.option("--kind", "kinds", multiple=True, default=["*"], show_default=True,
              help="What it is told of: promise.accepted, promise.* or *; may be repeated.")  # fmt: skip
def add(area: Path, endpoint: str, kinds: tuple[str, ...]) -> None:
    """Tell ENDPOINT (https) from now on; prints the secret that signs what is sent."""
    by = options.open_store(area)
    from carestead.store.jobs.outbox import subscribe

    made = subscribe(endpoint=endpoint, kinds=list(kinds), by=by)
    click.echo(f"Subscription {made.pk}. Its secret, shown this once: {made.secret}")


@command.command()
@options.area
@click.argument("number", type=int)
def resume(area: Path, number: int) -> None:
    """Switch subscription NUMBER on again; what it missed is sent first, in order."""
    by = options.open_store(area)
    from carestead.store.jobs import outbox

    outbox.resume(subscription_id=number, by=by)
    click.echo(f"Subscription {number} is told again from where it stopped.")
