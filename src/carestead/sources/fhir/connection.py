"""How the engine is asked: connections for threads, files in their order, and text in SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carestead.sources.driver import Connection
from carestead.sources.lines import LINE_LIMIT, is_gzip


def literal(text: str) -> str:
    """A text as an SQL literal. The only place where text from outside is written into SQL."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def in_order(con: Connection) -> Iterator[None]:
    """Each read by one thread of the engine. With more it parts a file's rows even where order is to be preserved
    (DuckDB 2.0), and a row's place in the table would not be its line's number."""
    ((threads,),) = con.execute("select current_setting('threads')").fetchall()
    con.execute("set preserve_insertion_order = true")
    con.execute("set threads = 1")
    try:
        yield
    finally:
        con.execute(f"set threads = {threads}")
        con.execute("set preserve_insertion_order = false")


def cursor(con: Connection) -> Connection:
    """Another connection to the same staging tables, for a thread of its own."""
    made = con.cursor()
    made.execute("set python_enable_replacements = false")
    return made


def objects(path: Path) -> str:
    """An NDJSON file as a relation with one column `json`, NULL where a line is no JSON."""
    packed = "gzip" if is_gzip(path) else "none"
    return (
        f"read_ndjson_objects({literal(no_glob(path))}, ignore_errors=true, maximum_object_size={LINE_LIMIT}, "
        f"compression='{packed}')"
    )


def no_glob(path: Path) -> str:
    """The path with the characters that would be read as a pattern put in brackets."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))
