"""Linking small tables: what must join, what must never join, and what people decide."""

import duckdb
import pyarrow as pa
import pytest

from carestead.core.finding import InputError
from carestead.record.linking import link
from carestead.tables import table

ANN = {
    "nhs_number": "9990000018",
    "family_name": "Smith",
    "given_name": "Ann Mary",
    "birth_date": "1950-01-02",
    "sex": "female",
    "address": "1 High Street, Bolton",
    "postcode": "BL1 1AA",
    "phone": "01204 111111",
}
BOB = {
    "nhs_number": "9990000026",
    "family_name": "O'Brien",
    "given_name": "Robert",
    "birth_date": "1971-11-12",
    "sex": "male",
    "address": "22 Low Lane, Bury",
    "postcode": "BL9 5XY",
    "phone": "0161 222222",
}


def record(source: int, key: str, base: dict, **changes: object) -> dict:
    return {"source_id": source, "source_person_id": key, **base, **changes}


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        yield connection


def run(con, *rows: dict, **options):
    return link(con, pa.Table.from_pylist(list(rows)), **options)


def people(outcome) -> dict[str, int]:
    return {r["source_person_id"]: r["person_id"] for r in outcome.links.to_pylist()}


def reasons(outcome) -> dict[tuple[str, str], str]:
    return {(r["source_person_id_a"], r["source_person_id_b"]): r["reason"] for r in outcome.reviews.to_pylist()}


def test_same_number_and_birthday_is_one_person(con):
    out = run(con, record(0, "a", ANN), record(1, "b", ANN, family_name="Jones", address="9 New Road, Leeds"))
    assert people(out) == {"a": 1, "b": 1}
    assert {r["method"] for r in out.links.to_pylist()} == {"nhs-number"}


def test_shared_number_of_two_people_is_reviewed_not_joined(con):
    out = run(con, record(0, "a", ANN), record(1, "b", BOB, nhs_number=ANN["nhs_number"]))
    assert people(out) == {"a": 1, "b": 2}
    assert reasons(out) == {("a", "b"): "shared-nhs-number"}


def test_twins_who_share_a_number_by_mistake_stay_apart(con):
    out = run(con, record(0, "a", ANN), record(1, "b", ANN, given_name="Zoe"))
    assert people(out) == {"a": 1, "b": 2}


def test_invalid_numbers_are_not_used_and_are_told(con):
    out = run(con, record(0, "a", ANN, nhs_number="9990000019"), record(1, "b", BOB, nhs_number="9999999999"))
    assert people(out) == {"a": 1, "b": 2}
    assert [(f.code, f.count) for f in out.findings] == [("link.invalid-nhs-number", 2)]


def test_no_number_but_same_names_birth_and_home_joins(con):
    out = run(
        con,
        record(0, "a", ANN),
        record(1, "b", ANN, nhs_number=None, given_name="MARY", family_name="SMITH"),
        record(2, "c", ANN, nhs_number=None, given_name="Ann", postcode="bl11aa"),
    )
    assert people(out)["a"] == people(out)["c"]


def test_model_joins_misspelt_records_of_a_tiny_area(con):
    out = run(
        con,
        record(0, "a", ANN),
        record(0, "b", BOB),
        record(1, "x", BOB, nhs_number=None, given_name="Bob", family_name="OBrian", phone=None),
    )
    assert people(out) == {"a": 1, "b": 2, "x": 2}
    row = out.links.to_pylist()[-1]
    assert row["method"] == "model" and row["match_weight"] > 5
    assert (row["linked_to_source_id"], row["linked_to_source_person_id"]) == (0, "b")


def test_twins_and_a_household_stay_apart(con):
    out = run(
        con,
        record(0, "a", ANN, nhs_number=None),
        record(1, "twin", ANN, nhs_number=None, given_name="Zoe"),
        record(1, "father", ANN, nhs_number=None, given_name="George", birth_date="1920-05-06", sex="male"),
        record(1, "junior", ANN, nhs_number=None, birth_date="1985-10-23"),
    )
    assert len(set(people(out).values())) == 4


