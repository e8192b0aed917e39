"""What people decided on pages since, read back into the next run: the loop closes through data."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from carestead.core.finding import InputError
from carestead.tables import table

FILE = "decisions.json"
"""Written by the store before a run: `{"decision": [rows], "link": [rows], "wish": [rows]}`; `wish` may be missing."""


def read(area: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows by kind; empty when nobody has decided anything. Raises InputError for another file."""
    path = area / FILE
    if not path.exists():
        return {"decision": [], "link": [], "wish": []}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {
            "decision": [_dated("decision", r) for r in said["decision"]],
            "link": list(said["link"]),
            "wish": [_dated("wish", r) for r in said.get("wish", ())],
        }
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", "Move it away; the next run writes it again.") from error


def _dated(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    days = {c.name for c in table(name).columns if c.type == "DATE"}
    return {k: date.fromisoformat(v) if k in days and v else v for k, v in row.items()}
