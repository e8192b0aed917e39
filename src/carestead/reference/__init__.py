"""Dated facts as files, each with its source, and the door through which the house reads them.

`<kind>/<name>.yaml` holds the facts of one thing (a score's weights, a payment rule's rates, a measure).
`codelists/<id>/<version>/` holds `codes.csv` and `manifest.yaml` (id, version, title, source, rows, sha256).
Every file names its `source`.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from carestead.core.finding import InputError, UsageError


@dataclass(frozen=True, slots=True)
class Codelist:
    """A list of codes as published: `rows` are the lines of the CSV, column name to text.

    Columns: `code`; `group` where the list has several; `system` where a row is not of the list's own `system`.
    """

    id: str
    version: str
    title: str
    source: str
    rows: tuple[dict[str, str], ...]
    system: str = ""

    def codes(self, group: str | None = None) -> Iterator[tuple[str, str]]:
        """(system, code) of the rows of `group`; of all rows when None."""
        for row in self.rows:
            if group is None or row.get("group") == group:
                yield row.get("system") or self.system, row["code"].strip()


def names(kind: str) -> list[str]:
    """The names `load` knows of one kind, in order; for `codelists`, the ids."""
    folder = _root() / kind
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(p.name.removesuffix(".yaml") for p in found if p.is_dir() or p.name.endswith(".yaml"))


@cache
def _text(kind: str, name: str) -> str:
    file = _root() / kind / f"{name}.yaml"
    if not file.is_file():
        raise UsageError(f"There is no {name} in reference/{kind}.", f"There are: {', '.join(names(kind)) or 'none'}.")
    return file.read_text(encoding="utf-8")


def load(kind: str, name: str) -> dict[str, Any]:
    """The facts of `reference/<kind>/<name>.yaml`; fresh each time. Raises UsageError that names those there are."""
    return _parse(_text(kind, name), f"reference/{kind}/{name}.yaml")


def codelist(id: str, version: str) -> Codelist:
    """A code list whose count and SHA-256 agree with its manifest. Raises UsageError when there is no such list,
    InputError when the file is not the one the manifest describes."""
    folder = _root() / "codelists" / id / version
    where = f"reference/codelists/{id}/{version}"
    if not (folder / "manifest.yaml").is_file():
        raise UsageError(f"There is no code list {where}.", f"There are: {', '.join(codelists()) or 'none'}.")
    manifest = _parse((folder / "manifest.yaml").read_text(encoding="utf-8"), f"{where}/manifest.yaml")
    return _checked((folder / "codes.csv").read_bytes(), manifest, where)


def default_codelist(id: str) -> Codelist | None:
    """The release of a code list that is shipped (the last by name, where there are several); None when none is."""
    versions = [v.partition("/")[2] for v in codelists() if v.partition("/")[0] == id]
    return codelist(id, versions[-1]) if versions else None


def codelists() -> list[str]:
    """Every code list, as `id/version`, in order."""
    return sorted(f"{i}/{v.name}" for i in names("codelists") for v in (_root() / "codelists" / i).iterdir())


def every_file() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each YAML file of the reference with its path below it."""
    yield from _walk(_root(), "")


def _checked(data: bytes, manifest: dict[str, Any], where: str) -> Codelist:
    rows = tuple(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    digest = hashlib.sha256(data).hexdigest()
    if (len(rows), digest) != (manifest["rows"], manifest["sha256"]):
        raise InputError(
            f"{where}/codes.csv is not the file its manifest describes: it has {len(rows)} codes and SHA-256 {digest}.",
            "Restore the file, or publish the change as a new version.",
        )
    return Codelist(
        str(manifest["id"]), str(manifest["version"]), manifest["title"], manifest["source"], rows,
        manifest.get("system", ""),
    )  # fmt: skip


def _parse(text: str, where: str) -> dict[str, Any]:
    facts = yaml.safe_load(text)
    if not isinstance(facts, dict) or not facts.get("source"):
        raise InputError(f"{where} does not name its source.", "Add `source:` with the publication it was taken from.")
    return facts


def _walk(folder: Traversable, above: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        path = f"{above}{entry.name}"
        if entry.is_dir():
            yield from _walk(entry, f"{path}/")
        elif entry.name.endswith((".yaml", ".yml")):
            yield path, yaml.safe_load(entry.read_text(encoding="utf-8"))


def _root() -> Traversable:
    return files(__name__)
