"""Contract table `opt_out`: who may not be used for a purpose."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "opt_out",
    "A use that a person has opted out of, one row a kind and purpose. There are no rows for direct care: no opt-out "
    "here bears on it. Counts that name nobody are not confidential patient information.",
    (
        person_id(),
        Column(
            "kind",
            "VARCHAR",
            "type-1: said to the practice, in its record; national: the National Data Opt-Out",
            required=True,
            allowed=("type-1", "national"),
        ),
        Column("purpose", "VARCHAR", "what it rules out", required=True, allowed=("planning", "research")),
        Column("since", "DATE", "since when, where it is known"),
    ),
    order=("person_id", "kind", "purpose"),
    room="find",
    fhir="Consent",
)
