"""The command line as somebody types it: from nothing to the rows behind a number, and each refusal."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from carestead.cli import main

pytestmark = pytest.mark.slow
AS_OF = "2026-03-31"


def typed(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of `carestead words`."""
    capsys.readouterr()
    code = 0
    try:
        main([str(w) for w in words])
    except SystemExit as ended:
        code = int(ended.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture(scope="module")
def neighbourhood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An area of 600 made-up people, made by the commands of the README."""
    folder = tmp_path_factory.mktemp("cli")
    main(["synth", "--people", "600", "--seed", "3", "--as-of", AS_OF, "--out", str(folder / "sources")])
    main(["init", "--area", str(folder / "area"), "--people", "600", "--synthetic"])
    main(["ingest", "--area", str(folder / "area"), str(folder / "sources"), "--delivered-on", AS_OF])
    main(["run", "--area", str(folder / "area"), "--as-of", AS_OF])
    return folder


def test_synth_again_is_safe_and_other_people_are_refused(neighbourhood: Path, capsys):
    again = typed(capsys, "synth", "--people", 600, "--seed", 3, "--as-of", AS_OF, "--out", neighbourhood / "sources")
    other = typed(capsys, "synth", "--people", 700, "--seed", 3, "--as-of", AS_OF, "--out", neighbourhood / "sources")
    assert again[0] == 0
    assert "already holds" in again[1]
    assert other[0] == 2
    assert "holds other people" in other[2]


def test_ingest_again_reads_nothing_twice(neighbourhood: Path, capsys):
    code, out, _ = typed(capsys, "ingest", "--area", neighbourhood / "area", neighbourhood / "sources", "--json")
    said = json.loads(out)
    assert code == 0
    for source in said["sources"]:
        for counts in source["types"].values():
            assert counts["read"] == counts["loaded"] + counts["ignored"] + counts["quarantined"]


def test_run_again_makes_nothing(neighbourhood: Path, capsys):
    code, out, _ = typed(capsys, "run", "--area", neighbourhood / "area", "--as-of", AS_OF, "--json")
    assert code == 0
    assert json.loads(out)["made"] == 0


def test_show_gives_the_same_rows_in_every_format(neighbourhood: Path, capsys, tmp_path: Path):
    area = neighbourhood / "area"
    rows = json.loads(typed(capsys, "show", "person", "--area", area, "--format", "json")[1])
    table = list(csv.DictReader(io.StringIO(typed(capsys, "show", "person", "--area", area, "--format", "csv")[1])))
    typed(capsys, "show", "person", "--area", area, "--format", "parquet", "--out", tmp_path / "p.parquet")
    parquet = pq.read_table(tmp_path / "p.parquet").to_pylist()
    assert len(rows) == len(table) == len(parquet) > 500
    assert [r["person_id"] for r in rows] == [int(r["person_id"]) for r in table] == [r["person_id"] for r in parquet]
    code, out, _ = typed(capsys, "show", "person", "--area", area, "--limit", 3)
    assert code == 0
    assert f"3 of {len(rows):,} rows" in out


def test_explain_adds_up_to_the_score(neighbourhood: Path, capsys):
    area = neighbourhood / "area"
    scores = json.loads(typed(capsys, "show", "score", "--area", area, "--format", "json")[1])
    most = max((s for s in scores if s["score"] == "efi"), key=lambda s: s["value"])
    code, out, _ = typed(capsys, "explain", most["person_id"], "efi", "--area", area)
    assert code == 0
    assert str(int(most["value"])) in out
    assert most["band"] in out


def test_doctor_is_content_and_says_when_a_part_is_gone(neighbourhood: Path, capsys):
    area = neighbourhood / "area"
    assert typed(capsys, "doctor", "--area", area)[0] == 0
    part = next((area / "lake" / "parts" / "practice").glob("*.parquet"))
    kept = part.read_bytes()
    part.unlink()
    code, out, _ = typed(capsys, "doctor", "--area", area)
    part.write_bytes(kept)
    assert code == 1
    assert "1 missing" in out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("show", "persons"), 2, "There are: "),
        (("show", "code", "--person", "3"), 2, "Leave --person out"),
        (("show", "person", "--format", "parquet"), 2, "--out person.parquet"),
        (("show", "person", "--snapshot", "abc"), 2, "Kept are: "),
        (("explain", "3", "luck"), 2, "charlson-1987, "),
        (("explain", "999999", "efi"), 2, "nobody with the number 999999"),
        (("run", "--as-of", "31/03/2026"), 2, "type it as 2026-03-31"),
        (("run", "--engine", "spark"), 2, "--spark-master"),
        (("ingest", "/no/such/folder"), 3, "/no/such/folder"),
    ],
)
def test_refusals_say_what_to_type(neighbourhood: Path, capsys, words, code, says):
    found = typed(capsys, *words, "--area", neighbourhood / "area")
    assert found[0] == code
    assert says in found[2]
    assert "Traceback" not in found[2]


def test_a_folder_that_is_no_area_is_refused(tmp_path: Path, capsys):
    for verb in (("run",), ("show", "person"), ("ingest", str(tmp_path))):
        code, _, err = typed(capsys, *verb, "--area", tmp_path)
        assert code == 2
        assert "carestead init" in err


def test_linking_two_files(tmp_path: Path, capsys):
    people = ["ann,ashe,1950-01-02,AB1 2CD", "bob,birch,1961-03-04,EF3 4GH", "cat,cedar,1972-05-06,IJ5 6KL"]
    for name, rows in (("a", people), ("b", [people[2], people[0], "dan,dogwood,1983-07-08,MN7 8OP"])):
        (tmp_path / f"{name}.csv").write_text("\n".join(["g,f,born,pc", *rows]) + "\n")
    columns = ("--map", "given_name=g", "--map", "family_name=f", "--map", "birth_date=born", "--map", "postcode=pc")
    out = tmp_path / "pairs.csv"
    code, said, _ = typed(capsys, "link", tmp_path / "a.csv", tmp_path / "b.csv", *columns, "--out", out)
    pairs = {(r["id_left"], r["id_right"]) for r in csv.DictReader(out.read_text().splitlines())}
    assert code == 0
    assert pairs == {("1", "2"), ("3", "1")}
    assert "2 pairs linked" in said
    code, _, err = typed(capsys, "link", tmp_path / "a.csv", "--map", "given_name=nosuch")
    assert code == 2
    assert "nosuch" in err


def test_segments_of_your_own(neighbourhood: Path, tmp_path: Path, capsys):
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: halves-1\ntitle: Old and young\nsource: this test\nsegments:\n"
        "  - {id: old, title: Old, any: [{age_at_least: 65}]}\n  - {id: young, title: Young, everybody: true}\n"
    )
    assert "65 or more years old" in typed(capsys, "segments", own)[1]
    assert "1. Die well (die-well)" in typed(capsys, "segments")[1]
    typed(capsys, "run", "--area", neighbourhood / "area", "--as-of", AS_OF, "--segments", own)
    ours = typed(capsys, "show", "segment", "--area", neighbourhood / "area", "--format", "csv")[1]
    typed(capsys, "run", "--area", neighbourhood / "area", "--as-of", AS_OF)
    shipped = typed(capsys, "show", "segment", "--area", neighbourhood / "area", "--format", "csv")[1]
    assert {r["segment"] for r in csv.DictReader(io.StringIO(ours))} == {"old", "young"}
    assert "stay-well" in {r["segment"] for r in csv.DictReader(io.StringIO(shipped))}


@pytest.mark.parametrize(
    ("text", "says"), [("a: [", "is not YAML"), ("- 1", "holds no rule set"), ("id: x", "no list of")]
)
def test_segments_that_cannot_be_right_are_refused(tmp_path: Path, capsys, text: str, says: str):
    (tmp_path / "own.yaml").write_text(text)
    code, _, err = typed(capsys, "segments", tmp_path / "own.yaml")
    assert code == 3
    assert says in err
