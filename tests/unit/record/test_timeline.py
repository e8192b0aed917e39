"""One person's timeline and the conflicts in it."""

from datetime import date

import duckdb
import pytest

from carestead.record.timeline import QUERIES, conflicts, query, timeline
from carestead.tables import table

SOURCES = {1: "High Street Surgery", 2: "Royal Hospital"}
AS_OF = date(2026, 4, 1)
PLACE = {"file_id": 0, "source_row": 1}
ASTHMA = {
    "system": "snomed",
    "code": "195967001",
    "display": "Asthma",
    "kind": "condition",
    "date": date(2020, 1, 1),
    **PLACE,
}


def test_equal_statements_fold_and_name_everybody():
    rows = {
        "event": [
            {**ASTHMA, "source_id": 2, "recorded_date": date(2020, 1, 9), "status": "active"},
            {**ASTHMA, "source_id": 1, "recorded_date": date(2020, 1, 2), "status": "active"},
            {**ASTHMA, "source_id": 1, "date": date(2021, 1, 1)},
        ]
    }
    newest, oldest = timeline(rows, SOURCES)
    assert (newest.date, newest.folded) == (date(2021, 1, 1), 1)
    assert (oldest.title, oldest.detail, oldest.folded) == ("Asthma", "active", 2)
    assert [(s.source, s.recorded) for s in oldest.sources] == [
        ("High Street Surgery", date(2020, 1, 2)),
        ("Royal Hospital", date(2020, 1, 9)),
    ]


def test_different_values_of_one_day_stay_two_entries_and_undated_ones_come_last():
    pressure = {**ASTHMA, "display": "Systolic", "kind": "observation", "unit": "mm[Hg]", "source_id": 1}
    rows = {
        "event": [{**pressure, "value": 140.0}, {**pressure, "value": 152.5}, {**ASTHMA, "source_id": 1, "date": None}]
    }
    entries = timeline(rows, SOURCES)
    assert [e.detail for e in entries] == ["140 mm[Hg]", "152.5 mm[Hg]", ""]
    assert entries[-1].date is None


def test_every_table_has_its_words():
    base = {**PLACE, "source_id": 2, "system": None, "code": None, "display": None}
    rows = {
        "encounter": [
            {**base, "start_date": date(2026, 1, 1), "end_date": date(2026, 1, 4), "kind": "emergency-attendance"}
        ],
        "referral": [{**base, "date": date(2026, 1, 2), "service": "Memory clinic", "priority": "urgent"}],
        "care_package": [{**base, "start_date": date(2026, 1, 3), "kind": "home-care", "hours_per_week": 7.5}],
        "document": [{**base, "date": date(2026, 1, 4), "title": "Discharge letter"}],
    }
    assert [(e.title, e.detail) for e in timeline(rows, SOURCES)] == [
        ("Discharge letter", ""),
        ("Home care", "7.5 hours a week"),
        ("Referral: Memory clinic", "urgent"),
        ("Emergency attendance", "until 04 Jan 2026"),
    ]


def medicine(source: int, name: str, **changes):
    gp = {"setting": "gp", "is_repeat": True, "date": date(2026, 1, 1), "status": "active"}
    hospital = {"setting": "hospital-discharge", "date": date(2026, 3, 1)}
    return {
        **PLACE,
        "source_id": source,
        "system": "dmd",
        "code": name,
        "display": name,
        **(gp if source == 1 else hospital),
        **changes,
    }


def test_discharge_medicines_against_the_repeat_list():
    rows = {
        "medication": [
            medicine(1, "Ramipril 5mg", dose="one a day", bnf_code="0205051R0AAAKAK"),
            medicine(2, "Ramipril 10mg", dose="one a day", bnf_code="0205051R0AAALAL"),
            medicine(1, "Aspirin", dose="one a day"),
            medicine(2, "Aspirin", dose="One  a day"),
            medicine(1, "Furosemide", dose="one"),
            medicine(2, "Furosemide", dose="two"),
            medicine(1, "Naproxen"),
            medicine(2, "Apixaban"),
            medicine(1, "Old", end_date=date(2026, 2, 1)),
            medicine(1, "Digoxin"),
            medicine(2, "Digoxin", status="stopped"),
        ]
    }
    found = {(c.kind, c.about): [s.words for s in c.sides] for c in conflicts(rows, SOURCES, AS_OF)}
    assert found == {
        ("medicine-dose", "Furosemide"): ["Furosemide, two", "Furosemide, one, active"],
        ("medicine-dose", "Ramipril 10mg"): ["Ramipril 10mg, one a day", "Ramipril 5mg, one a day, active"],
        ("medicine-started", "Apixaban"): ["Apixaban", "not on the repeat list"],
        ("medicine-stopped", "Digoxin"): ["Digoxin, stopped", "Digoxin, active"],
        ("medicine-stopped", "Naproxen"): ["Naproxen, active", "not on the discharge list"],
    }


def test_old_discharges_are_not_held_against_the_list():
    rows = {"medication": [medicine(1, "Aspirin"), medicine(2, "Apixaban", date=date(2025, 1, 1))]}
    assert conflicts(rows, SOURCES, AS_OF) == []


def test_allergy_known_to_one_source_only():
    allergy = {**ASTHMA, "display": "Penicillin", "kind": "allergy", "source_id": 2, "recorded_date": date(2025, 5, 5)}
    found = conflicts({"event": [allergy], "medication": [medicine(1, "Amoxicillin")]}, SOURCES, AS_OF)
    assert [(c.kind, c.about) for c in found] == [("allergy", "Penicillin")]
    assert [(s.source, s.words, s.date) for s in found[0].sides] == [
        ("Royal Hospital", "Penicillin", date(2025, 5, 5)),
        ("High Street Surgery", "not recorded", None),
    ]
    both = [allergy, {**allergy, "source_id": 1}]
    assert conflicts({"event": both}, SOURCES, AS_OF) == []


def test_demographics_that_differ():
    ann = {**PLACE, "birth_date": date(1950, 1, 2), "sex": "female", "address": "1 High St", "postcode": "BL1 1AA"}
    rows = {
        "patient": [
            {**ann, "source_id": 1},
            {
                **ann,
                "source_id": 2,
                "birth_date": date(1950, 2, 1),
                "address": "1 HIGH ST.",
                "postcode": "bl11aa",
                "sex": "unknown",
                "death_date": date(2026, 3, 3),
            },
        ]
    }
    found = {c.kind: [s.words for s in c.sides] for c in conflicts(rows, SOURCES, AS_OF)}
    assert found == {"birth-date": ["02 Jan 1950", "01 Feb 1950"], "death": ["03 Mar 2026", "not recorded"]}


@pytest.mark.parametrize("name", QUERIES)
def test_queries_run_on_published_tables(name):
    with duckdb.connect() as con:
        for read in QUERIES[name]:
            con.execute(f"create table {read} ({', '.join(f'{c} {t}' for c, t in table(read).types().items())})")
        assert con.execute(query(name), {"person_id": 1}).fetchall() == []
        columns = {d[0] for d in con.execute(query(name), {"person_id": 1}).description}
    assert {"source_id", "file_id", "source_row"} <= columns
