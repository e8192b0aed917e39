"""Contract table `risk_outcome`: what became of people in the year up to the run's date."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "risk_outcome",
    "What became, in the 365 days up to the run's date, of everybody registered and alive on the day before them; made "
    "only where a model of risk is in use, and while one is fitted.",
    (
        person_id(unique=True),
        Column("admitted", "BOOLEAN", "an emergency admission began in those days", required=True),
        Column("days", "INTEGER", "days from the day before them to the first", unit="days", minimum="1"),
        Column("died", "BOOLEAN", "died in those days, admitted or not", required=True),
        Column("left_area", "BOOLEAN", "alive, and not registered to the end of them", required=True),
    ),
    order=("person_id",),
    room="find",
)
