"""Dated facts as files, each with its source, and the door through which the house reads them.

`<kind>/<name>.yaml` holds the facts of one thing (a score's weights, a payment rule's rates, a measure).
`codelists/<id>/<version>/` holds `codes.csv` and `manifest.yaml` (id, version, title, system, licence, source, rows,
sha256); a site's own releases stand in its area in the same form (`releases`).
Every file names its `source`.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml

from carestead.core.finding import InputError, UsageError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where there is one: reading every file takes a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Codelist:
    """A list of codes as published: `rows` are the lines of the CSV, column name to text; `sha256` the file's.

    Columns: `code`; `group` where the list has several; `system` where a row is not of the list's own `system`.
    """

    id: str
    version: str
    title: str
    source: str
    rows: tuple[dict[str, str], ...]
    system: str = ""
    licence: str = ""
    sha256: str = ""

    def codes(self, group: str | None = None) -> Iterator[tuple[str, str]]:
        """(system, code) of the rows of `group`; of all rows when None."""
        for row in self.rows:
            if group is None or row.get("group") == group:
                yield self.coded(row)

    def coded(self, row: Mapping[str, str]) -> tuple[str, str]:
        """(system, code) of one row."""
        return row.get("system") or self.system, row["code"].strip()

    def groups(self) -> list[str]:
        """The names of its groups, in order; none when it has none."""
        return sorted({row["group"] for row in self.rows if row.get("group")})


def names(kind: str) -> list[str]:
    """The names `load` knows of one kind, in order; for `codelists`, the ids."""
    folder = _root() / kind
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        p.name.removesuffix(".yaml")
        for p in found
        if not p.name.startswith("_") and (p.is_dir() or p.name.endswith(".yaml"))
    )


@cache
def _text(kind: str, name: str) -> str:
    file = _root() / kind / f"{name}.yaml"
    if not file.is_file():
        raise UsageError(f"There is no {name} in reference/{kind}.", f"There are: {', '.join(names(kind)) or 'none'}.")
    return file.read_text(encoding="utf-8")


def load(kind: str, name: str) -> dict[str, Any]:
    """The facts of `reference/<kind>/<name>.yaml`; fresh each time. Raises UsageError that names those there are."""
    return _parse(_text(kind, name), f"reference/{kind}/{name}.yaml")


@cache
def shared(kind: str, name: str) -> Mapping[str, Any]:
    """As `load`, but parsed once and shared by all who ask: for pages, which read the same facts for every row."""
    return MappingProxyType(load(kind, name))


def codelist(id: str, version: str) -> Codelist:
    """A code list whose count and SHA-256 agree with its manifest. Raises UsageError when there is no such list,
    InputError when the file is not the one the manifest describes."""
    where = f"reference/codelists/{id}/{version}"
    if f"{id}/{version}" not in codelists():
        raise UsageError(f"There is no code list {where}.", f"There are: {', '.join(codelists()) or 'none'}.")
    return read_codelist(_root() / "codelists" / id / version, where)


def read_codelist(folder: Traversable, where: str) -> Codelist:
    """The code list in a folder, which is called `where` in what is said of it. Raises InputError when its file is
    not the one the manifest describes."""
    return _checked((folder / "codes.csv").read_bytes(), read_manifest(folder, where), where)


def read_manifest(folder: Traversable, where: str) -> dict[str, Any]:
    """What the manifest of the code list in a folder says. Raises InputError when it is not a whole manifest."""
    said = _parse((folder / "manifest.yaml").read_text(encoding="utf-8"), f"{where}/manifest.yaml")
    if missing := [k for k in ("id", "version", "title", "rows", "sha256") if k not in said]:
        raise InputError(f"{where}/manifest.yaml does not say {', '.join(missing)}.", "Import the list again.")
    return said


def default_codelist(id: str) -> Codelist | None:
    """The release of a code list that is shipped (the last by name, where there are several); None when none is."""
    versions = [v.partition("/")[2] for v in codelists() if v.partition("/")[0] == id]
    return codelist(id, versions[-1]) if versions else None


def codelists() -> list[str]:
    """Every code list, as `id/version`, in order."""
    return [f"{i}/{v}" for i, v in releases_in(_root() / "codelists")]


def releases_in(folder: Traversable) -> list[tuple[str, str]]:
    """(id, version) of every code list below a folder, in order; what is half-written or no list is passed over."""
    lists = [i for i in folder.iterdir() if i.is_dir()] if folder.is_dir() else []
    return sorted((i.name, v.name) for i in lists for v in i.iterdir() if (v / "manifest.yaml").is_file())


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
        manifest.get("system", ""), manifest.get("licence", ""), digest,
    )  # fmt: skip


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        facts = yaml.load(text, _Loader)  # noqa: S506, a safe loader
    except yaml.YAMLError as error:
        raise InputError(f"{where} is not valid YAML: {error}.", "Correct it.") from error
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
