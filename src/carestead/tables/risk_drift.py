"""Contract table `risk_drift`: how far people are from those a model of risk was fitted on."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "risk_drift",
    "How far the area's people are, on the run's date, from those the model of risk in use was fitted on.",
    (
        Column("model", "VARCHAR", "the model", required=True),
        Column("item", "VARCHAR", "a column of risk_feature, `score` or `outcome`", required=True),
        Column("label", "VARCHAR", "what it is called", required=True),
        Column("measure", "VARCHAR", "how it is measured", required=True, allowed=("psi", "ratio")),
        Column("value", "DOUBLE", "population stability index, or rate now over the rate at fitting"),
        Column("at_fitting", "DOUBLE", "share of people above the lowest range, or admitted, at fitting"),
        Column("now", "DOUBLE", "the same share now"),
        Column("is_over", "BOOLEAN", "true when beyond the limit stated in reference/find/risk.yaml", required=True),
    ),
    order=("item",),
    room="find",
    per="area",
)
