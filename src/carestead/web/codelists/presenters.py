"""What the pages say of code lists: releases and pins as they are in the area, and what the newest run used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from carestead import reference
from carestead.core.coding import title
from carestead.core.finding import UsageError
from carestead.reference import releases
from carestead.reference.exclusions import Exclusion, removed
from carestead.web.published import Published, Row

KINDS = {"own": "The site's own", "shipped": "Shipped", "starter": "Shipped, a starter"}
ASKERS = {"flag": "flags", "need": "needs", "opt-out": "opt-outs"}
"""What asks for lists and is no score or rule set, in words."""

SHOWN = 3
"""Codes of a group that are written out on the page; the CSV has all."""


@dataclass(frozen=True)
class Listed:
    """One code list: the release that the next run will use, and what the newest run used (`used`, a row of table
    codelist; None when it did not look for the list)."""

    id: str
    release: releases.Release | None
    used: Row | None

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the next run's release says of itself; empty when there is none."""
        return self.release.facts if self.release else {}

    @property
    def title(self) -> str:
        """What people call it; that a starter is one is said beside it."""
        return str(self.facts.get("title", self.id)).removesuffix(", a short list to start with")

    @property
    def version(self) -> str | None:
        """The release that the newest run used."""
        return self.of_run("version")

    @property
    def next(self) -> str | None:
        """The release of the next run, where it is another."""
        version = self.release.version if self.release else None
        return version if version != self.version else None

    @property
    def kind(self) -> str:
        """Whose release the next run's is, in words; empty when there is none."""
        return KINDS[self.release.kind] if self.release else ""

    @property
    def system(self) -> str:
        """The coding system's title."""
        return title(str(self.facts.get("system", "")))

    @property
    def licence(self) -> str:
        """The licence it is held under."""
        return str(self.facts.get("licence", "not stated" if self.release else ""))

    def of_run(self, column: str) -> Any:
        """What the newest run wrote down of it: a column of table codelist; None when it did not look for it."""
        return self.used[column] if self.used else None


def listed(found: Published, site: Path) -> list[Listed]:
    """Every list that has a release or that the newest run looked for, by id."""
    used = {r["list_id"]: r for r in found.rows("codelists/used")}
    chosen = releases.in_use(site)
    ids = used.keys() | chosen.keys() | {r.id for r in releases.releases(site)}
    return [Listed(i, chosen.get(i), used.get(i)) for i in sorted(ids)]


def licences(lists: list[Listed]) -> list[str]:
    """The licences there are, each once, in the order of the lists: most lists are under the same."""
    return list(dict.fromkeys(one.licence for one in lists if one.licence))


def asked_by(one: Listed) -> str:
    """What looks for it, in words: scores and rule sets by their titles."""
    asks = str(one.used["asked_by"]).split(", ") if one.used else []
    return ", ".join(_title(name) for name in asks) or "nothing yet"


def _title(name: str) -> str:
    for kind in ("scores", "segments"):
        if name in reference.names(kind):
            return str(reference.shared(kind, name)["title"])
    return ASKERS.get(name, name)


def group_names(list_id: str) -> dict[str, str]:
    """What people call the groups of a list whose score names them all, such as the deficits of the eFI."""
    files = (reference.shared("scores", score) for score in reference.names("scores"))
    asks = [(file, file.get("items") or {}) for file in files]
    named = [file[items["each_of"]] for file, items in asks if "each_of" in items and items.get("codelist") == list_id]
    return {group: str(name) for names in named if isinstance(names, dict) for group, name in names.items()}


def sentence(lists: list[Listed]) -> str:
    """What the overview says first."""
    short = sum(1 for i in lists if i.release and i.release.starter)
    without = sum(1 for i in lists if i.release is None)
    said = [f"{len(lists)} code list{'s' if len(lists) != 1 else ''}"]
    said += [f"{short} of them only a starter"] if short else []
    said += [f"{without} with no release in use"] if without else []
    return ", ".join(said) + "."


def page(found: Published, site: Path, list_id: str, asked: Mapping[str, str]) -> dict[str, Any] | None:
    """The page of one list; None when there is none. `asked` names the releases to compare, `from` and `to`."""
    one = next((i for i in listed(found, site) if i.id == list_id), None)
    if one is None:
        return None
    every = [r for r in releases.releases(site) if r.id == list_id]
    old, new = _pair(every, one.release, asked)
    return {
        "one": one,
        "asked_by": asked_by(one),
        "releases": [(r, KINDS[r.kind], title(r.facts.get("system", ""))) for r in every],
        "versions": [(r.version, f"{r.version} ({KINDS[r.kind].lower()})") for r in every],
        "names": group_names(list_id),
        "left_out": _by_reason(removed(one.release.read())) if one.release else [],
        "old": old,
        "new": new,
        **_compared(old, new),
    }


def changes(site: Path, list_id: str, asked: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """(group, added or removed, system, code) of each change between the releases asked for."""
    every = [r for r in releases.releases(site) if r.id == list_id]
    old, new = _pair(every, releases.in_use(site).get(list_id), asked)
    found = releases.changes(old.read(), new.read()) if old and new else []
    return [
        (c.group, what, codes.system, code)
        for c in found
        for what, codes in (("added", c.added), ("removed", c.removed))
        for code in sorted(codes.values)
    ]


def _pair(
    every: list[releases.Release], chosen: releases.Release | None, asked: Mapping[str, str]
) -> tuple[releases.Release | None, releases.Release | None]:
    """The two releases to compare: those asked for, else the one in use with the one before it of its system."""
    if len(every) < 2:
        return None, None
    by_version = {r.version: r for r in every}
    new = by_version.get(asked.get("to", "")) or chosen or every[-1]
    others = [r for r in every if r != new]
    alike = [r for r in others if r.facts.get("system") == new.facts.get("system")]
    return by_version.get(asked.get("from", "")) or (alike or others)[-1], new


def _by_reason(found: Sequence[Exclusion]) -> list[dict[str, Any]]:
    """The codes left out, those of one group and reason together."""
    same = groupby(found, key=lambda e: (e.group, e.reason))
    return [{"group": group, "reason": reason, "codes": [e.code.code for e in es]} for (group, reason), es in same]


def _compared(old: releases.Release | None, new: releases.Release | None) -> dict[str, Any]:
    """What changed, or the sentence that says why it cannot be told."""
    if old is None or new is None:
        return {"changes": [], "differ": ""}
    try:
        found = releases.changes(old.read(), new.read())
    except UsageError as refusal:
        return {"changes": [], "differ": str(refusal)}
    rows = [
        {"group": c.group, "added": _some(c.added.values), "removed": _some(c.removed.values)}
        for c in found
    ]  # fmt: skip
    counts = {f"{what}_total": sum(r[what]["count"] for r in rows) for what in ("added", "removed")}
    return {"changes": rows, "differ": "", **counts}


def _some(codes: frozenset[str]) -> dict[str, Any]:
    return {"count": len(codes), "shown": ", ".join(sorted(codes)[:SHOWN]) + (" …" if len(codes) > SHOWN else "")}
