"""Releases of code lists side by side: those shipped and a site's own, and which of them is in use.

A site's own stand in `<area>/codelists/<id>/<version>/`, in the form of the shipped ones; `<area>/codelists/pins.yaml`
maps the id of a list to the version in use, shipped or own. What is not pinned is used as shipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from carestead import reference
from carestead.core.coding import Codes, same_system
from carestead.core.finding import InputError, UsageError

PINS = "pins.yaml"


@dataclass(frozen=True, slots=True)
class Release:
    """One release of a code list: what its manifest says, without its codes. `own` is the site's, not shipped."""

    id: str
    version: str
    own: bool
    facts: Mapping[str, Any] = field(repr=False)
    folder: Traversable = field(repr=False)

    @property
    def starter(self) -> bool:
        """True for a short list that is only to start with."""
        return not self.own and self.version.startswith("starter")

    @property
    def kind(self) -> str:
        """`own`, `starter` or `shipped`."""
        return "own" if self.own else "starter" if self.starter else "shipped"

    @property
    def where(self) -> str:
        """Where it stands, as people are told."""
        return f"{'codelists' if self.own else 'reference/codelists'}/{self.id}/{self.version}"

    def read(self) -> reference.Codelist:
        """The codes. Raises InputError when the file is not the one the manifest describes."""
        return reference.read_codelist(self.folder, self.where)


def releases(site: Path | None = None) -> list[Release]:
    """Every release, by id and version, those shipped before a site's own. `site` is an area's folder of lists."""
    found = [*_in(reference._root() / "codelists", own=False), *(_in(site, own=True) if site else ())]
    return sorted(found, key=lambda r: (r.id, r.own, r.version))


def release(id: str, version: str, site: Path | None = None) -> Release:
    """One release. Raises UsageError that names those there are, InputError when a site's own has the name of one
    that came to be shipped with other codes."""
    found = [r for r in releases(site) if (r.id, r.version) == (id, version)]
    if not found:
        there = ", ".join(r.version for r in releases(site) if r.id == id)
        does = (
            f"Its releases: {there}." if there else f"There are: {', '.join(sorted({r.id for r in releases(site)}))}."
        )
        raise UsageError(f"There is no release {version} of code list {id}.", does)
    if len({r.facts["sha256"] for r in found}) > 1:
        raise InputError(
            f"Two releases {version} of code list {id} hold different codes: {' and '.join(r.where for r in found)}.",
            "Import the site's own again under another --version, pin that, and remove the folder of the old one.",
        )
    return found[0]


def pins(site: Path) -> dict[str, str]:
    """The version of each list that somebody pinned. Raises InputError when the file cannot be read."""
    path = site / PINS
    if not path.is_file():
        return {}
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(v, str) for v in said.values()):
        raise InputError(f"{path} does not map lists to versions.", "Write lines like `efi: '2024'`, or remove it.")
    return said


def pinned(site: Path) -> dict[str, reference.Codelist]:
    """The lists that are pinned, read. Raises UsageError when a release is gone, InputError when it was changed."""
    return {id: release(id, version, site).read() for id, version in sorted(pins(site).items())}


def in_use(site: Path | None = None) -> dict[str, Release]:
    """The release of each list that the next run would use: the one pinned, else the one shipped."""
    shipped = {r.id: r for r in releases() if not r.own}
    return shipped | {i: release(i, v, site) for i, v in (pins(site) if site else {}).items()}


@dataclass(frozen=True, slots=True)
class Change:
    """What one release has in a group of a system that the other has not."""

    group: str
    added: Codes
    removed: Codes


def changes(old: reference.Codelist, new: reference.Codelist) -> list[Change]:
    """What changed from `old` to `new`, group by group; groups that stayed the same are left out.

    Raises UsageError when they are not lists of the same systems: nothing true could be said.
    """
    before, after = _sets(old), _sets(new)
    same_system(*(" and ".join(sorted({system for _, system in sets})) for sets in (before, after)))
    found = []
    for group, system in sorted(before.keys() | after.keys()):
        none = Codes(system, frozenset())
        had, has = before.get((group, system), none), after.get((group, system), none)
        found.append(Change(group, has - had, had - has))
    return [c for c in found if len(c.added) or len(c.removed)]


def _sets(given: reference.Codelist) -> dict[tuple[str, str], Codes]:
    """The codes of each group and system; a list without groups has the empty one."""
    sets: dict[tuple[str, str], Codes] = {}
    for row in given.rows:
        system, code = given.coded(row)
        key = (row.get("group") or "", system)
        sets[key] = sets.get(key, Codes(system, frozenset())) | Codes(system, frozenset([code]))
    return sets


def _in(folder: Traversable, own: bool) -> list[Release]:
    found = []
    for id, version in reference.releases_in(folder):
        place = folder / id / version
        facts = reference.read_manifest(place, f"{'' if own else 'reference/'}codelists/{id}/{version}")
        found.append(Release(id, version, own, facts, place))
    return found
