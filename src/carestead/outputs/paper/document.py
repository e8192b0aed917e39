"""A document as data: its blocks in reading order. How it looks is the business of `document.typ` alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (a part of the document) or 2 (within a part)."""

    text: str
    level: int = 1
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `strong` for what must not be missed."""

    text: str
    strong: bool = False
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short sentences."""

    items: Sequence[str]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one a line."""

    pairs: Sequence[tuple[str, str]]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `columns` are its headings, each of `rows` has as many cells; `widths` are shares of the line."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    kind: str = field(default="grid", init=False)


Block = Heading | Text | Bullets | Facts | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `sender` and `address` are lines of a letter's head, `address` where a window envelope shows it;
    `landscape` for wide tables; `footer` stands on every page beside its number."""

    title: str
    blocks: Sequence[Block]
    sender: Sequence[str] = ()
    address: Sequence[str] = ()
    footer: str = ""
    landscape: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The document as plain data, for the drawing."""
        return asdict(self)


def long_date(day: date) -> str:
    """`2 March 2026`, as letters have it."""
    return f"{day.day} {day:%B %Y}"
