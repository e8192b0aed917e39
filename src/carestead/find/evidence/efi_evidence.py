"""The facts and medicines behind each electronic Frailty Index."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.scores import efi

step = SetStep(
    "efi_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("item_fact", "medicine_history", "medicine_count"),
    gives="evidence",
    params=efi.POLYPHARMACY,
)
