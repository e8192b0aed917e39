"""The parts behind each score at discharge."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep("readmission_evidence", Path(__file__).with_suffix(".sql"), reads=("score_part",), gives="evidence")
