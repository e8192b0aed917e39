"""Linking files by a column map."""

import duckdb
import pytest

from carestead.core.finding import InputError, UsageError
from carestead.record.link_files import link_files, write

MAP = {"id": "no", "given_name": "first", "family_name": "last", "birth_date": "born", "address": ["house", "road"]}
LEFT = """no, first,last,born,house,road
1,Ann,Smith,1950-01-02,1,High Street
2,Robert,O'Brien,1971-11-12,22,Low Lane
3,Ann,Smith,02/01/1950,1,High St
"""
RIGHT = """key,first,last,born,house,road
r1,Bob,OBrien,12/11/1971,22,Low Lane
"""


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        yield connection


def test_duplicates_of_one_file(con, tmp_path):
    (tmp_path / "a.csv").write_text(LEFT)
    found = link_files(con, tmp_path / "a.csv", None, MAP)
    assert [(r["id_left"], r["id_right"]) for r in found.pairs.to_pylist()] == [("1", "3")]
    assert found.pairs["match_probability"][0].as_py() > 0.98
    assert found.read == (3,)


def test_two_files_with_their_own_maps_csv_and_parquet(con, tmp_path):
    (tmp_path / "a.csv").write_text(LEFT)
    (tmp_path / "b.csv").write_text(RIGHT)
    con.execute(f"copy (from '{tmp_path}/b.csv') to '{tmp_path}/b.parquet' (format parquet)")
    found = link_files(con, tmp_path / "a.csv", tmp_path / "b.parquet", {"left": MAP, "right": {**MAP, "id": "key"}})
    assert [(r["id_left"], r["id_right"]) for r in found.pairs.to_pylist()] == [("2", "r1")]


def test_a_missing_column_says_which_there_are(con, tmp_path):
    (tmp_path / "a.csv").write_text(LEFT)
    with pytest.raises(UsageError, match=r"no column postal.*It has no, first, last, born, house, road"):
        link_files(con, tmp_path / "a.csv", None, {**MAP, "postcode": "postal"})
    with pytest.raises(UsageError, match=r"names surname.*may name id, nhs_number"):
        link_files(con, tmp_path / "a.csv", None, {"surname": "last"})


def test_a_file_that_cannot_be_read(con, tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        link_files(con, tmp_path / "none.csv", None, MAP)
    (tmp_path / "a.parquet").write_text("no parquet")
    with pytest.raises(InputError, match="cannot be read"):
        link_files(con, tmp_path / "a.parquet", None, MAP)


def test_repeated_ids_are_refused(con, tmp_path):
    (tmp_path / "a.csv").write_text(LEFT + "3,Zoe,Poe,1999-01-01,2,x\n")
    with pytest.raises(InputError, match="repeat"):
        link_files(con, tmp_path / "a.csv", None, MAP)


@pytest.mark.parametrize("ending", ["csv", "parquet", "json"])
def test_written_tables_read_back(con, tmp_path, ending):
    (tmp_path / "a.csv").write_text(LEFT)
    found = link_files(con, tmp_path / "a.csv", None, MAP)
    write(con, found.pairs, tmp_path / f"out.{ending}")
    assert con.execute(f"select count(*) from '{tmp_path}/out.{ending}'").fetchall() == [(1,)]
    with pytest.raises(UsageError, match="format"):
        write(con, found.pairs, tmp_path / "out.xyz")
