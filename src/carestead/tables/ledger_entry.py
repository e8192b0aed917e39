"""Contract table `ledger_entry`: who was made responsible for whom, and when."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "ledger_entry",
    "The ledger of responsibility: from its start an entry holds until the next of the person and role.",
    (
        Column("id", "BIGINT", "the entry's number in the store", required=True, unique=True),
        person_id(),
        Column("role", "VARCHAR", "as what", required=True, allowed=("named-gp", "coordinator")),
        Column("seq", "INTEGER", "counts the entries of a person and role from 1", required=True, minimum="1"),
        instant("start", "from then on", required=True),
        Column("holder_code", "VARCHAR", "the practitioner responsible; empty for nobody"),
        Column("basis", "VARCHAR", "how it came about", required=True, allowed=("accepted", "interim", "ended")),
        Column("hand_over_id", "BIGINT", "the hand-over that made it"),
    ),
    order=("person_id", "role", "seq"),
    room="store",
    per="area",
    fhir="CareTeam",
)
