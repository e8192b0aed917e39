"""The slow path: records one by one. Good ones are written again by type, bad ones are refused with the reason."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from carestead.sources.deliveries import Batch
from carestead.sources.fhir.schema import TYPES, columns, misfit
from carestead.sources.lines import Line, read_lines

DEPTH_LIMIT = 100
"""Levels of nesting beyond which a record is refused (the engine's JSON reader stops at 128)."""

_TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]{1,64})"')
_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')
_STU3 = re.compile(rb"/(?:STU3|DSTU2|dstu2|stu3)/")


@dataclass
class Sorted:
    """Resources written again as NDJSON, one file a type; `paths` are loaded by the fast path."""

    folder: Path
    prefix: str
    paths: dict[str, Path] = field(default_factory=dict)
    _open: dict[str, IO[bytes]] = field(default_factory=dict)

    def write(self, kind: str, file: int, row: int, resource: bytes) -> None:
        """Write one resource (the bytes of an object) with its place in front."""
        if kind not in self._open:
            self.paths[kind] = self.folder / f"{self.prefix}.{kind}.ndjson"
            self._open[kind] = self.paths[kind].open("wb")
        self._open[kind].write(place_in_front(file, row, resource))

    def close(self) -> None:
        """Finish the files."""
        for file in self._open.values():
            file.close()
        self._open.clear()


def place_in_front(file: int, row: int, resource: bytes) -> bytes:
    """An object's bytes with the two elements that say where it stood, as one line."""
    rest = resource.strip()[1:].lstrip()
    comma = b"" if rest.startswith(b"}") else b","
    return b'{"carestead_file":%d,"carestead_row":%d%s%s\n' % (file, row, comma, rest)


def without_place(line: bytes) -> bytes:
    """The inverse of `place_in_front`."""
    return re.sub(rb'^\{"carestead_file":\d+,"carestead_row":\d+,?', b"{", line)


def type_told(text: bytes, otherwise: str = "unknown") -> str:
    """The resource type a record claims, even when it cannot be parsed."""
    found = _TYPE.search(text[:40_000])
    return found[1].decode() if found else otherwise


def too_deep(text: bytes) -> bool:
    """True when brackets nest deeper than the limit. Strings are skipped."""
    if text.count(b"{") + text.count(b"[") <= DEPTH_LIMIT:
        return False
    depth = 0
    for token in _NESTING.finditer(text):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
        if depth > DEPTH_LIMIT:
            return True
    return False


def parse(text: bytes) -> tuple[Any, str, str]:
    """(value, reason, detail) of a record's bytes; the reason is empty when it can be read. Nesting that this reader
    takes and the engine's does not is found when the engine refuses the record."""
    try:
        return orjson.loads(text), "", ""
    except orjson.JSONDecodeError as error:
        return None, _json_reason(text, error), f"({error})"


def _json_reason(text: bytes, error: orjson.JSONDecodeError) -> str:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding.not-utf8"
    if too_deep(text):
        return "json.too-deep"
    return "json.truncated" if "unexpected end of data" in str(error) else "json.invalid"


def judge(value: Any, *, closely: bool = True) -> tuple[str, str, str]:
    """(type, reason, detail) of a parsed record; the reason is empty when it may be loaded or ignored. Types of values
    are only looked at `closely`; the engine finds them too, but cannot say which line."""
    if not isinstance(value, dict):
        return "unknown", "json.not-an-object", ""
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind:
        return "unknown", "resource.no-type", ""
    wrong = misfit(value, columns(kind)) if closely and kind in TYPES else None
    return kind, "type.wrong" if wrong else "", f"Element: {wrong}." if wrong else ""


def is_stu3(text: bytes) -> bool:
    """True when a resource's profile says STU3 or DSTU2."""
    return _STU3.search(text[:4000]) is not None


def sift(path: Path, file: int | None, kind: str, batch: Batch, out: Sorted) -> None:
    """Sort the lines of an NDJSON file. `file` is its number; None when each line carries its own place. `kind` is
    what the file's name says, for lines that do not say it themselves."""
    for line in read_lines(path):
        number, row, text = _placed(file, line)
        sift_line(Line(row, line.offset, text, line.too_long, line.damaged), number, kind, batch, out)


def _placed(file: int | None, line: Line) -> tuple[int, int, bytes]:
    if file is not None:
        return file, line.number, line.text
    place = re.match(rb'\{"carestead_file":(\d+),"carestead_row":(\d+)', line.text)
    if place is None:
        raise ValueError("A line of a file we wrote must say where it stood.")
    return int(place[1]), int(place[2]), without_place(line.text)


def sift_line(line: Line, file: int, kind: str, batch: Batch, out: Sorted) -> None:
    """Sort one line of file number `file`."""
    text = line.text.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.text
    early = "gzip.truncated" if line.damaged else "line.too-long" if line.too_long else ""
    value, reason, detail = (None, early, "") if early else parse(text)
    told = type_told(text, kind)
    if not reason:
        found, reason, detail = judge(value)
        told = found if found != "unknown" else told
    if reason:
        batch.refuse(file, line.number, told, reason, text, line.offset, detail)
    elif told not in TYPES:
        batch.tally.add(file, told, "ignored")
    else:
        out.write(told, file, line.number, text)
