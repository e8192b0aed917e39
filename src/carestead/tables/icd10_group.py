"""Contract table `icd10_group`: what each ICD-10 code says in the maps of the scores of diagnoses."""

from carestead.tables.schema import Column, Table, code

TABLE = Table(
    "icd10_group",
    "A group of a map of ICD-10 codes (reference/icd10) that a code met in the records falls in, however it was "
    "written: the one place where ICD-10 codes are cleaned. A code may fall in several groups of a map.",
    (
        code(required=True),
        Column("icd10", "VARCHAR", "the code as classified: capitals, no dot, mark or filler, four characters at most",
               required=True),
        Column("map", "VARCHAR", "the map, e.g. charlson-quan-2005", required=True),
        Column("item", "VARCHAR", "the group of the map: a condition, or a code", required=True),
        Column("place", "TINYINT", "the group's place in its map, from nought: its bit where groups are added up",
               required=True, minimum="0", maximum="126"),
    ),
    order=("code_id", "map", "item"),
    room="find",
    per="area",
    fhir="ConceptMap",
)  # fmt: skip
