"""How well scores tell within each group of people, small groups put together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from carestead.find.risk import measures
from carestead.find.risk.people import People


def subgroups(
    people: People, points: np.ndarray, chance: np.ndarray, *, cut: float, groups: Mapping[str, Any], below: int
) -> list[dict[str, Any]]:
    """A row a level of each group: people, admitted, measures. Levels with fewer than `below` people admitted, or not
    admitted, are put together with a neighbour, so that no row and no difference of rows is about few people. Where
    that leaves one row for everybody, it says `withheld`."""
    rows = []
    for name, facts in groups.items():
        level = levels(people, name, facts)
        kept = together(level, people.admitted, list(_in_order(level, facts)), below)
        for each in kept:
            row = {"group": facts["title"], "level": "; ".join(each), "withheld": len(kept) == 1 and len(each) > 1}
            inside = np.isin(level, each)
            measured = {} if row["withheld"] else _measured(people.admitted, points, chance, inside, cut)
            rows.append(row | measured)
    return rows


def together(level: np.ndarray, admitted: np.ndarray, order: Sequence[str], below: int) -> list[list[str]]:
    """The levels in `order`, the small ones joined to the smaller of their neighbours until none is small."""
    kept = [[name] for name in order]
    while len(kept) > 1 and (small := [n for n, each in enumerate(kept) if _size(level, admitted, each) < below]):
        at = small[0]
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(kept)]
        other = min(beside, key=lambda n: _size(level, admitted, kept[n]))
        first, second = sorted((at, other))
        kept[first : second + 1] = [kept[first] + kept[second]]
    return kept


def _size(level: np.ndarray, admitted: np.ndarray, names: Sequence[str]) -> int:
    """The fewer of people admitted and people not: either tells the other where the level's people are counted."""
    outcome = admitted[np.isin(level, names)]
    return min(int(outcome.sum()), int((~outcome).sum()))


def levels(people: People, name: str, facts: Mapping[str, Any]) -> np.ndarray:
    """The level of each person in group `name`, as text."""
    missing = facts["missing"]
    if "bands" in facts:
        return _banded(people.columns[name], facts["bands"], missing)
    if name in people.columns:
        named = facts["levels"]
        return np.array([missing if np.isnan(v) else named.get(int(v), missing) for v in people.columns[name]])
    values = {"ethnicity": people.ethnicity, "practice_code": people.practice}[name]
    named = facts["levels"]
    return np.array([(named.get(v, missing) if named else v) or missing for v in values])


def _banded(values: np.ndarray, bands: Mapping[int, str], missing: str) -> np.ndarray:
    starts, names = sorted(bands), [bands[b] for b in sorted(bands)]
    place = np.searchsorted(starts, np.nan_to_num(values, nan=starts[0]), side="right") - 1
    return np.where(np.isnan(values), missing, np.array(names)[np.maximum(place, 0)])


def _in_order(level: np.ndarray, facts: Mapping[str, Any]) -> Iterator[str]:
    """As the facts name them, then any others, those not known last."""
    present = set(level.tolist())
    named = [*(facts.get("bands") or facts.get("levels") or {}).values()]
    others = sorted(present - {*named, facts["missing"]})
    yield from (n for n in dict.fromkeys([*named, *others, facts["missing"]]) if n in present)


def _measured(
    admitted: np.ndarray, points: np.ndarray, chance: np.ndarray, inside: np.ndarray, cut: float
) -> dict[str, Any]:
    outcome = admitted[inside]
    calibration = measures.calibration(outcome, chance[inside])
    at = measures.above(outcome, points[inside], cut)
    found = {
        "auroc": measures.auroc(outcome, points[inside]), "slope": calibration.slope,
        "intercept": calibration.intercept, "brier": measures.brier(outcome, chance[inside]), "ppv": at.ppv,
        "sensitivity": at.sensitivity,
    }  # fmt: skip
    head = {
        "people": int(inside.sum()),
        "admitted": int(outcome.sum()),
        "expected": round(float(chance[inside].sum()), 1),
    }
    return head | {name: e.as_dict() for name, e in found.items()}
