"""Sudden entries that a person's own record shows: home after a fall, a new care home, palliative care."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.register.rule import rule, sudden

_palliative, _emergencies = sudden("first-palliative"), sudden("emergencies-in-a-month")

step = SetStep(
    "sudden",
    Path(__file__).with_suffix(".sql"),
    reads=("encounter", "diagnosis", "code", "care_package", "flag"),
    gives="sudden_entry",
    references=(
        ReferenceTable(
            "sudden_icd10", {"prefix": "VARCHAR"}, tuple((c,) for c in sudden("discharge-after-fall")["icd10"])
        ),
        ReferenceTable("sudden_care", {"kind": "VARCHAR"}, tuple((k,) for k in sudden("new-care-home")["kinds"])),
    ),
    params={
        "kept_days": rule()["kept_days"],
        "discharge_days": sudden("discharge-after-fall")["days"],
        "care_home_days": sudden("new-care-home")["days"],
        "gap_days": sudden("new-care-home")["gap_days"],
        "palliative_days": _palliative["days"],
        "palliative_flag": _palliative["flag"],
        "emergency_days": _emergencies["days"],
        "emergencies": _emergencies["admissions"],
    },
)
