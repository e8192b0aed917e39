"""What needs a decision today: the late first, then what cannot wait."""

from datetime import UTC, datetime, timedelta

from carestead.care.today import KINDS, Matter, in_order, people

NOW = datetime(2026, 11, 24, 18, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)


def matter(kind: str, n: int, *, due: int | None = None, since: int = 1, person: int | None = 7) -> Matter:
    return Matter(kind, n, person, "", NOW - since * HOUR, "G1", NOW + due * HOUR if due is not None else None)


def test_the_longest_late_comes_first_whatever_its_kind():
    late, later, soon = matter("message", 1, due=-5), matter("due", 2, due=-1), matter("admitted", 3, due=4)
    assert in_order([soon, later, late], NOW) == [late, later, soon]


def test_among_those_in_time_the_kind_decides_then_the_due_time_then_the_age():
    told, first, second = matter("admitted", 1), matter("due", 2, due=1), matter("due", 3, due=9)
    old, young = matter("sign", 4, since=9), matter("sign", 5, since=2)
    assert in_order([young, second, old, first, told], NOW) == [told, first, second, old, young]


def test_due_at_this_very_instant_is_late():
    assert matter("due", 1, due=0).is_late(NOW)
    assert not matter("due", 1, due=1).is_late(NOW)
    assert not matter("sign", 1).is_late(NOW)


def test_people_are_counted_once_and_matters_of_nobody_not_at_all():
    assert (
        people([matter("due", 1), matter("sign", 2), matter("cover", 3, person=None), matter("due", 4, person=8)]) == 2
    )


def test_every_kind_has_its_heading():
    assert all(matter(kind, 1).heading for kind in KINDS)
