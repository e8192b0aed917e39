"""What people decide: models, actions, audit, access. One app a room that holds decisions."""

import os
from pathlib import Path


def configure(area: Path, *, host: str = "127.0.0.1", demo: bool = False) -> None:
    """Point Django at an area, once a process. Raises UsageError for a demo where a demo may not be, and for
    what the area's clocks.yaml, desk.yaml or escalation.yaml says and cannot be."""
    import django

    os.environ["CARESTEAD_AREA"] = str(area)
    os.environ["CARESTEAD_BIND"] = host
    os.environ["CARESTEAD_DEMO"] = "1" if demo else "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carestead.store.settings")
    django.setup()
    from carestead.store.clocks import clocks_of, desk_of, ladder_of

    # what a site writes and cannot be is refused at the start, not when somebody needs it
    clocks_of(area)
    desk_of(area)
    ladder_of(area)


def migrate(area: Path) -> None:
    """Make or bring up to date the area's store. Safe to repeat; prints nothing."""
    from django.apps import apps
    from django.core.management import call_command

    if not apps.ready:
        configure(area)
    call_command("migrate", verbosity=0, interactive=False)
