"""Contract table `register_entry`: people on the register or proposed for it, with reasons."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "register_entry",
    "A person on the register of people with complex needs (agreed by a clinician) or proposed for it. A clinician "
    "decides: nobody is on the register by a rule alone.",
    (
        person_id(unique=True),
        Column(
            "state",
            "VARCHAR",
            "agreed: a clinician has said yes; proposed: a clinician is asked",
            required=True,
            allowed=("agreed", "proposed"),
        ),
        Column(
            "rank",
            "INTEGER",
            "place at the practice: sudden entries, then the lists in turn; 1 is first, and nobody else there has it",
            required=True,
            minimum="1",
        ),
        Column("rule", "VARCHAR", "the rule, with its version", required=True),
        Column(
            "cohort",
            "VARCHAR",
            "the list that gave the person this rank: an id of reference/find/register.yaml; null when on no list now",
        ),
        Column(
            "cohorts",
            "VARCHAR",
            "every list the person is on, with the level there, in the rule's order, e.g. `frailty:2,care:1`; "
            "empty when on none",
            required=True,
        ),
        Column(
            "priority",
            "DOUBLE",
            "expected benefit: the points of the person's needs (never a sum over lists)",
            required=True,
            minimum="0",
        ),
        Column("reasons", "VARCHAR", "the reasons in words, most telling first, parted by semicolons", required=True),
        Column(
            "earlier_decision",
            "VARCHAR",
            "what was decided before and what has changed since, in words; null when nobody has decided",
        ),
        Column("practice_code", "VARCHAR", "the practice of registration"),
    ),
    order=("person_id",),
    room="find",
    per="area",
    fhir="Group.member",
)
