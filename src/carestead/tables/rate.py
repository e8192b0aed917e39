"""Contract table `rate`: outcome measures by organisation."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "rate",
    "A measure of one organisation over a period, with its confidence interval and control limits. It names nobody.",
    (
        Column("measure", "VARCHAR", "which measure: the stem of its files", required=True),
        Column("organisation_code", "VARCHAR", "whose", required=True),
        Column("period_start", "DATE", "first day counted", required=True),
        Column("period_end", "DATE", "last day counted", required=True),
        Column("numerator", "BIGINT", "events; null when suppressed", minimum="0"),
        Column("denominator", "DOUBLE", "person-years; null when suppressed", unit="person-years", minimum="0"),
        Column("value", "DOUBLE", "rate; null when suppressed", unit="per 1,000 person-years"),
        Column("lower", "DOUBLE", "lower 95% confidence limit", unit="per 1,000 person-years"),
        Column("upper", "DOUBLE", "upper 95% confidence limit", unit="per 1,000 person-years"),
        Column("target", "DOUBLE", "rate of all organisations together", unit="per 1,000 person-years"),
        Column("limit_95_lower", "DOUBLE", "lower 95% funnel limit", unit="per 1,000 person-years"),
        Column("limit_95_upper", "DOUBLE", "upper 95% funnel limit", unit="per 1,000 person-years"),
        Column("limit_998_lower", "DOUBLE", "lower 99.8% funnel limit", unit="per 1,000 person-years"),
        Column("limit_998_upper", "DOUBLE", "upper 99.8% funnel limit", unit="per 1,000 person-years"),
        Column("suppressed", "BOOLEAN", "true when small numbers were withheld", required=True),
    ),
    order=("measure", "organisation_code", "period_start"),
    room="measure",
    per="area",
    fhir="MeasureReport",
)
