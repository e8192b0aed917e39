"""Where the storm takes place: a copy of an area of made-up people, and a store with nothing in it yet."""

import os
import shutil
from pathlib import Path

from carestead.core.area import open_area
from carestead.core.finding import UsageError


def prepare(area: Path, folder: Path) -> Path:
    """Copy the area, without its store, and make the store. Raises UsageError for real people, and for a store that
    holds anything: this writes nonsense, on purpose."""
    if not open_area(area).synthetic:
        raise UsageError("This writes nonsense about people, and these are real.", "Name an area of made-up people.")
    scratch = folder / "area"
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(area, scratch, ignore=shutil.ignore_patterns("store.sqlite3*", "secret.key", ".scratch", ".lock"))
    os.environ["CARESTEAD_HOOKS_ON_LOOPBACK"] = "1"
    from carestead import store

    store.configure(scratch, demo=True)
    store.migrate(scratch)
    _refuse_one_in_use()
    return scratch


def _refuse_one_in_use() -> None:
    from django.db import connections

    from carestead.store.accounts.models import User

    used = User.objects.exists()
    connections.close_all()
    if used:
        raise UsageError("The store that CARESTEAD_DB names is in use.", "Name an empty database of its own.")
