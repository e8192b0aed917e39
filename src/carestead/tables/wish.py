"""Contract table `wish`: what people asked for about who looks after them."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "wish",
    "What a person, or somebody who speaks for them, asked for about their GP. The newest of a kind counts.",
    (
        person_id(),
        Column("kind", "VARCHAR", "what was asked: this GP, not this GP, a doctor of this sex", required=True,
               allowed=("this-gp", "not-this-gp", "sex-of-gp")),
        Column("value", "VARCHAR", "the practitioner's code; for sex-of-gp `female` or `male`", required=True),
        Column("said_on", "DATE", "when", required=True),
    ),
    order=("person_id", "kind", "said_on", "value"),
    room="store",
    per="area",
    fhir="Observation (preference)",
)  # fmt: skip
