"""Every score of hospital diagnoses: Hospital Frailty Risk Score, Charlson, Elixhauser, Imperial frailty."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.diagnoses import diagnosis_scores as facts

READS = ("diagnosis", "icd10_group", "person")


def icd10_score(choices: facts.Choices | None = None) -> SetStep:
    """The step, with `choices` for some scores: `{"charlson-1987": {"hierarchy": False, "lookback_years": 5}}`."""
    scores = facts.diagnosis_scores(choices)
    return SetStep(
        "icd10",
        Path(__file__).with_suffix(".sql"),
        reads=READS,
        gives="score",
        references=(
            facts.look_table(scores),
            facts.weight_table(scores),
            facts.age_table(scores),
            facts.floor_table(scores),
            facts.bands_table(scores),
        ),
    )


step = icd10_score()
