"""Medicines for the tests: prescriptions told by name, code or BNF code, as tables code and medication."""

from typing import Any

from carestead.find.medicines import medicine_history, medicine_name

AS_OF = "2025-06-30"
HISTORY = [medicine_name.step, medicine_history.step]
"""The steps that gather medicines, for what reads them."""


def taken(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Prescriptions of person 1, each of `display` (or `code`) on 1 June 2025 unless it says otherwise."""
    codes = {r.get("code") or r["display"]: r for r in rows}
    ids = {code: n for n, code in enumerate(codes, 1)}
    code = [
        {"code_id": n, "system": codes[c].get("system", "dmd"), "code": c, "display": codes[c].get("display")}
        for c, n in ids.items()
    ]
    medication = [
        {"person_id": 1, "date": "2025-06-01", **r, "code_id": ids[r.get("code") or r["display"]]} for r in rows
    ]
    return {"code": code, "medication": medication}
