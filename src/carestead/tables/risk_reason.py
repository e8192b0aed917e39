"""Contract table `risk_reason`: what each feature adds to a person's risk."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "risk_reason",
    "What a feature adds to a person's risk of emergency admission, beside the usual person of the fitting; those that "
    "add nothing have no row. For evaluation, until conformity is assessed.",
    (
        person_id(),
        Column("feature", "VARCHAR", "a column of risk_feature, or `baseline`: the usual person", required=True),
        Column("value", "INTEGER", "the person's value; null when not known"),
        Column("points", "INTEGER", "what it adds", unit="thousandths of a log-odds", required=True),
    ),
    order=("person_id", "feature"),
    room="find",
    fhir="RiskAssessment.basis",
)
