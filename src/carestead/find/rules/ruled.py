"""Steps that answer rule sets: the facts they ask for, the rules people meet, the segment and the needs that follow."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.rules import read
from carestead.find.rules.tables import asked, compiled
from carestead.reference import load

SEGMENTS = "snee-2024"
"""The rule set of segments that is used where a site gives none."""

_READS = (
    "flag", "score", "item_fact", "feature", "encounter", "diagnosis", "care_package", "relationship", "code",
)  # fmt: skip


def rule_steps(segments: Mapping[str, Any] | None = None, needs: Mapping[str, Any] | None = None) -> dict[str, SetStep]:
    """The steps over a site's own rule sets, parsed from its files; else over the shipped ones.

    Raises InputError that says every mistake of a rule set.
    """
    segments = segments if segments is not None else load("segments", SEGMENTS)
    needs = needs if needs is not None else load("find", "needs")
    of_segments, of_needs = read(segments, "segments"), read(needs, "needs", and_keys=("points", "action", "evidence"))
    sets = [of_segments, of_needs]
    found = [
        SetStep("rule_fact", _sql("rule_fact"), _READS, "rule_fact", references=asked(sets)),
        SetStep("rule_met", _sql("rule_met"), ("rule_fact",), "rule_met", references=compiled(sets)),
        SetStep(
            "segment", _sql("segment"), ("feature", "rule_met"), "segment",
            params={"rule_set": of_segments.id, "everybody_else": of_segments.rules[-1].id},
        ),
        SetStep(
            "segment_count", _sql("segment_count"), ("segment", "feature"), "segment_count",
            references=(_age_bands(segments.get("age_bands") or (18, 65, 75, 85)),),
        ),
        SetStep(
            "need", _sql("need"), ("rule_met",), "need", references=(_points(needs),), params={"rule_set": of_needs.id}
        ),
    ]  # fmt: skip
    return {s.name: s for s in found}


def _sql(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.sql")


def _points(needs: Mapping[str, Any]) -> ReferenceTable:
    rows = tuple((n["id"], n["points"], n["action"]) for n in needs["needs"])
    return ReferenceTable("need_rule", {"rule": "VARCHAR", "points": "INTEGER", "action": "VARCHAR"}, rows)


def _age_bands(starts: Any) -> ReferenceTable:
    """Bands that begin at 0 and at each of `starts`, in whole years."""
    lows = [0, *sorted(starts)]
    rows = [(f"{low}-{high - 1}", low, high - 1) for low, high in pairwise(lows)]
    return ReferenceTable(
        "age_band",
        {"band": "VARCHAR", "from_age": "INTEGER", "to_age": "INTEGER"},
        (*rows, (f"{lows[-1]}+", lows[-1], 999)),
    )


steps = list(rule_steps().values())
