"""Which answers of the National Data Opt-Out service count: a small table, so that other deliveries change nothing."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep("opt_out_list", Path(__file__).with_suffix(".sql"), reads=("file",), gives="opt_out_list", per="area")
