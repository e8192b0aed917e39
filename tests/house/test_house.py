"""The house keeps its own rules: layout, imports, clocks, SQL, what must never be committed, pages that are made."""

import ast
import re
import runpy
import subprocess
from pathlib import Path

import pytest

from carestead import cli, flow
from carestead.care.gaps import invariants, sets
from carestead.core.step import SetStep
from carestead.outputs import dictionary
from carestead.reference import load
from carestead.tables import all_tables

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "carestead"
PURE = ("record", "find", "assign", "care", "commission", "measure", "core", "tables", "reference")
FILES = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_pure_rooms_read_no_clock():
    clock = re.compile(r"\b(date\.today|datetime\.(now|utcnow)|time\.(time|monotonic|perf_counter))\(")
    read = [p for room in PURE for p in (SOURCE / room).rglob("*.py") if clock.search(p.read_text())]
    assert read == []


def test_sql_is_one_statement_with_nothing_pasted_in():
    wrong = []
    for path in SOURCE.rglob("*.sql"):
        text = re.sub(r"'[^']*'", "''", re.sub(r"--.*", "", path.read_text()))
        if " macro " in text:  # definitions that other files read, one a statement
            continue
        if text.strip().rstrip(";").count(";") or re.search(r"\{[a-z_]+\}|%s|%\(", text):
            wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize("step", [s for s in flow.steps() if isinstance(s, SetStep)], ids=lambda s: s.name)
def test_step_reads_what_it_says(step):
    """A table that the SQL names but the step does not declare would be missing on another engine."""
    undeclared = {
        name
        for name in re.findall(r"(?:from|join)\s+([a-z_][a-z_0-9]*)", re.sub(r"--.*", "", step.text()))
        if name not in step.reads and name not in {r.name for r in step.references}
    }
    local = set(re.findall(r"([a-z_0-9]+)\s+as\s+(?:materialized\s+)?\(", step.text()))
    assert undeclared - local - {"unnest", "range", "generate_series"} == set()


def test_every_score_has_its_reference_file_and_its_spec():
    """A SELECT may give a family of scores, each of which begins with its stem (cambridge, cambridge-mortality); or
    those of a folder of maps (icd10)."""
    selects = [p.stem for p in (SOURCE / "find" / "scores").glob("*.sql")]
    scores = [p.stem for p in (SOURCE / "reference" / "scores").glob("*.yaml")]
    folders = [p.name for p in (SOURCE / "reference").iterdir() if p.is_dir()]
    specs = {p.stem: p.read_text() for p in (ROOT / "tests" / "spec" / "find").rglob("test_*.py")}
    plain = [s.replace("-", "_") for s in scores]
    assert selects
    assert [s for s in selects if s not in folders and not any(p.startswith(s.replace("-", "_")) for p in plain)] == []
    told = [n.removeprefix("test_") for n in specs]
    silent = [s for s, p in zip(scores, plain, strict=True) if not any(p.startswith(name) for name in told)]
    assert [s for s in silent if not any(f'"{s}"' in text for text in specs.values())] == []


def test_every_payment_rule_has_its_reference_file_and_its_spec():
    rules = [p.stem for p in (SOURCE / "commission" / "payments").glob("*.py") if p.stem != "__init__"]
    assert rules
    assert [r for r in rules if not (SOURCE / "reference" / "payments" / f"{r}.yaml").exists()] == []
    assert [r for r in rules if not list((ROOT / "tests" / "spec" / "commission").rglob(f"test_{r}*.py"))] == []


def test_every_invariant_has_its_words_and_is_seen_to_be_broken_and_kept():
    """R1 to R24, each with one SELECT, words in the reference, and in the spec breaches that are found and near misses
    that are not."""
    from tests.spec.care.gaps import test_plans_and_people, test_promises, test_responsibility

    ids = [f"R{n}" for n in range(1, 25)]
    assert [i.id for i in invariants()] == ids
    assert list(load("care", "gaps")["invariants"]) == ids
    assert [i.id for i in invariants() if not (i.title and i.means and i.do and i.severity in ("harm", "doubt"))] == []
    specs = (test_plans_and_people, test_promises, test_responsibility)
    assert {case[0] for spec in specs for case in spec.FOUND} == set(ids)
    assert {case[0] for spec in specs for case in spec.NOT_FOUND} == set(ids)


@pytest.mark.parametrize("select", [*sets(), *(i.select for i in invariants())], ids=lambda s: s.name)
def test_invariant_reads_what_it_says(select):
    """Only tables that the first line names are laid out; it may name those behind a set as well."""
    sql = re.sub(r"--.*", "", select.sql)
    names = set(re.findall(r"\b(?:from|join)\s+([a-z_][a-z_0-9]*)", sql))
    behind = {table for made in sets() if made.name in names for table in made.reads}
    assert names & set(all_tables()) <= set(select.reads)
    assert set(select.reads) <= names | behind


def test_every_public_function_of_the_ground_floor_says_what_it_is():
    silent = []
    for path in [*(SOURCE / "core").rglob("*.py"), *(SOURCE / "tables").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not ast.get_docstring(node):
                silent.append(f"{path.name}:{node.name}")
    assert silent == []


def test_nothing_committed_names_a_registry_or_this_machine():
    hosts = re.compile(
        "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "/ho" + "me/[a-z]"])
    )
    named = [f for f in FILES if _is_text(ROOT / f) and hosts.search((ROOT / f).read_text())]
    assert named == []
    assert "uv.lock" not in FILES


def test_no_binary_or_shared_data_is_committed():
    binary = [f for f in FILES if not _is_text(ROOT / f)]
    assert binary == []


def test_data_dictionary_is_current():
    assert (ROOT / "docs" / "data-dictionary.md").read_text() == dictionary.page()


@pytest.mark.parametrize("chapter", ["find"])
def test_the_manual_is_what_the_tests_say(chapter):
    made = runpy.run_path(str(ROOT / "tools" / "manual.py"))["page"](chapter)
    assert (ROOT / "docs" / "manual" / f"{chapter}.md").read_text() == made


def test_every_verb_is_in_the_manual_of_the_command_line():
    manual = (ROOT / "docs" / "cli.md").read_text()
    verbs = cli.group.list_commands(None)
    assert [v for v in verbs if f"`carestead {v}" not in manual] == []


def test_every_dependency_has_its_line_of_reason():
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[tool.hatch")]
    names = re.findall(r'"([a-zA-Z0-9-]+)(?:\[[a-z]+\])?[><=]', block)
    assert len(names) > 20
    assert [n for n in names if f"| {n.lower()} |" not in reasons] == []


def _is_text(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True
