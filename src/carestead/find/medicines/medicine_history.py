"""Each medicine of a person once: the one pass over medication."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.medicines import ingredients
from carestead.reference import load

_facts = load("find", "polypharmacy")


def exclusion_table() -> ReferenceTable:
    """Table `polypharmacy_exclusion`: beginnings of BNF codes that are left out, or not after all."""
    rows = [(code, key == "excluded") for key in ("excluded", "included") for line in _facts[key] for code in line]
    checked = tuple(sorted((ingredients.bnf_prefix(code), out) for code, out in rows))
    return ReferenceTable("polypharmacy_exclusion", {"bnf": "VARCHAR", "excluded": "BOOLEAN"}, checked)


step = SetStep(
    "medicine_history",
    Path(__file__).with_suffix(".sql"),
    reads=("medication", "code", "medicine_name"),
    gives="medicine_history",
    references=(ingredients.substances(), exclusion_table()),
    params={key: _facts[key] for key in ("days", "course_days", "current_days")},
)
