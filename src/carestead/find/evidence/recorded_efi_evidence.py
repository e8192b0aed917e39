"""The records behind each frailty index worked out elsewhere."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.scores import recorded_efi

step = SetStep(
    "recorded_efi_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("event", "code"),
    gives="evidence",
    references=(recorded_efi.codes,),
)
