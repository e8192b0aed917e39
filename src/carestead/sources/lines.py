"""Lines of a file of any size, gzipped or not, in bounded memory."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of the longest line read as a record."""

_HEAD = 64 * 1024
_BLOCK = 1024 * 1024
_BLANK = re.compile(rb"\n[ \t\r\v\f]*\n")


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


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces of about a megabyte that each hold whole lines. For files whose lines are known to be short
    enough to be read as records."""
    while block := file.read(_BLOCK):
        yield block if block.endswith(b"\n") else block + file.readline(2 * LINE_LIMIT)


def has_blank(block: bytes) -> bool:
    """True when one of these whole lines is blank."""
    return _BLANK.search(block) is not None or not block[: block.find(b"\n") + 1 or None].strip()


def numbered(path: Path, ordinals: list[int]) -> Iterator[Line]:
    """The lines of `path` at the given 1-based places among its lines that are not blank (ascending), for a file
    that the engine has read. Blocks that hold none of them are only counted."""
    before, offset, left = 0, 0, ordinals
    with open_bytes(path) as file:
        for block in blocks(file) if left else ():
            whole = _full(block) if has_blank(block) else None
            count = block.count(b"\n") + (not block.endswith(b"\n")) if whole is None else len(whole)
            here = [n for n in left if n <= before + count]
            if here:
                whole = _full(block) if whole is None else whole
                yield from (Line(n, offset + whole[n - before - 1][0], whole[n - before - 1][1]) for n in here)
                left = left[len(here) :]
            if not left:
                return
            before, offset = before + count, offset + len(block)


def _full(block: bytes) -> list[tuple[int, bytes]]:
    """(where it starts, its bytes) of each line that is not blank."""
    found, start = [], 0
    for line in block.split(b"\n"):
        if line.strip():
            found.append((start, line.rstrip(b"\r")))
        start += len(line) + 1
    return found
