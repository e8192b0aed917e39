"""Contract table `person`: one row a person, made by the record from what the sources say."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "person",
    "One row a person: the facts other rooms need, without name, number or address.",
    (
        person_id(unique=True),
        Column(
            "birth_date",
            "DATE",
            "date of birth: the practice's word before others', then the commonest",
            minimum="1890-01-01",
        ),
        Column("sex", "VARCHAR", "administrative sex", allowed=("female", "male", "other", "unknown")),
        Column("death_date", "DATE", "earliest date of death any source gives; null while alive"),
        Column("ethnicity", "VARCHAR", "ethnic category, as the practice gives it, else another source"),
        Column("lsoa", "VARCHAR", "lower layer super output area (2021)"),
        Column("imd_decile", "TINYINT", "deprivation decile; 1 is the most deprived", minimum="1", maximum="10"),
        Column("practice_code", "VARCHAR", "practice of the registration open on the run's date; null when none"),
        Column("usual_gp_code", "VARCHAR", "the GP the practice's record names as usual, of that registration"),
        Column("sources", "SMALLINT", "how many sources know the person", unit="sources", minimum="1"),
    ),
    order=("person_id",),
    room="record",
    fhir="Patient",
)
