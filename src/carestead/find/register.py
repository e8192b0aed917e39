"""The register of people with complex needs, as proposed: a clinician agrees each person."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.reference import load

_rule = load("find", "register")
_points = _rule["points"]

step = SetStep(
    "register",
    Path(__file__).with_suffix(".sql"),
    reads=("feature", "score", "decision"),
    gives="register_entry",
    per="area",
    params={
        "rule": _rule["id"],
        "share_per_mille": round(_rule["share"] * 1000),
        "from_age": _rule["from_age"],
        "frailty_from_age": _rule["frailty_from_age"],
        "deficit": _points["deficit"],
        "hfrs_intermediate": _points["hfrs_intermediate"],
        "hfrs_high": _points["hfrs_high"],
        "admission": _points["emergency_admission"],
        "most_admissions": _points["emergency_admissions_counted"],
        "attendance": _points["emergency_attendance"],
        "most_attendances": _points["emergency_attendances_counted"],
        "care_home_points": _points["care_home"],
        "home_care_points": _points["home_care"],
    },
)
