"""The slow path of CSV: records one by one, repaired where only one repair is possible, else refused."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from carestead.sources.extract.mapping import FileMap
from carestead.sources.lines import Line, read_lines

RECORD_LINES = 200
"""Lines a quoted field may run over before its opening quotation mark is taken for the mistake."""


@dataclass(frozen=True)
class Header:
    """Names and delimiter of a CSV file's columns."""

    names: tuple[str, ...]
    delimiter: str


def read_header(path: Path) -> Header | None:
    """The first line of a CSV file; None when there is none, or it is not UTF-8."""
    line = next(read_lines(path), None)
    if line is None or line.too_long or line.damaged:
        return None
    try:
        text = line.text.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return None
    delimiter = max(",;\t|", key=text.count) if any(d in text for d in ",;\t|") else ","
    return Header(tuple(n.strip() for n in next(csv.reader([text], delimiter=delimiter))), delimiter)


def looks_regular(path: Path, header: Header) -> bool:
    """True when the first records have as many fields as the header. The engine drops an empty field after the last
    without a word; we want the word."""
    for line in islice(_records(path), 20):
        text = line.text.decode("utf-8", "replace")
        fields = next(csv.reader(text.splitlines(keepends=True), delimiter=header.delimiter), [])
        if len(fields) != len(header.names):
            return False
    return True


@dataclass(frozen=True)
class Record:
    """One record: where it is, its text, its fields, or the reason it is refused."""

    line: Line
    fields: list[str]
    reason: str = ""
    detail: str = ""


def records(path: Path, header: Header, map_: FileMap, repairs: Counter[str]) -> Iterator[Record]:
    """The records after the header. `repairs` counts, in words, what was mended."""
    for line in _records(path):
        yield _record(line, header, map_, repairs)


def _records(path: Path) -> Iterator[Line]:
    """Lines, joined while a quotation mark is open."""
    lines = read_lines(path)
    next(lines, None)
    pending: list[Line] = []
    for line in lines:
        if line.damaged or line.too_long:
            yield from pending
            pending = []
            yield line
            continue
        pending.append(line)
        if sum(p.text.count(b'"') for p in pending) % 2 == 0:
            yield _joined(pending)
            pending = []
        elif len(pending) >= RECORD_LINES:
            yield pending[0]
            again, pending = pending[1:], []
            for each in again:
                pending.append(each)
                if sum(p.text.count(b'"') for p in pending) % 2 == 0:
                    yield _joined(pending)
                    pending = []
    yield from pending


def _joined(lines: list[Line]) -> Line:
    return lines[0] if len(lines) == 1 else Line(lines[0].number, lines[0].offset, b"\n".join(x.text for x in lines))


def _record(line: Line, header: Header, map_: FileMap, repairs: Counter[str]) -> Record:
    if line.damaged or line.too_long:
        return Record(line, [], "gzip.truncated" if line.damaged else "line.too-long")
    if line.text.count(b'"') % 2:
        return Record(line, [], "csv.unclosed-quote")
    try:
        text = line.text.decode("utf-8")
        fields = next(csv.reader(text.splitlines(keepends=True), delimiter=header.delimiter, strict=True))
    except UnicodeDecodeError:
        return Record(line, [], "encoding.not-utf8")
    except (csv.Error, StopIteration) as error:
        return Record(line, [], "csv.unreadable", f"({error})")
    return _fitted(line, fields, header, map_, repairs)


def _fitted(line: Line, fields: list[str], header: Header, map_: FileMap, repairs: Counter[str]) -> Record:
    wanted = len(header.names)
    if len(fields) == wanted:
        return Record(line, fields)
    if len(fields) == wanted + 1 and fields[-1] == "":
        repairs["has an empty field after the last column, which was dropped"] += 1
        return Record(line, fields[:-1])
    if len(fields) == wanted - 1:
        places = _missing(fields, header, map_.shapes)
        distinct = {tuple(f) for _, f in places}
        if len(distinct) == 1:
            names = " or ".join(n for n, _ in places)
            repairs[f"lacks the column {names}, which was left empty"] += 1
            return Record(line, places[0][1])
        names = f" It cannot be told which column is missing: {', '.join(n for n, _ in places) or 'no place fits'}."
        return Record(line, [], "csv.fields", f"{len(fields)} fields under {wanted} headers.{names}")
    return Record(line, [], "csv.fields", f"{len(fields)} fields under {wanted} headers.")


def _missing(fields: list[str], header: Header, shapes: dict[str, str]) -> list[tuple[str, list[str]]]:
    """(column, fields with it empty) for each column whose absence would leave every other in its shape."""
    if not shapes:
        return []
    tries = ((n, [*fields[:i], "", *fields[i:]]) for i, n in enumerate(header.names))
    return [(n, f) for n, f in tries if _in_shape(f, n, header, shapes)]


def _in_shape(fields: list[str], absent: str, header: Header, shapes: dict[str, str]) -> bool:
    pairs = zip(header.names, fields, strict=True)
    return all(n == absent or n not in shapes or re.fullmatch(shapes[n], f) for n, f in pairs) and not (
        absent in shapes and re.fullmatch(shapes[absent], "") is None
    )
