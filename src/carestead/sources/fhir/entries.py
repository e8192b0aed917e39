"""The entries of a Bundle too large, or too broken, to be parsed in one piece."""

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import IO

_CHUNK = 1024 * 1024
_START = re.compile(rb'"entry"\s*:\s*\[')
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|"|[\[\]{}]', re.DOTALL)
_ENTRY = re.compile(rb'\{\s*"(?:fullUrl|resource|search|request|link)"\s*:')
_FINAL = ("json.truncated", "gzip.truncated")
_KEEP = 64 * 1024

Element = tuple[int, bytes, str]


def elements(stream: IO[bytes], limit: int) -> Iterator[Element]:
    """Each element of the array `entry`: (byte offset, its bytes, reason it is refused or '').

    Elements over `limit` bytes are given by their beginning, with the reason; so is one cut off by the end.
    """
    scanner = _Scanner(stream, limit)
    if scanner.find_start():
        yield from scanner.elements()


def _nest(open_: bytearray, token: bytes) -> bool:
    """Follow the brackets; False when one closes what it did not open."""
    if token in (b"{", b"["):
        open_ += token
    elif token in (b"}", b"]"):
        return bool(open_) and open_.pop() == {b"}": 123, b"]": 91}[token]
    return True


class _Scanner:
    """Reads on in the stream; `buffer` starts at byte `offset` of it."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self.stream, self.limit = stream, limit
        self.buffer, self.offset = b"", 0
        self.damaged = False

    def more(self) -> bool:
        """Read another piece; False at the end, or where the file is damaged."""
        try:
            piece = self.stream.read(_CHUNK)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.damaged, piece = True, b""
        self.buffer += piece
        return bool(piece)

    def drop(self, n: int) -> None:
        """Forget the first `n` bytes of the buffer."""
        self.buffer, self.offset = self.buffer[n:], self.offset + n

    def find_start(self) -> bool:
        """Go to the first element; False when there is no array `entry`."""
        while not (found := _START.search(self.buffer)):
            self.drop(max(0, len(self.buffer) - 1024))
            if not self.more():
                return False
        self.drop(found.end())
        return True

    def elements(self) -> Iterator[Element]:
        """Elements up to the end of the array; after a broken one, on from the next that looks like an entry."""
        while self._to_next():
            if self.buffer[:1] != b"{":
                yield self.offset, self.buffer[:_KEEP], "json.invalid"
                return
            element = self.element()
            yield element
            if element[2] in _FINAL:
                return

    def _to_next(self) -> bool:
        """Go past commas and white space; False at the end of the array or of the file."""
        while True:
            self.drop(len(self.buffer) - len(self.buffer.lstrip(b" \t\r\n,")))
            if self.buffer:
                return self.buffer[:1] != b"]"
            if not self.more():
                return False

    def element(self) -> Element:
        """The element that starts where the buffer does."""
        start, kept, at = self.offset, b"", 0
        open_ = bytearray()
        while True:
            for token in _TOKEN.finditer(self.buffer, at):
                if token[0] == b'"':
                    break
                at = token.end()
                if not _nest(open_, token[0]):
                    return self._cut_off(start, kept)
                if not open_:
                    return self._finish(start, kept, at)
            kept, at = self._make_room(start, kept, at)
            if not self.more():
                return self._cut_off(start, kept)

    def _finish(self, start: int, kept: bytes, at: int) -> Element:
        too_long = self.offset + at - start > self.limit
        text = kept + self.buffer[:at]
        self.drop(at)
        return start, text[:_KEEP] if too_long else text, "line.too-long" if too_long else ""

    def _make_room(self, start: int, kept: bytes, at: int) -> tuple[bytes, int]:
        """Past the limit keep only the beginning of the element, and whether a string is open, so that memory stays
        bounded."""
        if self.offset + len(self.buffer) - start <= self.limit:
            return kept, at
        open_string = self.buffer.find(b'"', at) >= 0
        odd = (len(self.buffer) - len(self.buffer.rstrip(b"\\"))) % 2
        inside = (b'"' + b"\\" * odd) if open_string else b""
        kept = (kept + self.buffer)[:_KEEP] if len(kept) < _KEEP else kept
        self.offset += len(self.buffer) - len(inside)
        self.buffer = inside
        return kept, 0

    def _cut_off(self, start: int, kept: bytes) -> Element:
        """The element that never ends: refused up to where another entry seems to begin, else to the end."""
        following = None if kept or self.damaged else _ENTRY.search(self.buffer, 1)
        if following:
            text = self.buffer[: following.start()]
            self.drop(following.start())
            return start, text[:_KEEP], "json.invalid"
        return start, (kept + self.buffer)[:_KEEP], "gzip.truncated" if self.damaged else "json.truncated"
