"""Use of services in the last year, counted: five scores, each a sum over stays or meetings that are counted once."""

from pathlib import Path

from carestead.core.step import SetStep

READS = {
    "contacts": "meeting_count",
    "emergency-admissions": "hospital_visit",
    "emergency-attendances": "meeting_count",
    "emergency-bed-days": "hospital_visit",
    "missed-appointments": "meeting_count",
}

steps = [
    SetStep(score, Path(__file__).with_name(f"{score}.sql"), reads=(table,), gives="score")
    for score, table in READS.items()
]
