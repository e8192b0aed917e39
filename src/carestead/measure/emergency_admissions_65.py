"""Step `emergency-admissions-65`: events and time at risk of the measure, for one bucket of people."""

from pathlib import Path

from carestead import reference
from carestead.core.step import SetStep

MEASURE = "emergency-admissions-65"

step = SetStep(
    MEASURE,
    Path(__file__).with_name("exposure.sql"),
    reads=("registered", "person", "encounter"),
    gives="exposure",
    params={"measure": MEASURE, "from_age": reference.load("measures", MEASURE)["from_age"]},
)
