"""Contract table `doubt_total`: what is doubtful in the records, over all buckets."""

from carestead.tables.doubt import COLUMNS
from carestead.tables.schema import Table

TABLE = Table(
    "doubt_total",
    "The doubts of all buckets added up, each with the example that comes first. Each is a finding too.",
    COLUMNS,
    order=("kind", "origin", "source_id", "code_id"),
    room="find",
    per="area",
    fhir="OperationOutcome",
)
