"""Electronic Frailty Index (Clegg 2016): how many of 36 deficits the record shows."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.bands import band_table
from carestead.find.items import bit_table
from carestead.find.medicines.medicine_count import choice
from carestead.reference import load

_facts = load("scores", "efi")

DEFICITS: dict[str, str] = _facts["deficits"]
"""The 36 deficits, id to label."""

POLYPHARMACY = choice(_facts["polypharmacy"]["definition"])
"""The definition of polypharmacy in use, and its bit."""

step = SetStep(
    "efi",
    Path(__file__).with_suffix(".sql"),
    reads=("item_mask", "medicine_count"),
    gives="score",
    references=(bit_table("efi"), band_table("efi_band", _facts["bands"])),
    params={"definition": POLYPHARMACY["definition"]},
)