def test_two_valid_numbers_never_meet_not_even_through_a_third_record(con):
    other = "9990000042"
    out = run(con, record(0, "a", ANN), record(1, "b", ANN, nhs_number=None), record(2, "c", ANN, nhs_number=other))
    found = people(out)
    assert found["a"] != found["c"]
    assert "different-nhs-numbers" in reasons(out).values()


def test_names_the_wrong_way_round_and_day_and_month_swapped(con):
    out = run(
        con,
        record(0, "a", BOB),
        record(0, "b", ANN),
        record(1, "x", BOB, nhs_number=None, given_name="O'Brien", family_name="Robert", birth_date="1971-12-11"),
    )
    assert people(out)["x"] == people(out)["a"]


def test_people_keep_their_numbers_and_new_ones_get_the_next(con):
    first = run(con, record(0, "b", BOB))
    assert people(first) == {"b": 1}
    second = run(con, record(0, "a", ANN), record(0, "b", BOB), previous=first.links)
    assert people(second) == {"a": 2, "b": 1}


def test_merged_people_take_the_smaller_number_and_a_part_undoes_it(con):
    rows = [record(0, "a", ANN, nhs_number=None), record(1, "b", BOB, nhs_number=None)]
    apart = run(con, *rows)
    word = {"source_id_a": 0, "source_person_id_a": "a", "source_id_b": 1, "source_person_id_b": "b"}
    merged = run(con, *rows, previous=apart.links, decisions=[{**word, "verdict": "join"}])
    assert people(merged) == {"a": 1, "b": 1}
    assert {r["method"] for r in merged.links.to_pylist()} == {"decision"}
    again = run(con, *rows, previous=merged.links, decisions=[{**word, "verdict": "join"}, {**word, "verdict": "part"}])
    assert people(again) == {"a": 1, "b": 2}


def test_a_part_holds_through_a_third_record(con):
    rows = [record(0, "a", ANN), record(1, "b", ANN), record(2, "c", ANN)]
    word = {"source_id_a": 0, "source_person_id_a": "a", "source_id_b": 1, "source_person_id_b": "b", "verdict": "part"}
    found = people(run(con, *rows, decisions=[word]))
    assert found["a"] != found["b"] and found["c"] in (found["a"], found["b"])


def test_a_decision_outranks_numbers_but_is_told(con):
    word = {"source_id_a": 0, "source_person_id_a": "a", "source_id_b": 1, "source_person_id_b": "b", "verdict": "join"}
    out = run(con, record(0, "a", ANN), record(1, "b", BOB), decisions=[word])
    assert people(out) == {"a": 1, "b": 1}
    assert [f.code for f in out.findings] == ["link.joined-two-numbers"]


def test_order_of_rows_does_not_matter_and_tables_fit_their_contract(con):
    rows = [
        record(0, "a", ANN),
        record(0, "b", BOB),
        record(1, "x", ANN, nhs_number=None, given_name="Anne"),
        record(1, "y", BOB, nhs_number=None),
    ]
    one, two = run(con, *rows), run(con, *reversed(rows))
    assert one.links.to_pylist() == two.links.to_pylist()
    assert one.reviews.to_pylist() == two.reviews.to_pylist()
    assert tuple(one.links.column_names) == table("link").names()
    assert tuple(one.reviews.column_names) == table("link_review").names()


def test_one_record_and_repeated_rows(con):
    out = run(con, record(0, "a", ANN), record(0, "a", ANN, phone=None))
    assert [r["method"] for r in out.links.to_pylist()] == ["alone"]


def test_nothing_is_left_behind_in_the_connection(con):
    run(con, record(0, "a", ANN), record(1, "b", BOB), record(1, "c", BOB, nhs_number=None))
    assert con.execute("select table_name from duckdb_tables()").fetchall() == []


def test_a_missing_id_column_says_which(con):
    with pytest.raises(InputError, match="source_id"):
        link(con, pa.table({"source_person_id": ["a"]}))
