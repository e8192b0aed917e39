"""Contract table `rule_met`: which rules a person meets, before any order or choice among them."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "rule_met",
    "A rule of a rule set that a person meets on the run's date, with what the record shows.",
    (
        person_id(),
        Column("rule_set", "VARCHAR", "the rule set, with its version", required=True),
        Column("rule", "VARCHAR", "the rule: a segment, a need", required=True),
        Column("place", "INTEGER", "its place in the rule set; 1 is first", required=True, minimum="1"),
        Column("because", "VARCHAR", "what the record shows, in words", required=True),
        Column("since", "DATE", "the latest of the days on which its facts began or happened"),
    ),
    order=("person_id", "rule_set", "place"),
    room="find",
    fhir="DetectedIssue.evidence",
)
