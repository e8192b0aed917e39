"""What is in the folders suppliers send: sources, their files, and what each file holds, by content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from carestead.core.finding import InputError, UsageError
from carestead.sources.fhir.schema import TYPES
from carestead.sources.lines import head, open_bytes
from carestead.tables import table

_TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]{1,64})"')
_PATIENT = re.compile(rb'"resourceType"\s*:\s*"Patient"')
_STU3 = re.compile(rb'"profile"\s*:\s*\[[^\]]*/(?:STU3|DSTU2)/|"fhirVersion"\s*:\s*"[13]\.')
_KNOWN_KEYS = {"name", "title", "kind", "organisation_code", "format", "map", "expected_every_days", "last_delivered"}
_TABULAR = (".csv", ".csv.gz", ".parquet")
_SKIPPED = {"source.yaml", "SOURCES.md", "README.md", "manifest.csv", "SHA256SUMS"}


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file: `form` is ndjson, json, log, table, other, or the reason it cannot be read; `kind` the resource or
    record type, as far as it can be told; `bytes` the size on disk."""

    path: Path
    name: str
    form: str
    kind: str
    bytes: int


@dataclass(frozen=True)
class SourceFolder:
    """One supplier's folder: who it is (as in source.yaml) and its files, those that others refer to first."""

    folder: Path
    said: dict[str, Any]
    files: list[InputFile] = field(repr=False)
    format: str
    map: str | None

    @property
    def name(self) -> str:
        """The source's short name."""
        return str(self.said["name"])


def discover(paths: Sequence[Path], source: str | None = None) -> list[SourceFolder]:
    """The sources in `paths`. Raises InputError for what cannot be read at all, UsageError for names that clash."""
    folders = [f for path in paths for f in _folders(path)]
    found = [_source(folder, only, source) for folder, only in folders]
    names = [s.name for s in found]
    twice = sorted({n for n in names if names.count(n) > 1})
    if source and len(found) > 1:
        raise UsageError(
            "--source names one source, but several were given.", "Ingest one folder at a time with --source."
        )
    if twice:
        raise InputError(
            f"Two folders are both called {', '.join(twice)}; ids are unique only within a source.",
            "Put a source.yaml with a name of its own in each, or ingest them one by one with --source.",
        )
    return found


def _folders(path: Path) -> list[tuple[Path, Path | None]]:
    if not path.exists():
        raise InputError(f"There is no {path}.", "Check the path.")
    if path.is_file():
        return [(path.parent, path)]
    below = sorted(p.parent for p in path.rglob("source.yaml") if p.parent != path)
    return [(f, None) for f in below] if below and not (path / "source.yaml").exists() else [(path, None)]


def _source(folder: Path, only: Path | None, name: str | None) -> SourceFolder:
    said = _said(folder)
    said["name"] = _slug(name or str(said.get("name") or folder.resolve().name))
    said.setdefault("title", said["name"])
    said.setdefault("kind", "other")
    said.setdefault("organisation_code", None)
    said.setdefault("expected_every_days", None)
    try:
        paths = [only] if only else sorted(p for p in folder.rglob("*") if p.is_file() and _wanted(p, folder))
        files = [_input_file(p, folder) for p in paths]
    except PermissionError as error:
        raise InputError(f"{error.filename} may not be read.", "Ask its owner for permission to read it.") from error
    form = said.pop("format", None) or _format(files)
    chosen = said.pop("map", None)
    if not files:
        raise InputError(f"There are no files in {folder}.", "Name the folder that holds the supplier's files.")
    return SourceFolder(folder, said, sorted(files, key=_rank), form, chosen)


def _wanted(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.name not in _SKIPPED and not any(p.startswith(".") for p in parts)


def _said(folder: Path) -> dict[str, Any]:
    path = folder / "source.yaml"
    if not path.is_file():
        return {}
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not valid YAML: {error}.", "Correct it.") from error
    unknown = set(said) - _KNOWN_KEYS if isinstance(said, dict) else {"?"}
    if unknown:
        raise InputError(
            f"{path} has keys nobody knows: {', '.join(sorted(unknown))}.", f"Use {', '.join(sorted(_KNOWN_KEYS))}."
        )
    kinds = table("source").column("kind").allowed
    if said.get("kind", "other") not in kinds:
        raise InputError(f"{path}: kind {said['kind']} is not known.", f"Use one of {', '.join(kinds)}.")
    if said.get("format", "fhir") not in ("fhir", "extract"):
        raise InputError(f"{path}: format {said['format']} is not known.", "Use fhir or extract.")
    return dict(said)


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug:
        raise InputError(f"{name!r} cannot be a source's name.", "Use letters, digits and hyphens.")
    return slug


def _format(files: list[InputFile]) -> str:
    tables = sum(f.form == "table" for f in files)
    return (
        "extract" if tables and not any(f.form in ("ndjson", "json") and f.kind != "unknown" for f in files) else "fhir"
    )


def _input_file(path: Path, folder: Path) -> InputFile:
    start = head(path)
    form, kind = _form(path, start)
    return InputFile(path, path.relative_to(folder).as_posix(), form, kind, path.stat().st_size)


def _form(path: Path, start: bytes) -> tuple[str, str]:
    name = path.name.lower()
    if name.endswith(_TABULAR):
        return "table", path.name.partition(".")[0]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "encoding.not-utf8", "unknown"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"<" or name.endswith((".xml", ".xml.gz")):
        return "fhir.xml", "unknown"
    types = [t.decode() for t in _TYPE.findall(start)]
    named = path.name.partition(".")[0]
    if name.endswith((".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz")):
        return ("log", "log") if named == "log" and not types else ("ndjson", (types or [named])[0])
    if name.endswith((".json", ".json.gz")):
        return ("fhir.stu3" if _STU3.search(start) else "json"), (types or ["unknown"])[0]
    return "other", named


def _rank(file: InputFile) -> tuple[int, str]:
    """Types that others refer to first; a Bundle goes by its first resource."""
    order = list(TYPES)
    kind = file.kind
    if file.form == "json":
        inner = [t.decode() for t in _TYPE.findall(head(file.path)) if t != b"Bundle"]
        kind = inner[0] if inner else kind
        return (order.index(kind) if kind in ("Organization", "Practitioner", "PractitionerRole") else 3), file.name
    return (order.index(kind) if kind in order else 99), file.name


def has_patients(source: SourceFolder) -> bool:
    """True when some FHIR file of the source holds, or by its name should hold, a Patient."""
    for file in source.files:
        if file.form == "ndjson" and "Patient" in (file.kind, file.path.name.partition(".")[0]):
            return True
    return any(_mentions_patient(f.path) for f in source.files if f.form in ("json", "ndjson") and f.kind not in _KINDS)


_KINDS = {t for t in TYPES if t != "Patient"}


def _mentions_patient(path: Path) -> bool:
    tail = b""
    with open_bytes(path) as file:
        while piece := file.read(1024 * 1024):
            if _PATIENT.search(tail + piece):
                return True
            tail = piece[-64:]
    return False
