"""Which opening hours a desk's shifts leave bare."""

from datetime import date, datetime

from carestead.care.answering import Shift
from carestead.care.hours import desk_hours
from carestead.care.rota import bare_hours, in_words, overlaps
from carestead.core.calendar import LONDON
from carestead.reference import load
from carestead.reference.calendars import working_calendar

HOURS = desk_hours(load("care", "desk"), working_calendar())
DAY = date(2028, 2, 29)  # a leap day, a Tuesday


def _shift(start, end, by="Nurse Ives", day=29):
    return Shift(*(datetime(2028, 2, day, *at, tzinfo=LONDON) for at in (start, end)), by)


def _bare(*shifts, last=DAY):
    return [in_words(span) for span in bare_hours(shifts, DAY, last, HOURS)]


def test_a_day_without_shifts_is_bare_all_day():
    assert _bare() == ["Tuesday 29 February 2028, 08:00 to 18:30"]


def test_the_gaps_between_shifts_are_bare():
    assert _bare(_shift((9,), (12,)), _shift((13,), (17,)), _shift((11,), (12, 30))) == [
        "Tuesday 29 February 2028, 08:00 to 09:00",
        "Tuesday 29 February 2028, 12:30 to 13:00",
        "Tuesday 29 February 2028, 17:00 to 18:30",
    ]


def test_shifts_that_cover_the_day_leave_nothing_bare():
    assert _bare(_shift((7,), (13,)), _shift((13,), (19,))) == []


def test_closed_days_are_not_bare():
    assert _bare(_shift((7,), (19,)), last=date(2028, 2, 29)) == []
    saturday = date(2028, 3, 4)
    assert bare_hours([], saturday, saturday, HOURS) == []


def test_one_person_on_two_shifts_at_once_is_told():
    early, late = _shift((8,), (13,)), _shift((12,), (18,))
    assert overlaps([late, early, _shift((9,), (10,), by="Dr Brown")]) == [(early, late)]
