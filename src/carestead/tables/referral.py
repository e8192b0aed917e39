"""Contract table `referral`: asks of one service to another."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, person_id, row_key

TABLE = Table(
    "referral",
    "An ask of another service.",
    (
        person_id(),
        Column("date", "DATE", "when it was made", minimum="1890-01-01"),
        Column("service", "VARCHAR", "what was asked for"),
        Column("from_organisation_code", "VARCHAR", "who asked"),
        Column("to_organisation_code", "VARCHAR", "who was asked"),
        Column("priority", "VARCHAR", "how soon", allowed=("routine", "urgent", "two-week-wait", "unknown")),
        Column("status", "VARCHAR", "where it stands, as sent"),
        Column("closed_date", "DATE", "when the outcome was back"),
        code("reason_id", "why"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "service", "source_id", "file_id", "source_row"),
    fhir="ServiceRequest",
)
