"""Disclosure control: small numbers are withheld, and so is whatever would give them away."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
BELOW = 5
"""Counts below this are withheld, nought as well."""


def hidden(counts: Mapping[Key, int], below: int = BELOW) -> set[Key]:
    """Which of the counts, whose total is known, to withhold: the small ones, then the smallest of the others until
    at least two are withheld that together are not small; so that total less the rest tells nothing. When even all
    of them are not enough, all are withheld, and the total must be too (`total_is_safe`)."""
    order = sorted(counts, key=lambda k: (counts[k], str(k)))
    small = [k for k in order if counts[k] < below]
    for key in order[len(small) :]:
        if _covers([counts[k] for k in small], below):
            break
        small.append(key)
    return set(small)


def total_is_safe(counts: Mapping[Key, int], below: int = BELOW) -> bool:
    """True when the total may be shown beside the counts that `hidden` leaves."""
    return _covers([counts[k] for k in hidden(counts, below)], below)


def hidden_in_table(cells: Mapping[tuple[str, str], int], below: int = BELOW) -> set[tuple[str, str]]:
    """Which cells of a table with row and column totals to withhold: as `hidden`, in every row and every column."""
    gone = {cell for cell, n in cells.items() if n < below}
    while True:
        more = {c for line in _lines(cells) for c in _complement(cells, line, gone, below)}
        if not more:
            return gone
        gone |= more


def lumped(
    lines: Sequence[tuple[str, float, int]], below: int = BELOW, name: str = "Small numbers together"
) -> list[tuple[str, float, int]]:
    """Lines (what, quantity, pence) with the small ones, and what `hidden` hides with them, made one line at the end:
    a price would give a quantity away, and so the total still agrees to the penny."""
    gone = hidden({what: int(quantity) for what, quantity, _ in lines}, below)
    small = [line for line in lines if line[0] in gone]
    rest = [line for line in lines if line[0] not in gone]
    return [*rest, (name, sum(q for _, q, _ in small), sum(a for _, _, a in small))] if small else rest


def show(count: int, *, is_hidden: bool) -> str:
    """The count as people read it, or the mark of a withheld one."""
    return "*" if is_hidden else f"{count:,}"


def rounded(count: int, base: int = 5) -> int:
    """The count rounded to the nearest `base`, halves up, for tables where totals need not add up."""
    return base * ((2 * count + base) // (2 * base))


def _covers(withheld: list[int], below: int) -> bool:
    return not withheld or (len(withheld) > 1 and sum(withheld) >= below)


def _lines(cells: Mapping[tuple[str, str], int]) -> list[list[tuple[str, str]]]:
    names = [sorted({c[axis] for c in cells}) for axis in (0, 1)]
    return [[c for c in sorted(cells) if c[axis] == name] for axis in (0, 1) for name in names[axis]]


def _complement(
    cells: Mapping[tuple[str, str], int], line: list[tuple[str, str]], gone: set[tuple[str, str]], below: int
) -> set[tuple[str, str]]:
    withheld = [cells[c] for c in line if c in gone]
    left = sorted((c for c in line if c not in gone), key=lambda c: (cells[c], c))
    return set() if _covers(withheld, below) or not left else {left[0]}
