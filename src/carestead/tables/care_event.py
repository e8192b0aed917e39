"""Contract table `care_event`: one act upon one thing of care, as the log holds it, without its words."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "care_event",
    "One act upon one thing of care, as the log holds it, without its words.",
    (
        Column("kind", "VARCHAR", "kind of thing: promise, plan, stay ...", required=True),
        Column("subject_id", "BIGINT", "the thing's number", required=True),
        Column("version", "INTEGER", "counts the acts upon it from 1", required=True, minimum="1"),
        Column("person_id", "INTEGER", "the person, where it is about one"),
        Column("type", "VARCHAR", "what was done", required=True),
        instant("happened_at", "when it really happened", required=True),
        instant("recorded_at", "when it was written down", required=True),
        Column("username", "VARCHAR", "who did it"),
        Column("role", "VARCHAR", "in which role; system for carestead itself"),
        Column("state", "VARCHAR", "the state it set; null when it set none"),
        Column("owner_code", "VARCHAR", "the owner it set; null when it set none"),
    ),
    order=("kind", "subject_id", "version"),
    room="store",
    per="area",
    fhir="Provenance",
)
