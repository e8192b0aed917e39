"""Contract table `promise`: an action with one owner, one requester, a due time and a 'done means', as it stands."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "promise",
    "An action with one owner, one requester, a due time and a 'done means', as it stands.",
    (
        Column("id", "BIGINT", "the promise's number in the store", required=True, unique=True),
        person_id(),
        Column("state", "VARCHAR", "code of FHIR task-status", required=True),
        Column("what", "VARCHAR", "what is to be done"),
        Column("done_means", "VARCHAR", "how one will know"),
        Column("template", "VARCHAR", "the template it was made of; empty for none"),
        Column(
            "owner_kind",
            "VARCHAR",
            "what the owner is",
            allowed=("practitioner", "organisation", "desk", "person", "carer"),
        ),
        Column("owner_code", "VARCHAR", "who does it"),
        Column("requester_code", "VARCHAR", "who asks for it"),
        instant("asked_at", "when it was asked"),
        instant("due_at", "by when"),
        instant("first_due_at", "by when at first"),
        Column("resume_on", "DATE", "when on hold: until when"),
        Column("reason", "VARCHAR", "why it was refused, put on hold, given up or cancelled"),
        Column("outcome", "VARCHAR", "how it was kept"),
        instant("happened_at", "when it was really kept"),
        instant("ended_at", "when its end was written down"),
        Column("attempts", "INTEGER", "how often the owner tried"),
        Column("decided_next", "BOOLEAN", "whether the requester has decided what comes next after bad news"),
        Column("plan_id", "BIGINT", "of this plan"),
        Column("request_id", "BIGINT", "asked for this request"),
        Column("stay_id", "BIGINT", "made by this stay in hospital"),
        Column("meeting_item_id", "BIGINT", "made by this item of a meeting"),
        Column("replaces_id", "BIGINT", "in place of this promise"),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="Task",
)
