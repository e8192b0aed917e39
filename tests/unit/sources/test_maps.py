"""The vocabulary of maps, the shipped maps, and the repair of CSV rows."""

from collections import Counter

import duckdb
import pytest

from carestead.core.finding import InputError
from carestead.sources.extract.expression import compile_sql, quoted
from carestead.sources.extract.mapping import load_map, parse_map, shipped, table_sql
from carestead.sources.extract.rows import read_header, records
from carestead.sources.fhir.stage import prepare


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    prepare(con)
    yield con
    con.close()


@pytest.mark.parametrize(
    ("expression", "a", "made"),
    [
        ("a", "  x\t", "x"),
        ("a", "  ", None),
        ({"constant": "it's"}, "", "it's"),
        ({"date": "a", "format": "%d/%m/%Y"}, "28/02/2019", "2019-02-28"),
        ({"date": "a", "format": "%d/%m/%Y"}, "30/02/2019", None),
        ({"date": "a"}, "2019-02-28T10:00:00Z", "2019-02-28"),
        ({"pence": "a"}, "1,234.5", "123450"),
        ({"pence": "a"}, "0.07", "7"),
        ({"pence": "a"}, "1.005", None),
        ({"map": {"F": "female"}, "of": "a", "otherwise": "unknown"}, "F", "female"),
        ({"map": {"F": "female"}, "of": "a", "otherwise": "unknown"}, "Q", "unknown"),
        ({"map": {"F": "female"}, "of": "a"}, "", None),
        ({"map": {"Y": True, "N": False}, "of": "a"}, "N", "false"),
        ({"strip": "a", "remove": [" ", "-"]}, "943 476-5919", "9434765919"),
        ({"key": ["x", "a", "a"]}, "1", "x/1/1"),
        ({"key": ["x", "a"]}, "", None),
        ({"code": "icd10", "of": "a"}, "i10x", "I10"),
        ({"number": "a"}, "1.5", "1.5"),
        ({"number": "a"}, "many", None),
        ({"when": "a", "is": ["x"], "then": {"constant": "1"}, "else": {"constant": "2"}}, "x", "1"),
        ({"join": ["a", {"constant": "z"}], "with": ", "}, "y", "y, z"),
    ],
)
def test_words_of_a_map(con, expression, a, made):
    sql = f"select cast({compile_sql(expression)} as varchar) from (select $a as a)"
    assert con.execute(sql, {"a": a}).fetchall()[0][0] == made


def test_names_and_values_from_a_map_cannot_become_sql(con):
    con.execute("""create or replace table odd as select 'v' as "x"" from y; --", 1 as source_row, 0 as source_file""")
    name, value = 'x" from y; --', {"constant": "'; drop table odd; --"}
    assert con.execute(f"select {compile_sql(name)} from odd").fetchall() == [("v",)]
    assert con.execute(f"select {compile_sql(value)} from odd").fetchall()[0][0] == value["constant"]


@pytest.mark.parametrize("name", shipped())
def test_shipped_maps_compile(con, name):
    for file in load_map(name).files:
        columns = file.needed() | {f"{t.unpivot['prefix']}{t.unpivot['first']:02d}" for t in file.tables if t.unpivot}
        listed = ", ".join("''::varchar as " + quoted(c) for c in sorted(columns))
        con.execute(
            f"create or replace table r as select {listed}, 1 as source_row, 0 as source_file, null::varchar as problem"
        )
        con.execute(f"select {file.problem_sql()} from r")
        for table in file.tables:
            con.execute(table_sql(table, "r", columns)).fetchall()


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"files": [{"match": "x", "tables": {"nothing": {}}}]}, "nothing"),
        ({"files": [{"match": "x", "tables": {"patient": {"shoe_size": "a"}}}]}, "shoe_size"),
        ({"files": [{"match": "x", "tables": {"patient": {"postcode": {"eval": "a"}}}}]}, "eval"),
        ({}, "files"),
    ],
)
def test_a_map_that_means_nothing_is_refused_by_name(said, word):
    with pytest.raises(InputError, match=word):
        parse_map("own", said)


SHAPED = parse_map(
    "m", {"files": [{"match": "f", "shapes": {"DAY": r"\d{4}-\d\d-\d\d", "N": r"\d{0,3}", "CODE": r"\d{5}"}}]}
)


def mend(tmp_path, text):
    path = tmp_path / "f.csv"
    path.write_bytes(text)
    repairs = Counter()
    found = list(records(path, read_header(path), SHAPED.files[0], repairs))
    return [(r.fields, r.reason) for r in found], repairs


def test_an_empty_field_after_the_last_is_dropped(tmp_path):
    found, repairs = mend(tmp_path, b"DAY,N,CODE\n2020-01-01,1,12345,\n")
    assert found == [(["2020-01-01", "1", "12345"], "")]
    assert sum(repairs.values()) == 1


def test_the_missing_column_is_named_when_only_one_can_be_missing(tmp_path):
    found, repairs = mend(tmp_path, b"DAY,N,CODE\n2020-01-01,12345\n")
    assert found == [(["2020-01-01", "", "12345"], "")]
    assert "column N" in next(iter(repairs))


def test_a_row_that_could_be_two_things_is_refused(tmp_path):
    found, repairs = mend(tmp_path, b"DAY,N,CODE\nx,y\n2020-01-01,1,12345,6,7\n")
    assert [reason for _, reason in found] == ["csv.fields", "csv.fields"]
    assert not repairs


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path):
    rows = b"".join(b"2020-01-01,1,%05d\n" % i for i in range(400))
    found, _ = mend(tmp_path, b'DAY,N,CODE\n"2020-01-01,1,12345\n' + rows)
    assert [reason for _, reason in found].count("csv.unclosed-quote") == 1
    assert sum(not reason for _, reason in found) == 400


def test_quoted_lines_and_wrong_bytes(tmp_path):
    found, _ = mend(tmp_path, b'DAY,N,CODE\n"2020-\n01",1,12345\n\xff,1,12345\n')
    assert [reason for _, reason in found] == ["", "encoding.not-utf8"]
    assert found[0][0][0] == "2020-\n01"
