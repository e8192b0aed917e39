"""Contract table `cohort_member`: the separate lists that the register is drawn from."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "cohort_member",
    "A person on one of the separate lists: frailty, risk of admission, complexity, end of life ... Frail people and "
    "people at high risk are different people, so the lists are never merged into one number.",
    (
        person_id(),
        Column("cohort", "VARCHAR", "which list: an id of reference/find/register.yaml", required=True),
        Column(
            "rank",
            "INTEGER",
            "place on the practice's list, by expected benefit, then level, then value; 1 is first",
            required=True,
            minimum="1",
        ),
        Column("level", "INTEGER", "how strongly the list's rule is met; 1 is the least", required=True, minimum="1"),
        Column("value", "DOUBLE", "the list's own measure, e.g. deficits or a chance of admission"),
        Column("benefit", "INTEGER", "expected benefit: the points of the person's needs", required=True, minimum="0"),
        Column("since", "DATE", "when it happened, for a sudden entry; null on the other lists"),
        Column("because", "VARCHAR", "why the person is on it, in words, parted by semicolons", required=True),
        Column("practice_code", "VARCHAR", "the practice of registration"),
    ),
    order=("person_id", "cohort"),
    room="find",
    per="area",
    fhir="Group.member",
)
