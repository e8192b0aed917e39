"""The made-up hospital, and what a race of one pass against others says of itself."""

import pandas as pd
import pytest

from carestead.bench import diagnoses
from carestead.bench.hospital import hospital_area
from carestead.bench.measure import Setting, Timed
from carestead.engines import lake
from carestead.engines.duckdb import connect
from carestead.find.diagnoses.diagnosis_scores import prefix_table


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    """Of 2,000 people."""
    return hospital_area(Setting(2_000, tmp_path_factory.mktemp("bench")))


def test_a_hospital_has_ten_diagnoses_a_person_and_keeps_its_contract(hospital):
    parts = lake.adopted(hospital)
    assert sum(p.rows for p in parts if p.table == "diagnosis") == pytest.approx(20_000, rel=0.05)
    assert [p for p in parts if p.breaches] == []
    assert len([p for p in parts if p.table == "diagnosis"]) == hospital.buckets


def test_a_hospital_has_codes_of_every_prefix_and_of_none(hospital):
    files = [p.path for p in lake.adopted(hospital) if p.table == "code"]
    sql = "select replace(code, '.', '') as code, contains(code, '.') from read_parquet($files)"
    codes = dict(connect(threads=1).execute(sql, {"files": files}).fetchall())
    prefixes = {row[0] for row in prefix_table().rows}
    assert prefixes <= set(codes)
    unmapped = [c for c in codes if c[:3] not in prefixes and c[:4] not in prefixes]
    assert len(codes) > 1_500 and len(unmapped) > 500 and 500 < sum(codes.values()) < len(codes)


def test_the_pass_and_pandas_agree_about_the_sample(hospital):
    files, _, _ = diagnoses.sample(hospital)
    assert diagnoses.one_pass(hospital.path) > 2_000
    hfrs = diagnoses.in_pandas("hfrs", *files)
    diagnoses.compare(hospital.path, {"hfrs": hfrs})
    with pytest.raises(ArithmeticError, match="hfrs"):
        diagnoses.compare(hospital.path, {"hfrs": hfrs + 1})
    with pytest.raises(ArithmeticError, match="hfrs"):
        diagnoses.compare(hospital.path, {"hfrs": pd.Series(dtype=int)})


def test_a_figure_says_whether_the_bar_is_met_as_a_share_and_as_the_whole_pass():
    ours = Timed(1.0, (1.0,), 100.0, None, 2.0)
    theirs = Timed(0.5, (0.5,), 100.0, None, 0.5)
    figure = diagnoses.Race(ours, 7, 1_000, 100).of_score("hfrs", theirs, "pandas")
    assert figure.ratio == pytest.approx(35)
    assert figure.note == (
        "its share of the pass: bar met, by processor 17.5; the whole pass: 5.00, bar not met, by processor 2.50"
    )
