"""Contract table `cohort_member`: the separate lists that the register is drawn from."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "cohort_member",
    "A person on one of the separate lists: frailty, risk of admission, complexity, end of life ... Frail people and "
    "people at high risk are different people, so the lists are never merged into one number.",
    (
        person_id(),
        Column("cohort", "VARCHAR", "which list: an id of reference/find/register.yaml", required=True),
        Column("rank", "INTEGER", "place on that list; 1 is first", required=True, minimum="1"),
        Column("value", "DOUBLE", "what the list is ranked by"),
        Column("because", "VARCHAR", "why the person is on it, in words", required=True),
        Column("practice_code", "VARCHAR", "the practice of registration"),
    ),
    order=("person_id", "cohort"),
    room="find",
    per="area",
    fhir="Group.member",
)
