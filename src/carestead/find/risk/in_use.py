"""A chosen model in a run: features, reasons, score, evidence, drift, as steps of every engine."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from carestead.core.step import DecisionStep, SetStep, Step
from carestead.find.items import bit_table
from carestead.find.risk import drift
from carestead.find.risk.model import from_dict
from carestead.find.risk.terms import labels
from carestead.reference import load

_HERE = Path(__file__).parent


def looking_steps() -> list[SetStep]:
    """What a model looks at: the features as of a day, and what became of people in the year up to a day."""
    features = SetStep(
        "risk_feature",
        _HERE / "risk_feature.sql",
        reads=(
            "feature",
            "person",
            "item_mask",
            "meeting_count",
            "hospital_visit",
            "encounter",
            "medication",
            "care_package",
        ),
        gives="risk_feature",
        references=(bit_table("efi"),),
    )
    outcome = SetStep(
        "risk_outcome",
        _HERE / "risk_outcome.sql",
        reads=("registered", "person", "hospital_visit"),
        gives="risk_outcome",
        params={"days": load("find", "risk")["days"]},
    )
    return [features, outcome]


def risk_steps(name: str, said: Mapping[str, Any], card: Mapping[str, Any]) -> list[Step]:
    """The steps that publish the risks of model `name`: `said` is the model as kept, `card` its card."""
    model = from_dict(said)
    limits = load("find", "risk")["drift"]
    named = {**labels(), "score": "Risk of emergency admission", "outcome": "Emergency admission in the last year"}
    told = {"model": name, "labels": named, "spread": card["spread"], "limits": limits}
    return [
        *looking_steps(),
        _set("risk_reason", ("risk_feature", "opt_out"), "risk_reason", (model.term_table(),), baseline=model.baseline),
        _set("admission_risk", ("risk_reason",), "score", cut=model.cut),
        _set("admission_risk_evidence", ("risk_reason",), "evidence"),
        _set(
            "risk_summary", ("risk_feature", "risk_reason", "risk_outcome"), "risk_summary",
            (drift.range_table(card["ranges"]),),
        ),
        DecisionStep("risk_drift", drift.decide, reads=("risk_summary",), gives=("risk_drift",), params=told),
    ]  # fmt: skip


def _set(name: str, reads: tuple[str, ...], gives: str, references: tuple[Any, ...] = (), **params: Any) -> SetStep:
    return SetStep(name, _HERE / f"{name}.sql", reads, gives, references=references, params=params)
