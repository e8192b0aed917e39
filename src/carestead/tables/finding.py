"""Contract table `finding`: errors and doubts of a run."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "finding",
    "An error or doubt found by a run: where, what, how bad, what to do.",
    (
        Column("code", "VARCHAR", "stable name, e.g. contract.required, assign.no-capacity", required=True),
        Column("severity", "VARCHAR", "how bad", required=True, allowed=("error", "warning", "information")),
        Column("where", "VARCHAR", "the place", required=True),
        Column("what", "VARCHAR", "what is the matter", required=True),
        Column("do", "VARCHAR", "what to do"),
        Column("count", "BIGINT", "rows meant", unit="rows", minimum="0"),
        Column("example", "VARCHAR", "one of them"),
    ),
    order=("code", "where", "what"),
    room="flow",
    per="area",
    fhir="OperationOutcome.issue",
)
