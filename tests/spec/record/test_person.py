"""person and practice: small tables in, the answer by hand."""

from datetime import date

import duckdb
import pytest

from carestead.record.person import step as person
from carestead.record.practice import step as practice
from carestead.tables import table

AS_OF = date(2026, 4, 1)


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        for name in {*person.reads, *practice.reads}:
            columns = ", ".join(f'"{c}" {t}' for c, t in table(name).types().items())
            connection.execute(f"create table {name} ({columns})")
        yield connection


def put(con, name: str, *rows: dict) -> None:
    for row in rows:
        full = {"file_id": 0, "source_row": 1, **row} if "file_id" in table(name).types() else row
        marks = ", ".join("?" * len(full))
        con.execute(f"insert into {name} ({', '.join(full)}) values ({marks})", list(full.values()))


def ask(con, step) -> list[dict]:
    result = con.execute(step.text(), {"as_of": AS_OF})
    names = [d[0] for d in result.description]
    rows = [dict(zip(names, r, strict=True)) for r in result.fetchall()]
    assert tuple(names) == table(step.gives).names()
    return rows


def sources(con) -> None:
    put(
        con,
        "source",
        {"source_id": 1, "name": "gp", "kind": "gp", "title": "High Street", "organisation_code": "A1"},
        {"source_id": 2, "name": "acute", "kind": "acute"},
        {"source_id": 3, "name": "council", "kind": "social-care"},
    )


def test_the_practices_word_comes_first_then_the_commonest(con):
    sources(con)
    put(
        con,
        "patient",
        {
            "person_id": 1,
            "source_id": 1,
            "birth_date": date(1950, 1, 2),
            "sex": "unknown",
            "lsoa": "E1",
            "imd_decile": 3,
        },
        {
            "person_id": 1,
            "source_id": 2,
            "birth_date": date(1950, 2, 1),
            "sex": "female",
            "death_date": date(2026, 3, 2),
        },
        {
            "person_id": 1,
            "source_id": 3,
            "birth_date": date(1950, 2, 1),
            "sex": "female",
            "death_date": date(2026, 3, 1),
            "ethnicity": "A",
            "lsoa": "E2",
            "imd_decile": 9,
        },
    )
    assert ask(con, person) == [
        {
            "person_id": 1,
            "birth_date": date(1950, 1, 2),
            "sex": "female",
            "death_date": date(2026, 3, 1),
            "ethnicity": "A",
            "lsoa": "E1",
            "imd_decile": 3,
            "practice_code": None,
            "usual_gp_code": None,
            "sources": 3,
        }
    ]


def test_without_a_practice_the_commonest_word_holds_and_death_before_birth_is_not_believed(con):
    sources(con)
    born = [date(1960, 5, 5), date(1960, 5, 6), date(1960, 5, 6)]
    put(
        con,
        "patient",
        *(
            {"person_id": 2, "source_id": 2, "source_row": i, "birth_date": b, "death_date": date(1900, 1, 1)}
            for i, b in enumerate(born)
        ),
    )
    row = ask(con, person)[0]
    assert (row["birth_date"], row["death_date"], row["sex"], row["sources"]) == (date(1960, 5, 6), None, "unknown", 1)


def test_registration_open_on_the_day_the_latest_start_wins(con):
    sources(con)
    put(con, "patient", *({"person_id": p, "source_id": 1} for p in (1, 2, 3)))
    put(
        con,
        "registration",
        {"person_id": 1, "source_id": 1, "practice_code": "A1", "start_date": date(2000, 1, 1), "usual_gp_code": "g"},
        {"person_id": 1, "source_id": 1, "practice_code": "B2", "start_date": date(2020, 1, 1)},
        {"person_id": 2, "source_id": 1, "practice_code": "A1", "start_date": date(2000, 1, 1), "end_date": AS_OF},
        {"person_id": 3, "source_id": 1, "practice_code": "A1", "start_date": date(2026, 4, 2)},
    )
    assert [(r["practice_code"], r["usual_gp_code"]) for r in ask(con, person)] == [
        ("B2", None),
        (None, None),
        (None, None),
    ]


def test_practices_with_lists_and_gps(con):
    sources(con)
    put(
        con,
        "person",
        {"person_id": 1, "practice_code": "A1"},
        {"person_id": 2, "practice_code": "A1", "death_date": date(2026, 4, 1)},
        {"person_id": 3, "practice_code": "A1", "death_date": date(2026, 5, 1)},
        {"person_id": 4, "practice_code": "C3"},
    )
    put(
        con,
        "organisation",
        {"source_id": 1, "organisation_code": "B2", "name": "Mill", "kind": "practice", "group_code": "P"},
        {"source_id": 1, "organisation_code": "T", "name": "Trust", "kind": "acute-trust"},
    )
    gp = {"source_id": 1, "role": "gp", "organisation_code": "B2"}
    put(
        con,
        "practitioner",
        {**gp, "practitioner_code": "x", "sessions": 6.0},
        {**gp, "practitioner_code": "x", "sessions": 5.0},
        {**gp, "practitioner_code": "y", "sessions": 4.0, "leave_start": date(2026, 1, 1)},
        {**gp, "practitioner_code": "z", "role": "nurse", "sessions": 9.0},
    )
    assert [tuple(r.values()) for r in ask(con, practice)] == [
        ("A1", "High Street", None, 2, 0, None),
        ("B2", "Mill", "P", 0, 1, 6.0),
        ("C3", "C3", None, 1, 0, None),
    ]
