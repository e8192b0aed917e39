"""The scores of hospital diagnoses: groups of ICD-10 codes with points, counted once each.

All are one shape, so one SELECT answers them all: a score is a file in reference/scores with `icd10:`, the map of codes
to groups (a file in reference/icd10), and `points:`. How a record is read is the caller's choice, with defaults in
reference/find/diagnoses.yaml.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.find.bands import HIGHEST, band_table
from carestead.reference import load, names, shared

TENTHS = 10
"""Points are whole tenths until the last division, so that 7.1 + 4.0 is 11.1 and exactly 5 is exactly 5."""

MOST_GROUPS = 126
"""A bit each of a signed 128-bit integer."""

CHOICES = ("lookback_years", "primary", "hierarchy", "with_age")
"""What the caller chooses: how many years up to the date; whether main diagnoses count; whether of two grades of one
condition only the severer counts; whether points for age are added (for scores that publish them)."""

Choices = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DiagnosisScore:
    """A score of diagnoses: `facts` of its file with the choices made, `map` the name of its map of codes."""

    name: str
    map: str
    facts: Mapping[str, Any]

    @property
    def reading(self) -> tuple[str, int, bool]:
        """The map, the years looked back on, and whether main diagnoses count."""
        return self.map, self.facts["lookback_years"], self.facts["primary"]

    def severer(self) -> dict[str, str]:
        """Groups that are not counted in somebody who has the other; none without hierarchy."""
        return dict(_map(self.map).get("severer", {})) if self.facts["hierarchy"] else {}


Scores = tuple[DiagnosisScore, ...]


def diagnosis_scores(choices: Choices | None = None) -> tuple[DiagnosisScore, ...]:
    """Every score of diagnoses, by name; `choices` maps names of scores to the CHOICES made for them.

    Raises TypeError for a score or a choice that there is not, and for a score without points for some group.
    """
    choices = choices or {}
    found = {n: load("scores", n) for n in names("scores")}
    found = {n: facts for n, facts in found.items() if "icd10" in facts}
    if unknown := set(choices) - set(found):
        raise TypeError(f"There is no score of diagnoses {', '.join(sorted(unknown))}; there are {', '.join(found)}.")
    return tuple(_score(n, facts, choices.get(n, {})) for n, facts in found.items())


def label(score: str, item: str) -> str:
    """What a group of a score of diagnoses is called; a code stands for itself."""
    group = _map(_map_name(score, shared("scores", score)))["groups"].get(item, {})
    return str(group.get("label", item))


def prefix_table() -> ReferenceTable:
    """Table `icd10_prefix`: which prefix of three or four characters says which group (`item`) of which map."""
    rows = {
        (prefix, name, item, place)
        for name in {s.map for s in diagnosis_scores()}
        for place, (item, group) in enumerate(_map(name)["groups"].items())
        for prefix in expanded(group["codes"])
    }
    columns = {"prefix": "VARCHAR", "map": "VARCHAR", "item": "VARCHAR", "place": "TINYINT"}
    return ReferenceTable("icd10_prefix", columns, tuple(sorted(rows)))


def look_table(scores: Scores) -> ReferenceTable:
    """Table `icd10_look`: the ways in which records are read, each a map, years, and main diagnoses in or out."""
    columns = {"look": "TINYINT", "map": "VARCHAR", "years": "INTEGER", "is_primary_in": "BOOLEAN"}
    return ReferenceTable("icd10_look", columns, tuple((n, *reading) for n, reading in enumerate(_readings(scores))))


def weight_table(scores: Scores) -> ReferenceTable:
    """Table `icd10_weight`: what the group at a place adds to a score, in tenths, unless the person has the group at
    the place `severer`. Groups without points are left out."""
    columns = {
        "look": "TINYINT",
        "place": "TINYINT",
        "score": "VARCHAR",
        "severer": "TINYINT",
        "tenths": "INTEGER",
    }
    return ReferenceTable("icd10_weight", columns, tuple(row for s in scores for row in _weights(s, scores)))


def age_table(scores: Scores) -> ReferenceTable:
    """Table `icd10_age`: the points for age, in tenths, of scores that are to have them."""
    rows = tuple(row for s in scores if s.facts["with_age"] for row in _ages(s.name, s.facts["age_points"]))
    columns = {"score": "VARCHAR", "youngest": "INTEGER", "oldest": "INTEGER", "tenths": "INTEGER"}
    return ReferenceTable("icd10_age", columns, rows)


def floor_table(scores: Scores) -> ReferenceTable:
    """Table `icd10_floor`: the least, in tenths, that a score can be; scores without a row may be anything."""
    rows = tuple((s.name, tenths(s.facts["floor"])) for s in scores if "floor" in s.facts)
    return ReferenceTable("icd10_floor", {"score": "VARCHAR", "least": "INTEGER"}, rows)


def bands_table(scores: Scores) -> ReferenceTable:
    """Table `icd10_band`: the bands of every score that has some, in tenths."""
    bands = {s.name: band_table(s.name, s.facts.get("bands", ()), scale=TENTHS) for s in scores}
    columns = {"score": "VARCHAR", "band": "VARCHAR", "lowest": "INTEGER", "highest": "INTEGER"}
    return ReferenceTable("icd10_band", columns, tuple((n, *row) for n, b in bands.items() for row in b.rows))


def expanded(codes: list[str]) -> Iterator[str]:
    """Each code of a list in which `I60-I69` stands for all from the first to the last. Raises TypeError."""
    for text in codes:
        parts = re.fullmatch(r"([A-Z])(\d{2,3})(?:-\1(\d{2,3}))?", text)
        if not parts or len(parts[3] or parts[2]) != len(parts[2]):
            raise TypeError(f"{text} is not an ICD-10 code of three or four characters, or two such as I60-I69.")
        letter, first, last = parts[1], parts[2], parts[3] or parts[2]
        yield from (f"{letter}{n:0{len(first)}}" for n in range(int(first), int(last) + 1))


def tenths(points: float) -> int:
    """Points in whole tenths."""
    return round(points * TENTHS)


def _score(name: str, facts: dict[str, Any], chosen: Mapping[str, Any]) -> DiagnosisScore:
    if unknown := set(chosen) - set(CHOICES):
        raise TypeError(f"{name} has no choice {', '.join(sorted(unknown))}; there are {', '.join(CHOICES)}.")
    defaults = {k: v for k, v in load("find", "diagnoses").items() if k in CHOICES}
    score = DiagnosisScore(name, _map_name(name, facts), {**defaults, **facts, **chosen})
    if score.facts["with_age"] and "age_points" not in facts:
        raise TypeError(f"{name} publishes no points for age: choose with_age false.")
    if len(facts["points"]) > MOST_GROUPS:
        raise TypeError(f"{name} has {len(facts['points'])} groups; at most {MOST_GROUPS} can be told apart.")
    if wrong := set(facts["points"]) ^ set(_map(score.map)["groups"]):
        raise TypeError(f"{name}: {', '.join(sorted(wrong))} must be both in its points and in map {score.map}.")
    return score


def _map_name(score: str, facts: Mapping[str, Any]) -> str:
    """`icd10: NAME` names a map; `icd10: {each_of: points}` makes each code with points a group of its own."""
    return score if isinstance(facts["icd10"], dict) else str(facts["icd10"])


@cache
def _map(name: str) -> dict[str, Any]:
    if name in names("icd10"):
        return load("icd10", name)
    facts = load("scores", name)
    return {"groups": {code: {"codes": [code]} for code in facts[facts["icd10"]["each_of"]]}}


def _readings(scores: Scores) -> list[tuple[str, int, bool]]:
    return sorted({s.reading for s in scores})


def _weights(score: DiagnosisScore, scores: Scores) -> Iterator[tuple[Any, ...]]:
    look, severer = _readings(scores).index(score.reading), score.severer()
    places = {item: place for place, item in enumerate(_map(score.map)["groups"])}
    for item, place in places.items():
        if points := tenths(score.facts["points"][item]):
            yield look, place, score.name, places.get(severer.get(item, "")), points


def _ages(score: str, rule: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    for n in range(1, rule["most"] + 1):
        youngest = rule["from_age"] + (n - 1) * rule["every_years"]
        yield score, youngest, HIGHEST if n == rule["most"] else youngest + rule["every_years"] - 1, tenths(n)
