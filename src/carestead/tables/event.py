"""Contract table `event`: one dated coded fact about a person."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, key, person_id, row_key

TABLE = Table(
    "event",
    "One dated coded fact about a person: a problem, an observation, a procedure, an immunisation, an allergy.",
    (
        person_id(),
        Column(
            "date",
            "DATE",
            "when it was so: onset, effective or performed date; null when the source gives none",
            minimum="1890-01-01",
        ),
        code(required=True),
        Column(
            "kind",
            "VARCHAR",
            "what sort of fact",
            required=True,
            allowed=("condition", "observation", "procedure", "immunisation", "allergy"),
        ),
        Column("end_date", "DATE", "when it ended (abatement), if it did"),
        Column("value", "DOUBLE", "number measured, in `unit`"),
        Column("unit", "VARCHAR", "unit of `value` as sent (UCUM where the source uses it)"),
        Column("value_text", "VARCHAR", "answer or result that is not a number"),
        Column("status", "VARCHAR", "clinical or result status as sent, e.g. active, resolved, final"),
        Column("recorded_date", "DATE", "when it was written down"),
        Column("practitioner_code", "VARCHAR", "who recorded it"),
        Column("organisation_code", "VARCHAR", "where"),
        key("encounter_key", "the encounter it belongs to (row_key of encounter)"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "code_id", "source_id", "file_id", "source_row"),
    fhir="Condition, Observation, Procedure, Immunization, AllergyIntolerance, DiagnosticReport",
)
