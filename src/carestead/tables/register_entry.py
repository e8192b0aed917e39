"""Contract table `register_entry`: people proposed for the register, with reasons."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "register_entry",
    "A person proposed for the register of people with complex needs. A clinician decides.",
    (
        person_id(unique=True),
        Column("rank", "INTEGER", "1 is first", required=True, minimum="1"),
        Column("rule", "VARCHAR", "the rule that proposed the person", required=True),
        Column("priority", "DOUBLE", "what the rule ranks by", required=True),
        Column("reasons", "VARCHAR", "the reasons in words, most telling first, parted by semicolons", required=True),
        Column("practice_code", "VARCHAR", "the practice of registration"),
    ),
    order=("person_id",),
    room="find",
    per="area",
    fhir="Group.member",
)
