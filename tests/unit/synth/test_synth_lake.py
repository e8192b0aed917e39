"""The lake keeps every contract and is sorted as its tables say."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from carestead import synth
from carestead.synth.group import GROUP, group
from carestead.synth.lake_codes import vocabulary
from carestead.tables import table
from carestead.tables.check import breaches_sql, findings

AS_OF = date(2026, 3, 31)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """Two thousand people in three buckets."""
    out = tmp_path_factory.mktemp("lake")
    with duckdb.connect() as con:
        return out, synth.lake(con, out, people=2_000, seed=4, as_of=AS_OF, buckets=3, events_per_person=40)


def test_every_part_keeps_its_contract_and_order(lake: tuple[Path, dict[str, int]]) -> None:
    out, counts = lake
    with duckdb.connect() as con:
        for name in counts:
            for part in (out / name).glob("*.parquet"):
                spec, rows = table(name), con.read_parquet(str(part))
                assert tuple(rows.columns) == spec.names()
                assert [str(t) for t in rows.types] == list(spec.types().values())
                found = con.sql(breaches_sql(spec, "rows")).fetchall()[0]
                names = con.sql(breaches_sql(spec, "rows")).columns
                assert not findings(spec, dict(zip(names, found, strict=True))), name
                order = con.sql(f"select {', '.join(spec.order)} from rows").fetchall()
                assert order == sorted(order, key=lambda r: tuple((v is None, v) for v in r)), name


def test_people_are_dense_and_whole_within_their_bucket(lake: tuple[Path, dict[str, int]]) -> None:
    out, counts = lake
    assert counts["person"] == 2_000
    with duckdb.connect() as con:
        ids = con.sql(f"select person_id from '{out}/person/*.parquet' order by 1").fetchall()
        assert ids == [(i,) for i in range(2_000)]
        for name in ("event", "encounter", "medication", "diagnosis", "registration"):
            for bucket in range(3):
                part = out / name / f"bucket={bucket:03d}.parquet"
                assert con.sql(f"select count(*) from '{part}' where person_id % 3 <> {bucket}").fetchall() == [(0,)]


def test_events_are_as_many_as_asked_and_none_is_in_the_future(lake: tuple[Path, dict[str, int]]) -> None:
    out, counts = lake
    assert counts["event"] / 2_000 == pytest.approx(40, rel=0.03)
    with duckdb.connect() as con:
        latest, unknown = con.sql(
            f"select max(date), count(*) filter (where code_id not in (select code_id from '{out}/code/*.parquet'))"
            f" from '{out}/event/*.parquet'"
        ).fetchall()[0]
    assert latest <= AS_OF
    assert unknown == 0


def test_diagnoses_belong_to_admissions_of_the_same_person_and_day(lake: tuple[Path, dict[str, int]]) -> None:
    out, counts = lake
    with duckdb.connect() as con:
        joined = con.sql(
            f"select count(*) from '{out}/diagnosis/*.parquet' d join '{out}/encounter/*.parquet' e"
            " on d.encounter_key = e.row_key and d.person_id = e.person_id and d.date = e.start_date"
            " where e.kind = 'admission'"
        ).fetchall()[0]
    assert joined == (counts["diagnosis"],)


def test_equal_seeds_give_equal_parts(lake: tuple[Path, dict[str, int]], tmp_path: Path) -> None:
    out, _ = lake
    with duckdb.connect() as con:
        synth.lake(con, tmp_path, people=2_000, seed=4, as_of=AS_OF, buckets=3, events_per_person=40)
        for name in ("event", "encounter"):
            part = f"{name}/bucket=001.parquet"
            assert con.sql(f"(from '{out / part}') except all (from '{tmp_path / part}')").fetchall() == []
    hashes = [hashlib.sha256((d / "event" / "bucket=001.parquet").read_bytes()).hexdigest() for d in (out, tmp_path)]
    assert hashes[0] == hashes[1]


def test_many_practices_are_of_several_groups_with_coordinators_each() -> None:
    tables = vocabulary().area_tables(group(4, 450_000, AS_OF), AS_OF, [{"person": 1}])
    of, staff = tables["organisation"], tables["practitioner"]
    sizes = Counter(of["group_code"][of["kind"] == "practice"])
    assert sorted(sizes.values()) == [16, 17, 17]
    assert set(sizes) == set(of["organisation_code"][of["kind"] == "group"])
    assert set(staff["organisation_code"][staff["role"] == "care-coordinator"]) == set(sizes)
    alone = vocabulary().area_tables(group(4, 150_000, AS_OF), AS_OF, [{"person": 1}])["organisation"]
    assert list(alone["organisation_code"][alone["kind"] == "group"]) == [GROUP]
