"""How many medicines a person takes, by each named definition of polypharmacy."""

from pathlib import Path

from carestead.core.finding import UsageError
from carestead.core.step import ReferenceTable, SetStep
from carestead.reference import load

DEFINITIONS: dict[str, dict[str, int]] = load("find", "polypharmacy")["definitions"]
"""Each definition: `medicines`, how many are polypharmacy, and `counts`, its bit in medicine_history.counts_for."""


def choice(definition: str) -> dict[str, str | int]:
    """The parameters `definition` and `counts` of a step that asks one definition. Raises UsageError for another."""
    if definition not in DEFINITIONS:
        raise UsageError(
            f"There is no definition {definition} of polypharmacy.", f"There are: {', '.join(DEFINITIONS)}."
        )
    return {"definition": definition, "counts": DEFINITIONS[definition]["counts"]}


def definition_table() -> ReferenceTable:
    """Table `polypharmacy_definition` (definition, counts, needed)."""
    columns = {"definition": "VARCHAR", "counts": "SMALLINT", "needed": "INTEGER"}
    rows = tuple((name, d["counts"], d["medicines"]) for name, d in DEFINITIONS.items())
    return ReferenceTable("polypharmacy_definition", columns, rows)


step = SetStep(
    "medicine_count",
    Path(__file__).with_suffix(".sql"),
    reads=("medicine_history",),
    gives="medicine_count",
    references=(definition_table(),),
)
