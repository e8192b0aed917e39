"""Lines of a file of any size, gzipped or not, in bounded memory."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of the longest line read as a record."""

_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its 1-based number, where it starts (in the unpacked bytes), its bytes without the line end.

    `too_long` lines hold only their beginning; `damaged` marks the place from which a gzip cannot be unpacked.
    """

    number: int
    offset: int
    text: bytes
    too_long: bool = False
    damaged: bool = False


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked when it is a gzip file."""
    return gzip.open(path, "rb") if is_gzip(path) else path.open("rb")  # type: ignore[return-value]


def is_gzip(path: Path) -> bool:
    """True when the file starts as gzip files do, whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def read_lines(path: Path, limit: int = LINE_LIMIT) -> Iterator[Line]:
    """The lines that are not blank. A line over `limit` bytes is given by its beginning only."""
    number, offset = 0, 0
    with open_bytes(path) as file:
        while True:
            number += 1
            try:
                text = file.readline(limit + 1)
                length, too_long = len(text), len(text) > limit and not text.endswith(b"\n")
                length += _skip(file) if too_long else 0
            except (EOFError, zlib.error, gzip.BadGzipFile):
                yield Line(number, offset, b"", damaged=True)
                return
            if not text:
                return
            if text.strip():
                yield Line(number, offset, text[:_HEAD] if too_long else text.rstrip(b"\r\n"), too_long)
            offset += length


def _skip(file: IO[bytes]) -> int:
    """Read to the end of the line; the number of bytes read."""
    length = 0
    while part := file.readline(1024 * 1024):
        length += len(part)
        if part.endswith(b"\n"):
            break
    return length


def head(path: Path, size: int = _HEAD) -> bytes:
    """The first bytes of the file, unpacked; as many as can be had when it is damaged."""
    try:
        with open_bytes(path) as file:
            return file.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return b""
