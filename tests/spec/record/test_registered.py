"""On each day a person is registered with one practice."""

from datetime import date

from carestead.record.registered import step

AS_OF = date(2026, 3, 31)
SOURCES = [{"source_id": 1, "name": "gp", "kind": "gp"}, {"source_id": 2, "name": "hospital", "kind": "acute"}]


def spans(run_step, registrations, death=None):
    person = [{"person_id": 1, "death_date": death}]
    rows = run_step(
        step, AS_OF, registration=[{"person_id": 1, **r} for r in registrations], person=person, source=SOURCES
    )
    return [(r["practice_code"], r["start_date"], r["end_date"]) for r in rows]


def test_a_new_registration_ends_the_one_before(run_step):
    told = [
        {"practice_code": "A", "start_date": date(2010, 1, 1)},
        {"practice_code": "B", "start_date": date(2020, 5, 1)},
    ]
    assert spans(run_step, told) == [("A", date(2010, 1, 1), date(2020, 5, 1)), ("B", date(2020, 5, 1), None)]


def test_a_gap_between_practices_stays_a_gap(run_step):
    told = [
        {"practice_code": "A", "start_date": date(2010, 1, 1), "end_date": date(2012, 1, 1)},
        {"practice_code": "B", "start_date": date(2020, 5, 1)},
    ]
    assert spans(run_step, told)[0] == ("A", date(2010, 1, 1), date(2012, 1, 1))


def test_the_practices_word_counts_before_the_hospitals(run_step):
    told = [
        {"practice_code": "A", "start_date": date(2010, 1, 1), "source_id": 1},
        {"practice_code": "OLD", "start_date": date(2015, 1, 1), "source_id": 2},
    ]
    assert spans(run_step, told) == [("A", date(2010, 1, 1), None)]


def test_the_hospitals_word_counts_when_no_practice_speaks(run_step):
    assert spans(run_step, [{"practice_code": "X", "source_id": 2}]) == [("X", date(1890, 1, 1), None)]


def test_of_two_that_start_the_same_day_the_longer_is_believed(run_step):
    told = [
        {"practice_code": "B", "start_date": date(2010, 1, 1)},
        {"practice_code": "A", "start_date": date(2010, 1, 1), "end_date": date(2011, 1, 1)},
    ]
    assert spans(run_step, told) == [("B", date(2010, 1, 1), None)]


def test_the_day_of_death_is_the_last_day_registered(run_step):
    told = [{"practice_code": "A", "start_date": date(2010, 1, 1)}]
    assert spans(run_step, told, death=date(2025, 6, 1)) == [("A", date(2010, 1, 1), date(2025, 6, 2))]
