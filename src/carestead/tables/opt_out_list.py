"""Contract table `opt_out_list`: the answers of the National Data Opt-Out service that count."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "opt_out_list",
    "The files of the National Data Opt-Out service that count: the newest of each kind. Of somebody who is only on an "
    "older list the service has said something else since.",
    (
        Column("file_id", "INTEGER", "the delivered file (table file)", required=True),
        Column(
            "choice",
            "VARCHAR",
            "what it says of the people on it",
            required=True,
            allowed=("opted-out", "not-opted-out"),
        ),
    ),
    order=("file_id", "choice"),
    room="find",
    per="area",
)
