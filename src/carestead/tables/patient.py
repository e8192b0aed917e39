"""Contract table `patient`: a person as one source knows them. Direct care only: it holds names."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id, row_key

TABLE = Table(
    "patient",
    "A person as one source knows them: the demographics that linking reads. Names and numbers live here only.",
    (
        person_id(),
        row_key(),
        Column("nhs_number", "VARCHAR", "NHS number as sent, spaces removed; may be missing, mistyped or shared"),
        Column("family_name", "VARCHAR", "family name as sent"),
        Column("given_name", "VARCHAR", "given names as sent, parted by spaces"),
        Column("birth_date", "DATE", "date of birth as sent", minimum="1890-01-01"),
        Column("sex", "VARCHAR", "administrative sex", allowed=("female", "male", "other", "unknown")),
        Column("death_date", "DATE", "date of death, when the source knows it"),
        Column("address", "VARCHAR", "address lines as sent, parted by commas, without the postcode"),
        Column("postcode", "VARCHAR", "postcode as sent"),
        Column("phone", "VARCHAR", "telephone number as sent"),
        Column("ethnicity", "VARCHAR", "ethnic category: one character of the NHS Data Dictionary, or the text sent"),
        Column("lsoa", "VARCHAR", "lower layer super output area (2021) of the address"),
        Column(
            "imd_decile",
            "TINYINT",
            "index of multiple deprivation decile of the LSOA; 1 is the most deprived",
            minimum="1",
            maximum="10",
        ),
        *PROVENANCE,
    ),
    order=("person_id", "source_id", "file_id", "source_row"),
    fhir="Patient",
)
