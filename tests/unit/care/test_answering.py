"""Who answers at an instant: holder, accepted cover, desk, out-of-hours service, or, shown as a breach, nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carestead.care.answering import Absence, By, Shift, Staffing, answering, cover_refusal, left_bare
from carestead.care.hours import desk_hours
from carestead.care.times import said
from carestead.core.calendar import LONDON, utc
from carestead.reference import load
from carestead.reference.calendars import working_calendar

HOURS = desk_hours(load("care", "desk"), working_calendar())
CALLED = {"G1": "Dr Ahmed", "G2": "Dr Brown", "G3": "Dr Clark"}


def _at(day, hour=10, minute=0, month=5, fold=0):
    return datetime(2026, month, day, hour, minute, fold=fold, tzinfo=LONDON)


AWAY = Absence("G1", _at(5, 0), _at(9, 0), "G2", cover_accepted=True)
DESK = (Shift(_at(5, 8), _at(5, 13), "Nurse Ives", "01632 960001"),)


def _answer(at, *absences, left=None, shifts=DESK):
    return answering("G1", at, Staffing(absences, left or {}, shifts), HOURS)


def test_the_holder_answers_while_there():
    found = _answer(_at(5))
    assert (found.by, found.code) == (By.HOLDER, "G1")
    assert found.until == utc(_at(5, 13)), "the next instant at which something changes"


def test_an_accepted_cover_answers_while_the_holder_is_away():
    assert (_answer(_at(5), AWAY).by, _answer(_at(5), AWAY).code) == (By.COVER, "G2")


def test_a_cover_who_has_not_accepted_is_not_counted_on():
    asked = Absence("G1", _at(5, 0), _at(9, 0), "G2")
    assert (_answer(_at(5), asked).by, _answer(_at(5), asked).phone) == (By.DESK, "01632 960001")


def test_a_cover_who_is_away_or_gone_leaves_it_to_the_desk():
    assert _answer(_at(5), AWAY, Absence("G2", _at(5, 9), None, "G3", True)).by is By.DESK, "no cover of the cover"
    assert _answer(_at(5), AWAY, left={"G2": _at(1)}).by is By.DESK


def test_two_who_cover_for_each_other_leave_it_to_the_desk():
    assert _answer(_at(5), AWAY, Absence("G2", _at(5, 0), _at(9, 0), "G1", True)).by is By.DESK


def test_nobody_answers_where_the_desk_is_not_staffed_and_that_is_said():
    assert _answer(_at(5, 14), Absence("G1", _at(5, 0))).by is By.NOBODY
    assert _answer(_at(5), left={"G1": _at(4)}, shifts=()).by is By.NOBODY


@pytest.mark.parametrize(
    "at", [_at(5, 7, 59), _at(5, 18, 30), _at(9, 12), _at(4, 12)], ids=["early", "closing time", "Saturday", "holiday"]
)
def test_out_of_hours_the_named_service_answers_whoever_is_there(at):
    found = _answer(at, AWAY)
    assert (found.by, found.name, found.phone) == (By.OUT_OF_HOURS, "NHS 111", "111")


def test_the_service_answers_until_the_desk_opens_again():
    assert _answer(_at(2, 12)).until == utc(_at(5, 8)), "over the weekend and the bank holiday"


def test_half_past_one_comes_twice_in_october_and_is_told_apart():
    first, second = _at(25, 1, 30, month=10), _at(25, 1, 30, month=10, fold=1)
    away = Absence("G1", first, second)
    assert utc(second) - utc(first) == timedelta(hours=1)
    assert (away.holds(first), away.holds(second)) == (True, False)
    assert [said(first), said(second)] == ["25 October 2026 at 01:30 BST", "25 October 2026 at 01:30 GMT"]
    assert said(_at(5)) == "5 May 2026 at 10:00"


def test_the_desk_opens_at_eight_on_the_wall_in_summer_and_winter():
    opens = [HOURS.open_on(date(2026, 10, day)).start for day in (23, 26)]
    assert opens == [datetime(2026, 10, 23, 7, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)]


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="does not say its time zone"):
        _answer(datetime(2026, 5, 5, 10))


def test_an_absence_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        Absence("G1", _at(9), _at(5))


@pytest.mark.parametrize(
    ("planned", "others", "left", "says"),
    [
        (Absence("G1", _at(5), _at(9), "G1"), (), {}, "Dr Ahmed cannot cover for themselves"),
        (Absence("G1", _at(5), _at(9), "G2"), (), {"G2": _at(1)}, "Dr Brown has left and cannot cover"),
        (Absence("G1", _at(5), _at(9), "G2"), (Absence("G2", _at(8)),), {}, "Dr Brown is away in that time: name"),
        (
            Absence("G1", _at(5), _at(9), "G2"), (Absence("G2", _at(8), _at(12), "G1", True),), {},
            "Dr Brown is away in that time and is covered by the very person who is to be away",
        ),
    ],
)  # fmt: skip
def test_a_cover_who_could_not_answer_is_refused_when_planning(planned, others, left, says):
    assert says in (cover_refusal(planned, Staffing(others, left), CALLED) or "")


def test_a_good_cover_or_the_desk_is_not_refused():
    ends_before = Absence("G2", _at(1), _at(5, 0), "G1", True)
    for planned in (AWAY, Absence("G1", _at(5), _at(9))):
        assert cover_refusal(planned, Staffing((ends_before,)), CALLED) is None


def test_going_away_names_those_it_takes_the_cover_from():
    assert left_bare(Absence("G2", _at(6), _at(7)), Staffing((AWAY,))) == [AWAY]
    assert left_bare(Absence("G2", _at(9, 0), _at(10)), Staffing((AWAY,))) == []
