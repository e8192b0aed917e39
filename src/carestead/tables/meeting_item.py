"""Contract table `meeting_item`: a person on the agenda of a meeting, and what came of it."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "meeting_item",
    "A person on the agenda of a meeting, and what came of it.",
    (
        Column("id", "BIGINT", "the item's number in the store", required=True, unique=True),
        Column("meeting_id", "BIGINT", "the meeting", required=True),
        person_id(),
        Column("state", "VARCHAR", "where it stands", required=True, allowed=("open", "closed", "withdrawn")),
        Column("outcome", "VARCHAR", "promise or no-action"),
        Column("no_action_because", "VARCHAR", "why nothing is to be done"),
    ),
    order=("id",),
    room="store",
    per="area",
)
