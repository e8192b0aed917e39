"""Contract table `decision`: what people decided, read back into the next run."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "decision",
    "What a person with the right to decide said of somebody on the register. It outranks what a run would propose.",
    (
        person_id(),
        Column("kind", "VARCHAR", "what was decided", required=True,
               allowed=("accepted", "deferred", "declined", "named-gp", "coordinator")),
        Column("practitioner_code", "VARCHAR", "who holds the responsibility, when that was decided"),
        Column("reason", "VARCHAR", "why, in the words of whoever decided"),
        Column("decided_on", "DATE", "when", required=True),
        Column("until", "DATE", "deferred until; null otherwise"),
        Column("shown_on", "DATE", "the day of the run that the proposal was shown from; null when unknown"),
        Column("shown_cohorts", "VARCHAR", "the lists the proposal showed, as in register_entry; null when unknown"),
        Column("shown_reasons", "VARCHAR", "the reasons the proposal showed, parted by semicolons"),
    ),
    order=("person_id", "kind", "decided_on", "practitioner_code"),
    room="store",
    per="area",
    fhir="Provenance",
)  # fmt: skip
