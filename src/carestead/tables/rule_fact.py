"""Contract table `rule_fact`: what rules ask about a person, one row a fact."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "rule_fact",
    "A fact that some rule (of segments, of needs) asks about, of a person alive and registered. No row, no fact; a "
    "count of nought is none.",
    (
        person_id(),
        Column("kind", "VARCHAR", "what sort of fact: flag, score, item, encounter ... (docs/rules.md)", required=True),
        Column("name", "VARCHAR", "which one", required=True),
        Column("value", "DOUBLE", "the score, the number counted or the number of records, where there is one"),
        Column("band", "VARCHAR", "the band of a score"),
        Column("first_date", "DATE", "since when, or the first time; null when not recorded"),
        Column("last_date", "DATE", "the last time; null when not recorded"),
    ),
    order=("person_id", "kind", "name"),
    room="find",
    fhir="Observation",
)
