"""Contract table `risk_summary`: how features, score and outcome of risk are spread; it names nobody."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "risk_summary",
    "How many people of a bucket have a feature, the score (`score`) or the outcome of the year before (`outcome`) in "
    "each of the ranges that the model keeps of its fitting.",
    (
        Column("item", "VARCHAR", "a column of risk_feature, `score` or `outcome`", required=True),
        Column("range", "INTEGER", "the range's number; -1 when not known or in none", required=True),
        Column("people", "INTEGER", "people in it", unit="people", required=True, minimum="1"),
    ),
    order=("item", "range"),
    room="find",
)
