"""The register from one day to the next: compared with the newest earlier one, and the same when run again."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from carestead import flow, results
from carestead.cli import run as cli_run
from carestead.cli import show
from carestead.core.area import Area, create_area
from carestead.core.purpose import Purpose
from carestead.engines import lake
from carestead.engines.duckdb import DuckDB, connect
from carestead.engines.earlier import register_before
from carestead.find.register.place import place_step
from carestead.sources import ingest
from tests.deliver import deliver

pytestmark = pytest.mark.slow
NAMES = ("Abara Agnes", "Cottle Dilip", "Dzamonja Edith", "Grzelak Frank", "Iqbal Harold", "Jorvik Ines")
THEN, NOW = date(2026, 3, 24), date(2026, 3, 31)


def patient(n: int, died: date | None = None) -> dict:
    family, given = NAMES[n - 1].split()
    return {
        "source_person_id": f"p{n}", "source_row_key": f"p{n}", "family_name": family, "given_name": given,
        "birth_date": date(1930 + 2 * n, n, 3 * n), "sex": "female", "death_date": died,
    }  # fmt: skip


def stay(n: int, times: int) -> list[dict]:
    return [
        {
            "source_person_id": f"p{n}", "source_row_key": f"s{n}-{t}", "kind": "admission", "method": "emergency",
            "start_date": date(2025, 6 + t, 1), "end_date": date(2025, 6 + t, 3),
        }
        for t in range(times)
    ]  # fmt: skip


@pytest.fixture
def area(tmp_path: Path) -> Area:
    made = create_area(tmp_path / "area", name="test", people=40, synthetic=True)
    people = range(1, 7)
    tables = {
        "patient": [patient(n) for n in people],
        "registration": [
            {"source_person_id": f"p{n}", "practice_code": "A81001", "start_date": date(2020, 1, 1)} for n in people
        ],
        "encounter": [row for n in (1, 2, 3) for row in stay(n, 5 - n)],
    }
    deliver(made, "elm", tables, sequence=1)
    return made


def run(area: Area, day: date) -> lake.Manifest:
    instead = {"register_place": place_step(3)}
    return flow.run(area, as_of=day, engine=DuckDB(area.scratch), instead=instead).manifest


def changes(area: Area) -> dict[str, tuple[str, str, str]]:
    """What became of each person, by their id at the practice."""
    sql = """select source_person_id, change, cause, because from register_change join link using (person_id)"""
    with results.latest(area) as snapshot:
        rows = snapshot.rows(sql, ("register_change", "link"))
    return {r["source_person_id"]: (r["change"], r["cause"], r["because"]) for r in rows}


def test_why_somebody_left_is_told_the_next_day_and_again(area: Area):
    run(area, THEN)
    assert {p: c[:2] for p, c in changes(area).items()} == dict.fromkeys(["p1", "p2", "p3"], ("entered", "chosen"))
    deliver(area, "elm", {"patient": [patient(1, died=date(2026, 3, 28))], "encounter": stay(4, 2)}, sequence=2)
    first = run(area, NOW)
    told = changes(area)
    assert told["p1"] == ("left", "died", "Died on 28 March 2026")
    assert (told["p2"][:2], told["p4"][:2]) == (("stayed", "stays"), ("entered", "chosen"))
    again = run(area, NOW)
    assert again.id == first.id


def test_the_earlier_register_is_remembered_when_its_snapshot_is_kept_no_longer(area: Area):
    earlier = run(area, THEN)
    run(area, NOW)
    before = register_before(area, NOW)
    (area.lake / "manifests" / f"{earlier.id}.json").unlink()
    assert register_before(area, NOW) == before
    assert before.rows == 3


def test_a_register_of_a_release_before_can_be_compared_with(area: Area):
    """It had no states and no lists."""
    earlier = run(area, THEN)
    (path,) = earlier.paths("register_entry")
    columns = "person_id, rank, rule, priority, reasons, practice_code"
    old = path.replace("register-area", "old-area")
    connect().execute(f"copy (select {columns} from read_parquet('{path}')) to '{old}' (format parquet)")
    manifest = area.lake / "manifests" / f"{earlier.id}.json"
    manifest.write_text(manifest.read_text().replace(Path(path).name, Path(old).name))
    run(area, NOW)
    assert {c[:2] for c in changes(area).values()} == {("stayed", "stays")}


def test_a_cleaned_list_of_the_national_service_is_read(tmp_path: Path, area: Area):
    """The whole way: a file of the service, ingested, and who may be used for planning."""
    deliver(area, "elm", {"patient": [patient(n) | {"nhs_number": f"999000{n:04d}"} for n in range(1, 7)]}, sequence=2)
    folder = tmp_path / "ndo"
    folder.mkdir()
    (folder / "source.yaml").write_text("name: ndo\nkind: other\nformat: extract\nmap: national-data-opt-out\n")
    (folder / "cleaned-2026-03.csv").write_text("NHSNumber\n999 000 0001\n9990000002\n\n")
    ingest(connect, area.path, [folder], delivered_on=NOW)
    run(area, NOW)
    with results.latest(area) as snapshot:
        rows = snapshot.rows("select * from opt_out", ("opt_out",))
        people = {r["source_person_id"]: r["person_id"] for r in snapshot.rows("from link", ("link",))}
    out = {r["person_id"] for r in rows if r["purpose"] == Purpose.PLANNING}
    assert {p for p, n in people.items() if n not in out} == {"p1", "p2"}
    said = ["person", "--area", str(area.path), "--format", "json", "--purpose"]
    shown = {p: json.loads(CliRunner().invoke(show.command, [*said, p]).stdout) for p in Purpose}
    assert {p: len(rows) for p, rows in shown.items()} == {"direct-care": 6, "planning": 2, "research": 2}


def test_the_number_of_places_can_be_typed(area: Area):
    done = CliRunner().invoke(cli_run.command, ["--area", str(area.path), "--as-of", "2026-03-31", "--capacity", "1"])
    assert done.exit_code == 0, done.output
    with results.latest(area) as snapshot:
        assert snapshot.count("register_entry") == 1
