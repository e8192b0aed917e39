"""The diagnoses behind each score of hospital diagnoses."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.diagnoses import diagnosis_scores as facts
from carestead.find.scores import icd10


def icd10_evidence(choices: facts.Choices | None = None) -> SetStep:
    """The step, for the same `choices` as the scores."""
    scores = facts.diagnosis_scores(choices)
    return SetStep(
        "icd10_evidence",
        Path(__file__).with_suffix(".sql"),
        reads=icd10.READS,
        gives="evidence",
        references=(
            facts.look_table(scores),
            facts.weight_table(scores),
            facts.age_table(scores),
            facts.floor_table(scores),
        ),
    )


step = icd10_evidence()
