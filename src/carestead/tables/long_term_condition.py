"""Contract table `long_term_condition`: the conditions of the Cambridge Multimorbidity Score that a person has."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "long_term_condition",
    "A condition of the Cambridge Multimorbidity Score that a person has on the run's date: by a recorded code, by "
    "prescriptions, by measured values, or by several of these together. A row for each way in which it is met.",
    (
        person_id(),
        Column("condition", "VARCHAR", "the condition, an id of reference/scores/cambridge.yaml", required=True),
        Column("way", "TINYINT", "which of the ways listed there, from 1", required=True, minimum="1"),
    ),
    order=("person_id", "condition", "way"),
    room="find",
    fhir="Condition",
)
