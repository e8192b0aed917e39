"""Bands of a score as a small table of whole numbers, so that no boundary is ever a matter of rounding."""

from collections.abc import Mapping, Sequence
from typing import Any

from carestead.core.step import ReferenceTable

HIGHEST = 2**31 - 1


def band_table(name: str, bands: Sequence[dict[str, Any]], *, scale: int = 1) -> ReferenceTable:
    """Table `name` with columns band, lowest, highest (both included), in units of 1/`scale` of the score's unit.

    A band ends `below` or `up_to` a number, and the next begins there; the last has no end.
    """
    rows, lowest = [], 0
    for band in bands:
        highest = _highest(band, scale)
        rows.append((band["name"], lowest, highest))
        lowest = highest + 1
    return ReferenceTable(name, {"band": "VARCHAR", "lowest": "INTEGER", "highest": "INTEGER"}, tuple(rows))


def point_table(name: str, parts: Mapping[str, Sequence[dict[str, Any]]]) -> ReferenceTable:
    """Table `name` with columns part, lowest, highest (both included), points: what a count is worth in each part.

    The steps of a part are bands whose `name` is left out and which have `points`.
    """
    rows = []
    for part, steps in parts.items():
        ends = band_table(part, [{**step, "name": step["points"]} for step in steps]).rows
        rows += [(part, lowest, highest, points) for points, lowest, highest in ends]
    columns = {"part": "VARCHAR", "lowest": "INTEGER", "highest": "INTEGER", "points": "INTEGER"}
    return ReferenceTable(name, columns, tuple(rows))


def _highest(band: dict[str, Any], scale: int) -> int:
    if "below" in band:
        return round(band["below"] * scale) - 1
    return round(band["up_to"] * scale) if "up_to" in band else HIGHEST
