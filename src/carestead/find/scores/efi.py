"""Electronic Frailty Index (Clegg 2016): how many of 36 deficits the record shows."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from carestead.core.finding import InputError
from carestead.core.step import ReferenceTable, SetStep
from carestead.find.bands import band_table
from carestead.reference import codelist, load

_facts = load("scores", "efi")

DEFICITS: dict[str, str] = _facts["deficits"]
"""The 36 deficits, id to label; a deficit's place in this order is its bit."""

_BIT = {name: bit for bit, name in enumerate(DEFICITS)}


def code_table(rows: Iterable[Mapping[str, str]], system: str) -> ReferenceTable:
    """Table `efi_code` (system, code, deficit) of a code list's rows: `deficit`, `code`, and `system` where it is not
    `system`. Raises InputError when a row names a deficit that the index does not have."""
    rows = tuple(rows)
    unknown = sorted({row["deficit"] for row in rows} - _BIT.keys())
    if unknown:
        raise InputError(
            f"The code list names {', '.join(unknown)}, which the eFI does not have.",
            f"Its deficits are: {', '.join(DEFICITS)}.",
        )
    codes = {(row.get("system") or system, row["code"].strip(), _BIT[row["deficit"]]) for row in rows}
    return ReferenceTable(
        "efi_code", {"system": "VARCHAR", "code": "VARCHAR", "deficit": "INTEGER"}, tuple(sorted(codes))
    )


def score_step(codes: ReferenceTable) -> SetStep:
    """The step that scores everybody by the deficits' `codes`, a table that `code_table` made."""
    return SetStep(
        "efi",
        Path(__file__).with_suffix(".sql"),
        reads=("event", "medication", "code"),
        gives="score",
        references=(codes, band_table("efi_band", _facts["bands"])),
        params=PARAMS,
    )


PARAMS = {
    "polypharmacy_deficit": _BIT["polypharmacy"],
    "medicines": _facts["polypharmacy"]["medicines"],
    "months": _facts["polypharmacy"]["months"],
}

_list = _facts["codelist"]
codes = code_table(codelist(_list["id"], _list["version"]).rows, _list["system"])
step = score_step(codes)
