"""Contract table `segment`: the one segment of the population a person belongs to."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "segment",
    "The one segment of everybody registered that a person falls in: the first whose rule they meet.",
    (
        person_id(unique=True),
        Column("segment", "VARCHAR", "which segment: an id of the rule set", required=True),
        Column("rule_set", "VARCHAR", "the rule set, with its version", required=True),
        Column("because", "VARCHAR", "the rule of the segment that was met, in words", required=True),
    ),
    order=("person_id",),
    room="find",
    fhir="Group.member",
)
