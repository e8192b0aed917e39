"""Contract table `wish`: what people asked for about who looks after them."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "wish",
    "What a person, or somebody who speaks for them, asked for about their GP. The newest of a kind counts.",
    (
        person_id(),
        Column("kind", "VARCHAR", "what was asked: this GP, not this GP, a doctor of this sex", required=True,
               allowed=("this-gp", "not-this-gp", "sex-of-gp")),
        Column("practitioner_code", "VARCHAR", "the GP meant; null for sex-of-gp"),
        Column("sex", "VARCHAR", "the sex asked for; null otherwise", allowed=("female", "male")),
        Column("reason", "VARCHAR", "why, in the person's own words; null when not said"),
        Column("said_on", "DATE", "when", required=True),
    ),
    order=("person_id", "kind", "said_on", "practitioner_code", "sex"),
    room="store",
    per="area",
    fhir="Observation (preference)",
)  # fmt: skip
