"""The electronic Frailty Index over a site's own code list, in place of the starter list."""

from collections.abc import Mapping, Sequence

from carestead.core.finding import InputError
from carestead.core.step import SetStep
from carestead.find.evidence import efi_evidence
from carestead.find.scores import efi


def efi_steps(rows: Sequence[Mapping[str, str]], system: str = "snomed") -> dict[str, SetStep]:
    """The steps `efi` and `efi_evidence` over `rows`, by the names of the steps they replace.

    `rows` are the lines of a CSV with columns `deficit` (an id of reference/scores/efi.yaml) and `code`, and `system`
    where a code is not of `system`; other columns are not read. Raises InputError when the list cannot be used.
    """
    if not rows:
        raise InputError("The code list has no codes.", "Give a CSV with the columns deficit and code.")
    missing = {"deficit", "code"} - set(rows[0])
    if missing:
        raise InputError(
            f"The code list has no column {' and no column '.join(sorted(missing))}.",
            f"Its columns are {', '.join(rows[0])}; it needs deficit and code.",
        )
    codes = efi.code_table(rows, system)
    return {"efi": efi.score_step(codes), "efi_evidence": efi_evidence.evidence_step(codes)}
