"""Contract table `registered`: the one practice a person is registered with on each day."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "registered",
    "The one practice a person is registered with on each day: what sources say of registrations, overlaps settled.",
    (
        person_id(),
        Column("practice_code", "VARCHAR", "the practice", required=True),
        Column("start_date", "DATE", "first day; 1890-01-01 when no source says", required=True),
        Column("end_date", "DATE", "first day no more; the day after death at the latest; null while registered"),
    ),
    order=("person_id", "start_date"),
    room="record",
    fhir="EpisodeOfCare",
)
