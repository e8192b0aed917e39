"""Step `list_count`: registered people by practice, month and age band of the capitation rates."""

from pathlib import Path

from carestead import reference
from carestead.core.step import ReferenceTable, SetStep


def bands() -> ReferenceTable:
    """The age bands of the capitation rates: `from_age` up to but without `below_age`, in years."""
    rows = tuple(
        (b["band"], b["from_age"], b.get("below_age")) for b in reference.load("payments", "capitation")["bands"]
    )
    return ReferenceTable(
        "capitation_band", {"age_band": "VARCHAR", "from_age": "INTEGER", "below_age": "INTEGER"}, rows
    )


step = SetStep(
    "list_count",
    Path(__file__).with_suffix(".sql"),
    reads=("registered", "person"),
    gives="list_count",
    references=(bands(),),
)
