"""Contract table `medicine_count`: how many medicines a person takes, by each definition of polypharmacy."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "medicine_count",
    "How many medicines a person takes on the run's date, by each named definition of polypharmacy. None has no row.",
    (
        person_id(),
        Column("definition", "VARCHAR", "the definition, an id of reference/find/polypharmacy.yaml", required=True),
        Column("medicines", "INTEGER", "medicines, or ingredients, that count", required=True, minimum="1"),
        Column("is_polypharmacy", "BOOLEAN", "whether they are as many as the definition asks", required=True),
    ),
    order=("person_id", "definition"),
    room="find",
    fhir="Observation",
)
