"""The flow over deliveries made by hand: what is replaced, what stays, what is made again."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from carestead import flow, results
from carestead.core.area import Area, create_area, open_area
from carestead.core.finding import BusyError, UsageError
from carestead.engines.duckdb import DuckDB
from carestead.engines.spark_cluster import local_cluster
from tests.deliver import deliver

pytestmark = pytest.mark.slow
AS_OF = date(2026, 3, 31)


def someone(n: int) -> dict[str, object]:
    return {
        "source_person_id": f"p{n:03d}",
        "family_name": f"Family{n}",
        "given_name": "Given",
        "birth_date": date(1930 + n % 60, 1 + n % 12, 1 + n % 28),
        "sex": "female" if n % 2 else "male",
    }


def fact(n: int, key: str | None, code: str = "38341003", day: date = date(2025, 5, 5)) -> dict[str, object]:
    return {
        "source_person_id": f"p{n:03d}", "date": day, "code_system": "snomed", "code": code, "kind": "condition",
        "source_row_key": key,
    }  # fmt: skip


PRACTICE = {"organisation_code": "A81001", "kind": "practice", "name": "Elm", "source_row_key": "o1"}


@pytest.fixture
def area(tmp_path: Path) -> Area:
    made = create_area(tmp_path / "area", name="test", people=40, synthetic=True)
    people = [someone(n) for n in range(40)]
    registrations = [
        {"source_person_id": p["source_person_id"], "practice_code": "A81001", "start_date": date(2020, 1, 1)}
        for p in people
    ]
    facts = [fact(n % 40, f"e{n}", code=str(100 + n % 7)) for n in range(400)]
    tables = {"patient": people, "registration": registrations, "event": facts, "organisation": [PRACTICE]}
    deliver(made, "elm", tables, sequence=1)
    return made


def run(area: Area, **options: object) -> flow.Run:
    return flow.run(area, as_of=AS_OF, engine=DuckDB(area.scratch), **options)  # type: ignore[arg-type]


def codes_of(area: Area, person: str) -> list[str]:
    sql = """select c.code from event e join code c using (code_id) join link l using (person_id)
             where l.source_person_id = $who order by c.code"""
    with results.latest(area) as snapshot:
        return [r["code"] for r in snapshot.rows(sql, ("event", "code", "link"), who=person)]


def test_everything_delivered_is_published(area: Area):
    manifest = run(area).manifest
    assert {t: manifest.rows(t) for t in ("patient", "event", "person", "link", "code")} == {
        "patient": 40, "event": 400, "person": 40, "link": 40, "code": 7,
    }  # fmt: skip


def test_the_same_again_makes_nothing_and_gives_the_same_snapshot(area: Area):
    first, again = run(area), run(area)
    assert again.made == ()
    assert again.manifest.id == first.manifest.id


def test_a_record_sent_again_replaces_what_it_said_whole(area: Area):
    run(area)
    before = codes_of(area, "p003")
    sent_again = [fact(3, "e3", code="999") | {"source_row": 1}, fact(3, "e3", code="998") | {"source_row": 1}]
    deliver(area, "elm", {"event": sent_again}, sequence=2)
    run(area)
    assert sorted([*codes_of(area, "p003"), "103"]) == sorted([*before, "998", "999"])


def test_the_same_id_at_another_source_is_another_record(area: Area):
    deliver(area, "oak", {"patient": [someone(3)], "event": [fact(3, "e3", code="777")]}, sequence=2)
    manifest = run(area).manifest
    assert manifest.rows("event") == 401


def test_new_records_touch_only_their_bucket(area: Area):
    run(area)
    deliver(area, "elm", {"event": [fact(5, "new", code="101")]}, sequence=2)
    made = run(area).made
    with results.latest(area) as snapshot:
        person = snapshot.rows("select person_id from link where source_person_id = 'p005'", ("link",))[0]["person_id"]
        bucket = snapshot.bucket(person)
    assert {r.bucket for r in made if r.bucket is not None} == {bucket}


def test_rows_about_somebody_without_a_patient_record_are_kept(area: Area):
    deliver(area, "elm", {"event": [fact(77, "orphan")]}, sequence=2)
    manifest = run(area).manifest
    assert manifest.rows("event") == 401
    assert manifest.rows("link") == 41
    with results.latest(area) as snapshot:
        found = snapshot.rows("from finding where code = 'record.no-patient'", ("finding",))
    assert [(f["where"], f["count"], f["example"]) for f in found] == [("elm", 1, "p077")]


def test_codes_and_people_keep_their_numbers_when_more_arrive(area: Area):
    run(area)
    with results.latest(area) as snapshot:
        codes, people = snapshot.rows("from code", ("code",)), snapshot.rows("from link", ("link",))
    deliver(area, "ash", {"patient": [someone(900)], "event": [fact(900, "x", code="1")]}, sequence=2)
    run(area)
    with results.latest(area) as snapshot:
        assert [c for c in snapshot.rows("from code order by code_id", ("code",)) if c["code"] != "1"] == codes
        links = snapshot.rows("from link", ("link",))
    numbers = {(r["source_id"], r["source_person_id"]): r["person_id"] for r in links}
    assert {k: numbers[k] for k in [(r["source_id"], r["source_person_id"]) for r in people]} == {
        (r["source_id"], r["source_person_id"]): r["person_id"] for r in people
    }


def test_a_broken_contract_is_a_finding_not_a_crash(area: Area):
    deliver(area, "elm", {"event": [fact(5, "odd") | {"kind": "rumour"}]}, sequence=2)
    run(area)
    with results.latest(area) as snapshot:
        found = snapshot.rows("""from finding where code = 'contract.allowed'""", ("finding",))
    assert [(f["where"], f["count"]) for f in found] == [("event.kind", 1)]


def test_a_decision_about_a_number_nobody_has_is_told(area: Area):
    decided = [{"person_id": n, "kind": "accepted", "decided_on": AS_OF} for n in (3, 4711)]
    run(area, decisions={"decision": decided})
    with results.latest(area) as snapshot:
        found = snapshot.rows("from finding where code = 'decision.about-nobody'", ("finding",))
        kept = snapshot.rows("select person_id from decision order by person_id", ("decision",))
    assert [(f["count"], f["example"]) for f in found] == [(1, "4711")]
    assert [r["person_id"] for r in kept] == [3, 4711]


def test_a_half_written_part_is_made_again(area: Area):
    first = run(area).manifest
    part = Path(first.paths("event")[0])
    Path(f"{part}.json").unlink()
    part.write_bytes(part.read_bytes()[:100])
    again = run(area)
    assert [r.path for r in again.made if r.table == "event"] == [str(part)]
    assert again.manifest.id == first.id


def test_an_older_snapshot_can_still_be_read(area: Area):
    first = run(area).manifest
    deliver(area, "elm", {"event": [fact(5, "new")]}, sequence=2)
    second = run(area).manifest
    with results.at(area, first.id) as then, results.latest(area) as now:
        assert (then.count("event"), now.count("event")) == (400, 401)
    assert first.id != second.id


def test_a_folder_may_have_an_apostrophe_in_its_name(area: Area, tmp_path: Path):
    first = run(area).manifest
    shutil.copytree(area.path, tmp_path / "O'Brien's", ignore=shutil.ignore_patterns("lake"))
    moved = open_area(tmp_path / "O'Brien's")
    assert run(moved).manifest.id == first.id
    with results.latest(moved) as snapshot:
        assert snapshot.rows("select count(*) as n from event", ("event",)) == [{"n": 400}]


def test_two_writers_at_once_are_refused(area: Area):
    with area.lock("an ingest"), pytest.raises(BusyError, match="an ingest"):
        run(area)


def test_an_empty_area_says_what_to_type(tmp_path: Path):
    empty = create_area(tmp_path / "empty", name="empty")
    with pytest.raises(UsageError, match="carestead ingest"):
        run(empty)
    with pytest.raises(UsageError, match="carestead init"):
        open_area(tmp_path / "nowhere")


@pytest.fixture
def made_up(made_up_area: Path, tmp_path: Path) -> Area:
    """A copy of the made-up area of 1,000 people, published."""
    shutil.copytree(made_up_area, tmp_path / "made-up")
    return open_area(tmp_path / "made-up")


def test_the_number_of_workers_changes_nothing(made_up: Area):
    before = results.latest(made_up).manifest
    shutil.rmtree(made_up.lake)
    alone = flow.run(made_up, as_of=AS_OF, engine=DuckDB(made_up.scratch, workers=1)).manifest
    assert [p.identity for p in alone.parts] == [p.identity for p in before.parts]


@pytest.mark.spark
def test_a_cluster_gives_the_same_rows_even_when_a_worker_dies(made_up: Area, tmp_path: Path):
    from carestead.engines.spark import Spark

    area = made_up
    here = run(area).manifest
    with results.latest(area) as snapshot:
        rows_here = snapshot.rows("from event order by all", ("event",))
    for part in here.parts:
        Path(f"{part.path}.json").unlink(missing_ok=True)
    killed: list[str] = []

    def lose_a_worker(label: str, done: int, total: int) -> None:
        if label.startswith("Sorting") and not killed:
            killed.append(label)
            cluster.kill_worker(0)

    with local_cluster(tmp_path / "spark") as cluster:
        engine = Spark(area.scratch, master=cluster.url)
        try:
            there = flow.run(area, as_of=AS_OF, engine=engine, progress=lose_a_worker)
        finally:
            engine.close()
    assert killed
    assert {r.engine for r in there.made if r.bucket is not None} == {"spark"}
    assert [p.identity for p in there.manifest.parts] == [p.identity for p in here.parts]
    with results.latest(area) as snapshot:
        assert snapshot.rows("from event order by all", ("event",)) == rows_here
