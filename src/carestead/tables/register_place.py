"""Contract table `register_place`: how many people each practice's register has room for."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "register_place",
    "The places of each practice's register. It names nobody.",
    (
        Column("practice_code", "VARCHAR", "the practice", required=True, unique=True),
        Column("adults", "INTEGER", "registered adults", unit="people", required=True, minimum="0"),
        Column("places", "INTEGER", "places: a share of them, or a number", unit="people", required=True, minimum="0"),
        Column("agreed", "INTEGER", "people a clinician has agreed to", unit="people", required=True, minimum="0"),
        Column("least", "INTEGER", "agreed people below which a finding is told", unit="people", required=True),
        Column(
            "margin",
            "INTEGER",
            "places by which whoever was proposed before is moved up",
            unit="people",
            required=True,
            minimum="1",
        ),
    ),
    order=("practice_code",),
    room="find",
    per="area",
)
