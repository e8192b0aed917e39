"""The clinicians whom people on the register know: a small table out of a large one."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "familiar",
    Path(__file__).with_suffix(".sql"),
    reads=("contact_count", "register_entry"),
    gives="familiar_clinician",
    per="area",
)
