"""The latest of each frailty index worked out elsewhere (eFI, eFI2), with its band."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.recorded.recorded_index import FACTS


def _lower_ends(facts: dict) -> list[tuple[str, float]]:
    """(band, where it begins): a band that goes `up_to` a count ends with it, one `below` a number before it."""
    ends = [b["up_to"] + 1 if "up_to" in b else b.get("below") for b in facts["bands"]]
    return list(zip((b["name"] for b in facts["bands"]), [0, *ends[:-1]], strict=True))


bands = ReferenceTable(
    "recorded_band",
    {"score": "VARCHAR", "band": "VARCHAR", "at_least": "DOUBLE"},
    tuple((score, *end) for score, facts in FACTS.items() for end in _lower_ends(facts)),
)

step = SetStep(
    "recorded_efi",
    Path(__file__).with_suffix(".sql"),
    reads=("recorded_index",),
    gives="score",
    references=(bands,),
)
