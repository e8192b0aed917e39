"""The facts and medicines behind each electronic Frailty Index."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.scores import efi

deficits = ReferenceTable("efi_deficit", {"deficit": "INTEGER", "name": "VARCHAR"}, tuple(enumerate(efi.DEFICITS)))


def evidence_step(codes: ReferenceTable) -> SetStep:
    """The step that gives the evidence for the deficits' `codes` (see `efi.code_table`)."""
    return SetStep(
        "efi_evidence",
        Path(__file__).with_suffix(".sql"),
        reads=efi.step.reads,
        gives="evidence",
        references=(codes, deficits),
        params=efi.PARAMS,
    )


step = evidence_step(efi.codes)
