"""The parts of the HOSPITAL score (Donzé 2013) at a person's last discharge."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.bands import point_table
from carestead.find.items.measurements import unit_rows
from carestead.reference import load

_facts = load("scores", "hospital")

labs = ReferenceTable(
    "hospital_lab",
    {
        "item": "VARCHAR",
        "system": "VARCHAR",
        "code": "VARCHAR",
        "unit": "VARCHAR",
        "lowest": "DOUBLE",
        "highest": "DOUBLE",
        "below": "DOUBLE",
        "points": "INTEGER",
    },
    tuple(
        (name, system, code, unit, lowest, highest, rule["below"] / factor, rule["points"])
        for name, rule in _facts["values"].items()
        for system, code, unit, factor, lowest, highest in unit_rows(name)
    ),
)

oncology = ReferenceTable(
    "oncology", {"specialty": "VARCHAR"}, tuple((str(c),) for c in _facts["oncology_service"]["specialties"])
)

step = SetStep(
    "hospital_part",
    Path(__file__).with_suffix(".sql"),
    reads=("discharge", "event", "procedure", "code"),
    gives="score_part",
    references=(labs, oncology, point_table("hospital_point", _facts["parts"])),
    params={
        "oncology_points": _facts["oncology_service"]["points"],
        "procedure_points": _facts["procedure"],
        "urgent_points": _facts["urgent_admission"],
    },
)
