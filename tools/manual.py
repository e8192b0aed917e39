"""The manual's chapters, made of the specification tests: a folder is a chapter, a file a section, a test a paragraph.

`python tools/manual.py` writes `docs/manual/<room>.md`; a test of the house fails when a page is out of date.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
SPEC, MANUAL = ROOT / "tests" / "spec", ROOT / "docs" / "manual"
SCORES = ROOT / "src" / "carestead" / "reference" / "scores"
NOT_SECTIONS = ("test_against_", "test_properties")
"""Tests that compare with a slow answer on made-up people: they show no example."""
LONGEST = 30
"""Lines of a test that is printed as it stands."""
CHAPTERS = {"find": "Finding people: what each rule does, by example"}


def page(room: str) -> str:
    """The chapter of one room, as Markdown."""
    made = f"Made of `tests/spec/{room}` by `python tools/manual.py`: every paragraph is a test that runs."
    head = f"# {CHAPTERS[room]}\n\n{made}\n"
    found = (p for p in (SPEC / room).rglob("test_*.py") if not p.stem.startswith(NOT_SECTIONS))
    files = sorted(found, key=lambda p: (p.parent.name, p.name))
    return "\n".join([head, *(line for file in files for line in _section(file))])


def _section(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    yield f"## {(ast.get_docstring(tree) or file.stem).splitlines()[0].rstrip('.')}\n"
    yield from _facts(_scores(tree) or [file.stem.removeprefix("test_") + "*"])
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from _paragraph(node, ast.get_source_segment(file.read_text(encoding="utf-8"), node) or "")


def _scores(tree: ast.Module) -> list[str]:
    """The scores that a file names in `SCORES`, where its own name is not a score's."""
    named = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "SCORES"]
    return [score for value in named for score in ast.literal_eval(value)]


def _facts(patterns: list[str]) -> Iterator[str]:
    """What is published of the scores of a section, from their reference files."""
    for path in (p for pattern in patterns for p in sorted(SCORES.glob(f"{pattern.replace('_', '?')}.yaml"))):
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        bands = f" Bands: {', '.join(_band(b) for b in facts['bands'])}." if facts.get("bands") else ""
        source = " ".join(facts["source"].split())
        yield f"**{facts['title']}** (`{facts['id']}`); unit: {facts['unit']}.{bands} Source: {source}\n"
        yield from (f"- {' '.join(note.split())}" for note in facts.get("notes", ()))
        yield ""


def _band(band: dict[str, Any]) -> str:
    end = f" below {band['below']:g}" if "below" in band else f" up to {band['up_to']:g}" if "up_to" in band else ""
    return f"{band['name']}{end}"


def _paragraph(test: ast.FunctionDef, source: str) -> Iterator[str]:
    said = test.name.removeprefix("test_").replace("_", " ")
    more = ast.get_docstring(test)
    yield f"**{said[:1].upper()}{said[1:]}.**" + (f" {' '.join(more.split())}" if more else "") + "\n"
    tables = [t for mark in test.decorator_list if (t := _examples(mark, source))]
    for table in tables:
        yield from [*table, ""]
    lines = source.count("\n") + 1
    if not tables and lines <= LONGEST:
        yield from ["```python", source, "```", ""]


def _examples(mark: ast.expr, source: str) -> list[str]:
    """A parametrised test's examples as a table; none for what is no plain list of literals."""
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("parametrize") and len(mark.args) >= 2):
        return []
    try:
        names, rows = (ast.literal_eval(a) for a in mark.args[:2])
    except ValueError:
        return []
    names = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
    rows = [row if len(names) > 1 else (row,) for row in rows]
    head = [f"| {' | '.join(n.replace('_', ' ') for n in names)} |", "|---" * len(names) + "|"]
    return [*head, *(f"| {' | '.join(_cell(v) for v in row)} |" for row in rows)]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, set):
        return _cell(sorted(value, key=str))
    if isinstance(value, list | tuple):
        return ", ".join(_cell(v) for v in value) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_cell(v)}" for k, v in value.items()) or "nothing"
    return str(value).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    MANUAL.mkdir(parents=True, exist_ok=True)
    for room in sys.argv[1:] or CHAPTERS:
        (MANUAL / f"{room}.md").write_text(page(room), encoding="utf-8")
