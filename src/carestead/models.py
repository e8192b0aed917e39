"""Fitted models of an area, kept as files: `AREA/models/<id>/`, never changed once written, and which of them is used.

A model's folder holds `model.json` (the logistic model in whole numbers), `trees.txt` (LightGBM's text) and `card.json`
(everything its card says). Its id is a hash of all three but of when and from which snapshot it was made: the same
records, settings and versions give the same id.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carestead.core.area import Area
from carestead.core.finding import UsageError
from carestead.engines import lake

CHOSEN = "CHOSEN"


@dataclass(frozen=True)
class Kept:
    """A model as kept: `model` and `card` are the JSON of its files."""

    id: str
    model: Mapping[str, Any]
    card: Mapping[str, Any]


def keep(area: Area, *, model: Mapping[str, Any], trees: str, card: Mapping[str, Any], made: Mapping[str, Any]) -> Kept:
    """Write a model; when it is there already, that one stays as it is. `made` is added to the card: `fitted_at` (ISO
    8601) and `snapshot`."""
    said = json.loads(json.dumps(card, sort_keys=True))
    name = lake.digest(model, trees, said)[:12]
    folder = _folder(area) / name
    if not (folder / "card.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "model.json", json.dumps(model, indent=1))
        _write(folder / "trees.txt", trees)
        _write(folder / "card.json", json.dumps({"id": name, **made, **said}, indent=1))
    return read(area, name)


def read(area: Area, name: str) -> Kept:
    """The model called `name`. Raises UsageError with those there are."""
    folder = _folder(area) / name
    if name not in _names(area):
        raise UsageError(
            f"There is no model {name} in {area.path}.", f"There are: {', '.join(_names(area)) or 'none'}."
        )
    return Kept(name, *(json.loads((folder / f).read_text(encoding="utf-8")) for f in ("model.json", "card.json")))


def every(area: Area) -> list[Kept]:
    """Every model, the newest first."""
    return sorted((read(area, n) for n in _names(area)), key=lambda m: (m.card["fitted_at"], m.id), reverse=True)


def choose(area: Area, name: str | None) -> None:
    """Use a model from the next run on; None uses none."""
    if name is None:
        (_folder(area) / CHOSEN).unlink(missing_ok=True)
    else:
        _write(_folder(area) / CHOSEN, read(area, name).id + "\n")


def chosen(area: Area) -> Kept | None:
    """The model in use, if any is."""
    path = _folder(area) / CHOSEN
    return read(area, path.read_text(encoding="utf-8").strip()) if path.exists() else None


def _folder(area: Area) -> Path:
    return area.path / "models"


def _names(area: Area) -> list[str]:
    return sorted(p.parent.name for p in _folder(area).glob("*/card.json"))


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
