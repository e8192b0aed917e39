"""Frailty indices worked out elsewhere (eFI, eFI2): read where they are sent, never worked out again."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.reference import load

SCORES = ("recorded_efi", "recorded_efi2")

_facts = {name: load("scores", name) for name in SCORES}

codes = ReferenceTable(
    "recorded_code",
    {"score": "VARCHAR", "system": "VARCHAR", "code": "VARCHAR", "items": "INTEGER"},
    tuple(
        (score, system, code, facts.get("deficits"))
        for score, facts in _facts.items()
        for system, listed in facts["codes"].items()
        for code in listed
    ),
)


def _lower_ends(facts: dict) -> list[tuple[str, float]]:
    """(band, where it begins): a band that goes `up_to` a count ends with it, one `below` a number before it."""
    ends = [b["up_to"] + 1 if "up_to" in b else b.get("below") for b in facts["bands"]]
    return list(zip((b["name"] for b in facts["bands"]), [0, *ends[:-1]], strict=True))


bands = ReferenceTable(
    "recorded_band",
    {"score": "VARCHAR", "band": "VARCHAR", "at_least": "DOUBLE"},
    tuple((score, *end) for score, facts in _facts.items() for end in _lower_ends(facts)),
)

step = SetStep(
    "recorded_efi",
    Path(__file__).with_suffix(".sql"),
    reads=("event", "code"),
    gives="score",
    references=(codes, bands),
)
