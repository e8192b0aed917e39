"""The medicines behind each anticholinergic burden."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "anticholinergic_burden_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("anticholinergic",),
    gives="evidence",
)
