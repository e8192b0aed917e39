"""What the database raises when it cannot go on, in words for people. What was begun is undone by then.

It is told by the database's own codes, which do not change with its version or with the language it speaks.
"""

import sqlite3

from django.db.utils import Error, InterfaceError, OperationalError

from carestead.core.finding import StorageError

_FULL = "The disk that keeps decisions is full, or cannot be written."
_READ_ONLY = "The disk that keeps decisions may only be read."
_BUSY = "Too many people are writing at this moment."
_AWAY = "The database that keeps decisions cannot be reached."

_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _AWAY,
}
"""By primary result code (sqlite.org/rescode.html)."""

_POSTGRES = {
    "53100": _FULL,  # disk_full
    "58030": _FULL,  # io_error
    "25006": _READ_ONLY,  # read_only_sql_transaction
    "40001": _BUSY,  # serialization_failure
    "40P01": _BUSY,  # deadlock_detected
    "55P03": _BUSY,  # lock_not_available
    "53300": _BUSY,  # too_many_connections
    "57P01": _AWAY,  # admin_shutdown
    "57P02": _AWAY,  # crash_shutdown
    "57P03": _AWAY,  # cannot_connect_now
}
"""By SQLSTATE (appendix A of PostgreSQL's manual)."""


def in_words(error: Error) -> StorageError | None:
    """The refusal to show for what the database raised; None when it is a fault of ours, which is not talked away."""
    what = _of_sqlite(error) if isinstance(error.__cause__, sqlite3.Error) else _of_postgres(error)
    if what is None:
        return None
    return StorageError(
        f"{what} Nothing was changed.", "Try again in a minute; if it stays so, tell whoever runs carestead."
    )


def _of_sqlite(error: Error) -> str | None:
    extended = getattr(error.__cause__, "sqlite_errorcode", 0)
    return _SQLITE.get(extended & 0xFF)  # the lowest byte is the primary code


def _of_postgres(error: Error) -> str | None:
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:  # the driver itself lost, or never had, the connection
        return _AWAY if isinstance(error, OperationalError | InterfaceError) and error.__cause__ else None
    return _AWAY if state.startswith("08") else _POSTGRES.get(state)
