"""Contract table `risk_feature`: what the model of risk asks about a person."""

from carestead.reference import load
from carestead.tables.schema import Column, Table, person_id


def _columns() -> tuple[Column, ...]:
    """A column a feature of reference/find/risk.yaml, then one a deficit of the eFI that codes tell."""
    facts = load("find", "risk")
    named = [Column(n, "INTEGER", f["label"], unit=f.get("unit", "")) for n, f in facts["features"].items()]
    deficits = load("scores", "efi")["deficits"].items()
    return (
        *named,
        *(
            Column(f"deficit_{d.replace('-', '_')}", "INTEGER", label, unit="1 when ever on record", required=True)
            for d, label in deficits
            if d not in facts["deficits_not_used"]
        ),
    )


TABLE = Table(
    "risk_feature",
    "What the model of risk asks about a person, all known by the end of the run's date. One row for each person alive "
    "and registered; made only where a model is in use, and while one is fitted.",
    (
        person_id(unique=True),
        Column("practice_code", "VARCHAR", "the practice of registration", required=True),
        *_columns(),
    ),
    order=("person_id",),
    room="find",
    fhir="Observation",
)
