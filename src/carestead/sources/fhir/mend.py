"""A file of which a few lines are no JSON: those lines found by the engine, and the rest made readable for it."""

from pathlib import Path

from carestead.sources.driver import Connection, is_engine_error
from carestead.sources.lines import Line, blocks, has_blank, numbered, open_bytes
from carestead.sources.storage import refusal

MOST = 1000
"""Broken lines up to which a file is mended; one with more is sorted line by line."""


def is_malformed(error: BaseException) -> bool:
    """True when the engine refused the text as JSON, false when a value was of another type than it should be."""
    return "Malformed JSON" in str(error)


def broken_lines(con: Connection, source: str, path: Path) -> list[Line]:
    """The lines the engine cannot parse; none when there are too many, or when it cannot tell. `source` is the file as
    the engine's objects."""
    try:
        con.execute(f"create or replace temp table parsed as select json is null as broken from {source}")
        found = con.execute(f"select rowid + 1 from parsed where broken order by 1 limit {MOST + 1}").fetchall()
        con.execute("drop table parsed")
    except Exception as error:
        if not is_engine_error(error) or refusal(error, path):
            raise
        return []
    return list(numbered(path, [n for (n,) in found])) if len(found) <= MOST else []


def without(path: Path, lines: list[Line], to: Path) -> bool:
    """Copy `path`, unpacked, with an empty object in place of each of the lines, so that all keep their numbers. False
    when they would not: blank lines are no records, but are counted."""
    left, offset = list(reversed(lines)), 0
    with open_bytes(path) as source, to.open("wb") as target:
        for block in blocks(source):
            if has_blank(block):
                return False
            start = offset
            offset += len(block)
            done = start
            while left and left[-1].offset < offset:
                line = left.pop()
                target.write(block[done - start : line.offset - start] + b"{}")
                done = line.offset + len(line.text)
            target.write(block[done - start :])
    return True
