"""Contract table `last_value`: the last two values of the measurements that a score compares."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "last_value",
    "The values of a measurement on the last two days that have one, the highest of each day, up to the run's date.",
    (
        person_id(),
        Column("measurement", "VARCHAR", "the measurement, an id of reference/find/measurements.yaml", required=True),
        Column("place", "TINYINT", "1 is the last day, 2 the day before it", required=True, minimum="1", maximum="2"),
        Column("date", "DATE", "when it was measured", required=True),
        Column("value", "DOUBLE", "the value, in the measurement's first unit", required=True),
        code(meaning="what was recorded", required=True),
        Column("source_id", "SMALLINT", "which source said it", required=True),
        Column("file_id", "INTEGER", "which delivered file", required=True),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "measurement", "place"),
    room="find",
    fhir="Observation",
)
