"""The facts a neighbourhood is made of: small CSV files with their sources in `reference/synth/SOURCES.md`."""

import csv
from functools import cache
from importlib.resources import files

import numpy as np

Columns = dict[str, np.ndarray]


@cache
def facts(name: str) -> Columns:
    """The columns of `reference/synth/<name>.csv`; numbers where every value is one, else text."""
    return _columns(files("carestead.reference").joinpath("synth", f"{name}.csv").read_text(encoding="utf-8"))


@cache
def deficit_codes() -> Columns:
    """The starter code list of the electronic Frailty Index: columns `group` (the deficit), `code`, `display`."""
    path = files("carestead.reference").joinpath("codelists", "efi", "starter-1", "codes.csv")
    return _columns(path.read_text(encoding="utf-8"), text=("code",))


_TEXT = ("code", "dmd", "bnf", "reason", "specialty", "hrg")


def _columns(content: str, text: tuple[str, ...] = _TEXT) -> Columns:
    rows = list(csv.reader(content.splitlines()))
    return {name: _array(values, name in text) for name, *values in zip(*rows, strict=True)}


def _array(values: list[str], text: bool) -> np.ndarray:
    if not text:
        try:
            return np.array([float(v) for v in values])
        except ValueError:
            pass
    return np.array(values, dtype=object)
