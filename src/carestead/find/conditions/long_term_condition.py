"""The conditions of the Cambridge Multimorbidity Score, from codes, values and prescriptions together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.items import bit_table
from carestead.reference import load

FACTS: dict[str, Any] = load("scores", "cambridge")
_NOT = "not "


def way_table() -> ReferenceTable:
    """Table `condition_way`: a row a sign that a way wants, or rules out; `needed` is how many signs it wants."""
    rows = tuple(
        (condition, way, sign.removeprefix(_NOT), not sign.startswith(_NOT), needed)
        for condition, way, signs, needed in _ways()
        for sign in signs
    )
    if unknown := {row[2] for row in rows} - signs():
        raise TypeError(
            f"cambridge.yaml has no sign {', '.join(sorted(unknown))}; it has {', '.join(sorted(signs()))}."
        )
    columns = {
        "condition": "VARCHAR", "way": "TINYINT", "sign": "VARCHAR", "wanted": "BOOLEAN", "needed": "INTEGER",
    }  # fmt: skip
    return ReferenceTable("condition_way", columns, rows)


def signs() -> set[str]:
    """The names that the ways of conditions may use."""
    return {*FACTS["items"], *FACTS["prescriptions"]}


def _ways() -> Iterator[tuple[str, int, list[str], int]]:
    for condition, said in FACTS["conditions"].items():
        for way, wanted in enumerate(said["any_of"], 1):
            yield condition, way, wanted, sum(not sign.startswith(_NOT) for sign in wanted)


def prescription_table() -> ReferenceTable:
    """Table `condition_prescription`: the prescriptions that are a sign, in so many months or (null) ever."""
    columns = {"sign": "VARCHAR", "medicines": "VARCHAR", "least": "INTEGER", "months": "INTEGER"}
    said = FACTS["prescriptions"].items()
    rows = tuple((sign, p["medicines"], p["least"], p.get("months")) for sign, p in said)
    return ReferenceTable("condition_prescription", columns, rows)


step = SetStep(
    "long_term_condition",
    Path(__file__).with_suffix(".sql"),
    reads=("item_mask", "prescribed"),
    gives="long_term_condition",
    references=(bit_table("cambridge"), way_table(), prescription_table()),
)
