"""Stays in hospital and days at an emergency department, each once: made of encounters, read by every score of use."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep("hospital_visit", Path(__file__).with_suffix(".sql"), reads=("encounter",), gives="hospital_visit")
