"""Contract table `flag`: what a clinician should know at a glance, as the record says it on the run's date."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "flag",
    "A flag that is up on the run's date: housebound, dementia, palliative care ... Where a list has a counterpart "
    "(no longer housebound) the latest record wins.",
    (
        person_id(),
        Column("flag", "VARCHAR", "which flag: an id of reference/flags", required=True),
        Column("since", "DATE", "the first record; null when none has a date"),
        Column("last_date", "DATE", "the last record; null when none has a date"),
        code(meaning="what the first record says"),
        Column("origin", "VARCHAR", "the contract table that holds the record", required=True),
        Column("source_id", "SMALLINT", "which source said it"),
        Column("file_id", "INTEGER", "which delivered file"),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "flag", "origin", "since", "code_id"),
    room="find",
    fhir="Flag",
)
