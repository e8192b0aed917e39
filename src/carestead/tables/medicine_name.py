"""Contract table `medicine_name`: what the name of a medicine says, read once a code."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "medicine_name",
    "An ingredient, or a mixture, that the name of a code says in whole words. A code has a row for each; codes whose "
    "name says none that is known have none.",
    (
        Column("code_id", "INTEGER", "the code (table code)", required=True),
        Column("name", "VARCHAR", "the ingredient, by the name of reference/find/ingredients.yaml", required=True),
        Column("strength_mg", "DOUBLE", "the first strength in the name", unit="mg", minimum="0"),
        Column("local_use", "BOOLEAN", "for the eye, ear, nose or skin, as its name says", required=True),
    ),
    order=("code_id", "name"),
    room="find",
    per="area",
    fhir="Medication.ingredient",
)
