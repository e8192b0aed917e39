"""Every heading of the PRSB's standards has a home in carestead, or a reason why it has none; and each home exists."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from carestead import reference
from carestead.care.headings import PARTS
from carestead.tables import all_tables

STANDARDS = {
    "prsb-pcsp-2": "PersonalisedCSP.json.gz",
    "prsb-about-me": "AboutMe.json.gz",
    "prsb-cis-2": "CoreInformationStandard.json.gz",
}
KEPT_ABOVE = {
    "Coded value", "Free text", "Date", "Location", "Performing professional", "Person completing record", "Comment",
    "Comments",
}  # fmt: skip
"""Headings that recur below others, and say of them when, where, by whom, or in which code."""

Path_ = tuple[str, ...]


def published(folder: Path, name: str) -> dict[Path_, set[str]]:
    """Each heading of a standard, without the wrappers called `... entry`, and how it is marked: `M 1..1`."""
    with gzip.open(folder / "prsb-standards" / STANDARDS[name]) as file:
        concepts = json.load(file)["dataset"][0]["concept"]
    found: dict[Path_, set[str]] = {}
    for path, marked in _walk(concepts, ()):
        found.setdefault(path, set()).add(marked)
    return found


def _walk(concepts: list, above: Path_) -> Iterator[tuple[Path_, str]]:
    for c in concepts:
        name = re.sub(r"\s+", " ", c["name"]).strip()
        here = above if re.search(r" (entry|cluster)$", name) else (*above, name)
        yield here, f"{c.get('mro') or 'O'} {c['minimumMultiplicity']}..{c['maximumMultiplicity']}"
        yield from _walk(c.get("concept", []), here)


def homes(name: str) -> dict[Path_, dict[str, str]]:
    """What our file says of each heading, with what it shares with another."""
    said = reference.load("care", name)
    own = {tuple(path.split(" > ")): home for path, home in said["headings"].items()}
    shared = homes(said["shared_with"]) if "shared_with" in said else {}
    return {path: home for path, home in shared.items() if path[0] in said["shared"]} | own


def home_of(path: Path_, known: dict[Path_, dict[str, str]]) -> dict[str, str] | None:
    """The home of a heading: its own, or that of the nearest one above."""
    return next((known[path[:n]] for n in range(len(path), 0, -1) if path[:n] in known), None)


def exists(home: str) -> bool:
    """Whether there is such a column, field of a model, or heading of a plan's text."""
    if "/" in home:
        part, heading = home.split("/")
        return any(p.id == part and p.heading(heading) for p in PARTS)
    thing, name = home.split(".")
    if thing[0].islower():
        return thing in all_tables() and name in all_tables()[thing].names()
    models = [m for m in apps.get_models() if m.__name__ == thing]
    return any(name in {f.name for f in m._meta.get_fields()} for m in models)


@pytest.mark.parametrize("name", STANDARDS)
def test_every_heading_of_the_standard_has_a_home_or_a_reason(shared_data, name):
    headings, known = published(shared_data, name), homes(name)
    assert len(headings) > 50
    assert [path for path in headings if home_of(path, known) is None] == []


@pytest.mark.parametrize(("name", "depth"), [("prsb-pcsp-2", 9), ("prsb-cis-2", 2)])
def test_headings_are_placed_one_by_one(shared_data, name, depth):
    """Each heading of the plan's standard, and each section of the core standard with what is directly in it, is named
    in our file; only what recurs, and finer parts of the core standard, go with what they are part of."""
    known = homes(name)
    alone = [p for p in published(shared_data, name) if len(p) <= depth and not KEPT_ABOVE & set(p[1:])]
    assert [p for p in alone if p not in known] == []


@pytest.mark.parametrize("name", STANDARDS)
def test_our_file_names_headings_as_published_and_no_others(shared_data, name):
    headings = published(shared_data, name)
    said = {tuple(p.split(" > ")): h["is"] for p, h in reference.load("care", name)["headings"].items()}
    assert {p: marked for p, marked in said.items() if marked not in headings.get(p, set())} == {}


@pytest.mark.parametrize("name", STANDARDS)
def test_every_home_exists(name):
    known = homes(name)
    assert all(("home" in h) != ("not_held" in h) for h in known.values())
    assert {h["home"] for h in known.values() if "home" in h and not exists(h["home"])} == set()


def test_every_heading_of_a_plans_text_answers_the_standard():
    """Nothing is asked of whoever writes a plan that the standard does not ask."""
    asked = {f"{part.id}/{heading.id}" for part in PARTS for heading in part.headings}
    answered = {h.get("home") for name in STANDARDS for h in homes(name).values()}
    assert asked - answered == {
        "plan/needs-concerns-or-problems"
    }  # needs that no goal answers: Goal.need has the others
