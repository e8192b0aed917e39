"""Contract table `absence`: a holder is away; a cover who has accepted answers for them, else the duty desk."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "absence",
    "A holder is away; a cover who has accepted answers for them, else the duty desk.",
    (
        Column("id", "BIGINT", "the absence's number in the store", required=True, unique=True),
        Column("practitioner_code", "VARCHAR", "who is away", required=True),
        instant("start", "from then on", required=True),
        instant("end", "up to but without; null while nobody knows"),
        Column("cover_code", "VARCHAR", "who is to answer; empty for the desk"),
        Column(
            "cover_state",
            "VARCHAR",
            "whether they will",
            required=True,
            allowed=("desk", "asked", "accepted", "declined"),
        ),
        instant("cover_answered_at", "when they said so"),
        instant("cancelled_at", "when it was called off"),
    ),
    order=("practitioner_code", "start", "id"),
    room="store",
    per="area",
    fhir="PractitionerRole.notAvailable",
)
