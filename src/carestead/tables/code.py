"""Contract table `code`: every coded value met, interned."""

from carestead.core.coding import SYSTEMS
from carestead.tables.schema import Column, Table

TABLE = Table(
    "code",
    "Every code met in any source, with a dense number. Numbers never change within an area.",
    (
        Column("code_id", "INTEGER", "the number", required=True, unique=True),
        Column(
            "system",
            "VARCHAR",
            f"coding system: {', '.join(SYSTEMS)}, or the URI sent",
            required=True,
        ),
        Column("code", "VARCHAR", "the code as sent, without spaces around it", required=True),
        Column("display", "VARCHAR", "the first text a source gave for it"),
    ),
    order=("code_id",),
    room="flow",
    per="area",
    fhir="Coding",
)
