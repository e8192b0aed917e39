"""The records behind each frailty index worked out elsewhere."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep("recorded_efi_evidence", Path(__file__).with_suffix(".sql"), reads=("recorded_index",), gives="evidence")
