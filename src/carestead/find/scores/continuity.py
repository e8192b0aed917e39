"""Continuity of care with a clinician over two years: usual provider continuity, and Bice and Boxerman's index."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.reference import load

SCORES = ("bice-boxerman", "usual-provider-continuity")

LEAST_CONTACTS: dict[str, int] = {score: load("scores", score)["least_contacts"] for score in SCORES}
"""Of how many appointments a share is said: fewer give no row, which is not a share of nought."""

steps = [
    SetStep(
        score,
        Path(__file__).with_name(f"{score}.sql"),
        reads=("contact_count",),
        gives="score",
        params={"least_contacts": least},
    )
    for score, least in LEAST_CONTACTS.items()
]
