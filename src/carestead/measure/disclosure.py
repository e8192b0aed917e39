"""Disclosure control: small numbers are withheld, and so is whatever would give them away."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

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
    return hidden_in_lines(cells, _lines(cells), below)


def hidden_in_lines(cells: Mapping[Key, int], lines: Sequence[Sequence[Key]], below: int = BELOW) -> set[Key]:
    """Which cells to withhold where the sum of each of `lines` (cells, which may overlap) is to be shown: as `hidden`,
    in every line. A line whose sum still gives too much away (`line_is_safe`) must not be shown."""
    gone = {cell for cell, n in cells.items() if n < below}
    while more := {c for line in lines for c in _complement(cells, line, gone, below)}:
        gone |= more
    return gone


def line_is_safe(cells: Mapping[Key, int], line: Sequence[Key], gone: set[Key], below: int = BELOW) -> bool:
    """True when the sum of a line may be shown beside those of its cells that are not withheld."""
    return _covers([cells[c] for c in line if c in gone], below)


def told(small: Sequence[Key], sums: Sequence[Sequence[Key]]) -> set[Key]:
    """Which of the `small` cells follow, by subtraction however often, from the sums of the lines `sums`. A line holds
    withheld cells alone, since what is shown is known anyway."""
    cells = sorted({*small, *(c for line in sums for c in line)}, key=str)
    if not small or not sums:
        return set()
    known = np.array([[c in line for c in cells] for line in sums], dtype=float)
    rank = np.linalg.matrix_rank(known)
    units = {c: np.array([[other == c for other in cells]], dtype=float) for c in small}
    return {c for c, unit in units.items() if np.linalg.matrix_rank(np.vstack([known, unit])) == rank}


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


def _complement(cells: Mapping[Key, int], line: Sequence[Key], gone: set[Key], below: int) -> set[Key]:
    left = sorted((c for c in line if c not in gone), key=lambda c: (cells[c], str(c)))
    return set() if line_is_safe(cells, line, gone, below) or not left else {left[0]}
