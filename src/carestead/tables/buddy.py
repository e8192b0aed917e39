"""Contract table `buddy`: who would cover a practice that has one GP."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "buddy",
    "The practice of the group proposed to cover a single-handed practice while its GP is away. Practices agree.",
    (
        Column("practice_code", "VARCHAR", "the practice with one GP", required=True, unique=True),
        Column("practitioner_code", "VARCHAR", "that GP", required=True),
        Column("buddy_code", "VARCHAR", "the practice that would cover; null when the group has no other"),
        Column("people", "INTEGER", "people who would need cover", unit="people", required=True, minimum="0"),
        Column("minutes", "INTEGER", "what they take", unit="minutes a week", required=True, minimum="0"),
        Column("room", "INTEGER", "what the buddy has free", unit="minutes a week", required=True, minimum="0"),
        Column("reason", "VARCHAR", "why this practice, in words", required=True),
    ),
    order=("practice_code",),
    room="assign",
    per="area",
    fhir="PractitionerRole.notAvailable",
)
