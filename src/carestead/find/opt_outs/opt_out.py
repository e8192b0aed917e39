"""Who has opted out of planning and research: Type 1 as the practice recorded it, and the National Data Opt-Out."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "opt_out",
    Path(__file__).with_suffix(".sql"),
    reads=("person", "patient", "item_fact", "data_choice", "opt_out_list"),
    gives="opt_out",
)
