"""What the disk may refuse, said as a sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carestead.core.finding import StorageError
from carestead.sources.driver import is_engine_error

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL_WORDS = ("no space left", "disk quota", "file too large", "could not write all bytes", "max_temp_directory_size")
_DENIED_WORDS = ("permission denied", "read-only file system", "operation not permitted")


def full(where: Path) -> StorageError:
    """The refusal of a full disk."""
    return StorageError(
        f"The disk that holds {where} is full, or a file may not grow as large as it would have to.",
        "Free some space there and run the same command again: whole deliveries stay, nothing is half-written.",
    )


def denied(where: str | Path) -> StorageError:
    """The refusal of a folder that may not be written."""
    return StorageError(
        f"This account may not write in {where}.",
        "Give it write permission there, or name another area with --area; nothing was written.",
    )


@contextmanager
def storage_errors(where: Path) -> Iterator[None]:
    """Turn 'disk full' and 'not permitted', whoever says it, into a StorageError about `where`."""
    try:
        yield
    except OSError as error:
        raise refusal(error, where) or error from error
    except Exception as error:
        if not is_engine_error(error):
            raise
        raise refusal(error, where) or error from error


def refusal(error: Exception, where: Path) -> StorageError | None:
    """The StorageError that `error` stands for; None when it is about something else."""
    code = error.errno if isinstance(error, OSError) else None
    words = str(error).lower() if is_engine_error(error) else ""
    if code in _FULL or any(w in words for w in _FULL_WORDS):
        return full(where)
    if code in _DENIED or any(w in words for w in _DENIED_WORDS):
        return denied(getattr(error, "filename", None) or where)
    return None


def settle(folder: Path) -> None:
    """Make the files of `folder`, and their names, outlast a power cut."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
