"""A checked code list, written into an area as a release: codes.csv and manifest.yaml appear together or not at all."""

import csv
import hashlib
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from carestead.core.area import Area
from carestead.core.coding import system
from carestead.core.finding import Finding, InputError, UsageError
from carestead.reference import releases
from carestead.sources.codelists.check import ANY, Groups, checked
from carestead.sources.codelists.read import Row, read
from carestead.sources.storage import settle, storage_errors

HALF = ".half"
"""A release that is being written; what an interrupted import left is removed by the next."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asked to import, and what they expect of it; `sha256` and `count` are the publisher's."""

    file: Path
    id: str
    version: str
    system: str = ""
    group_column: str = ""
    code_column: str = ""
    refset: str = ""
    title: str = ""
    licence: str = ""
    source: str = ""
    count: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Imported:
    """The release that an import made, or that was there already, and what was noticed in the file."""

    release: releases.Release
    rows: int
    codes: int
    new: bool
    findings: tuple[Finding, ...]


def import_codelist(area: Area, wanted: Wanted, groups: Groups = ANY, *, pinned: bool = True) -> Imported:
    """Make a release of a file, and put it in use when `pinned`. The same codes under the same version are there
    already; other codes under it are refused, for a release never changes.

    Raises InputError for a file that is not what it should be, UsageError, BusyError and StorageError; then nothing
    was written.
    """
    _check_name(wanted)
    rows, findings = _rows(wanted, groups)
    data = _csv(rows)
    facts = _manifest(wanted, rows, data)
    site = area.codelists
    with area.lock("an import of a code list"), storage_errors(site):
        new = _is_new(wanted, facts["sha256"], site)
        if new:
            _write(site, wanted, data, facts)
        if pinned:
            _pin(site, wanted.id, wanted.version)
    made = releases.release(wanted.id, wanted.version, site)
    return Imported(made, len(rows), len({(r.system, r.code) for r in rows}), new, tuple(findings))


def pin(area: Area, id: str, version: str) -> releases.Release:
    """Put a release in use, from the next run on. Raises UsageError when there is none, InputError when its file is
    not the one its manifest describes."""
    found = releases.release(id, version, area.codelists)
    found.read()
    with area.lock("pinning a code list"), storage_errors(area.codelists):
        _pin(area.codelists, id, version)
    return found


def _check_name(wanted: Wanted) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", wanted.id):
        raise UsageError(f"{wanted.id!r} cannot be a list's id.", "Use small letters, digits and hyphens: --as efi")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", wanted.version):
        raise UsageError(f"{wanted.version!r} cannot be a version.", "Use letters, digits, dots and hyphens.")


def _rows(wanted: Wanted, groups: Groups) -> tuple[list[Row], list[Finding]]:
    found = read(wanted.file, code=wanted.code_column, group=wanted.group_column, refset=wanted.refset)
    rows, findings = checked(wanted.file, found, system(wanted.system or "snomed").name, groups)
    _check_file(wanted)
    if wanted.count is not None and len(rows) != wanted.count:
        raise InputError(
            f"{wanted.file.name} has {len(rows):,} codes, each counted once a group, not {wanted.count:,}; "
            f"{len(found.rows):,} rows were read.",
            "Get the file again, or ask its publisher which release it is; nothing was written.",
        )
    return rows, findings


def _check_file(wanted: Wanted) -> None:
    if wanted.sha256 and _sha256(wanted.file) != wanted.sha256.lower():
        raise InputError(
            f"{wanted.file.name} has SHA-256 {_sha256(wanted.file)}, not {wanted.sha256}.",
            "Get the file again, or ask its publisher which release it is; nothing was written.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _csv(rows: list[Row]) -> bytes:
    """The release's file: the same codes give the same bytes, whatever order and form they came in."""
    systems = {r.system for r in rows}
    columns = [*(["group"] if any(r.group for r in rows) else []), "code", "display"]
    columns += ["system"] if len(systems) > 1 else []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(r, c) for c in columns] for r in rows)
    return text.getvalue().encode()


def _manifest(wanted: Wanted, rows: list[Row], data: bytes) -> dict[str, Any]:
    return {
        "id": wanted.id,
        "version": wanted.version,
        "title": wanted.title or wanted.id,
        "system": rows[0].system,
        "rows": len(rows),
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": wanted.licence or "not stated",
        "source": wanted.source or f"the site's own file {wanted.file.name}",
        "file": {"name": wanted.file.name, "sha256": _sha256(wanted.file)},
    }


def _is_new(wanted: Wanted, sha256: str, site: Path) -> bool:
    there = [r for r in releases.releases(site) if (r.id, r.version) == (wanted.id, wanted.version)]
    if there and there[0].facts["sha256"] != sha256:
        raise InputError(
            f"Release {wanted.version} of code list {wanted.id} is there with other codes: {there[0].where} has "
            f"SHA-256 {there[0].facts['sha256'][:12]}, the file's codes {sha256[:12]}.",
            "A release never changes: import it under another --version.",
        )
    return not there


def _write(site: Path, wanted: Wanted, data: bytes, facts: dict[str, Any]) -> None:
    half = site / HALF
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(parents=True)
        (half / "codes.csv").write_bytes(data)
        said = yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=120)
        (half / "manifest.yaml").write_text(said, encoding="utf-8")
        settle(half)
        place = site / wanted.id / wanted.version
        place.parent.mkdir(exist_ok=True)
        half.rename(place)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _pin(site: Path, id: str, version: str) -> None:
    site.mkdir(exist_ok=True)
    temporary = site / f"{releases.PINS}.tmp"
    try:
        said = yaml.safe_dump(releases.pins(site) | {id: version}, sort_keys=True)
        temporary.write_text(said, encoding="utf-8")
        temporary.replace(site / releases.PINS)
    finally:
        temporary.unlink(missing_ok=True)
