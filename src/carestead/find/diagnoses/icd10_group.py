"""Which groups of which maps each ICD-10 code falls in: worked out once an area, for every score of diagnoses."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.diagnoses.diagnosis_scores import prefix_table

step = SetStep(
    "icd10_group",
    Path(__file__).with_suffix(".sql"),
    reads=("code",),
    gives="icd10_group",
    per="area",
    references=(prefix_table(),),
)
