"""What a site may change of its duty desks' hours and of its out-of-hours service, and how a slip is refused."""

import pytest

from carestead.care.clocks import clocks, long_absence
from carestead.care.hours import desk_facts, desk_hours
from carestead.core.finding import UsageError
from carestead.reference.calendars import working_calendar


def desk(changes):
    return desk_hours(desk_facts(changes), working_calendar())


def test_only_what_a_site_names_differs():
    assert (desk({}).words, desk({}).elsewhere) == ("08:00 to 18:30 on working days", "NHS 111 (111)")
    longer = desk({"opening_hours": {"closes": "20:00"}, "source": "agreed in May"})
    assert (longer.words, longer.elsewhere) == ("08:00 to 20:00 on working days", "NHS 111 (111)")
    daily = desk({"opening_hours": {"daily": True}, "out_of_hours": {"name": "Fell Valley", "phone": "01632 960999"}})
    assert (daily.words, daily.elsewhere) == ("08:00 to 18:30 every day", "Fell Valley (01632 960999)")


@pytest.mark.parametrize(
    ("changes", "what", "instead"),
    [
        ({"hours": {}}, "there is no hours to change", "There are: opening_hours, out_of_hours, source."),
        ({"opening_hours": None}, "opening_hours does not say what differs", 'opens: "07:30"'),
        ({"opening_hours": {"open": "8"}}, "opening_hours has no open to change", "There are: opens, closes, daily."),
        ({"opening_hours": {"closes": 1200}}, "opening_hours has the closes 1200", 'closes: "20:00"'),
        ({"opening_hours": {"closes": "late"}}, "opening_hours are 08:00 to late", "Give two times"),
        ({"opening_hours": {"closes": "07:00"}}, "opening_hours are 08:00 to 07:00", "the second later"),
        ({"opening_hours": {"daily": "yes"}}, "opening_hours has the daily yes", "daily: true"),
        ({"out_of_hours": {"phone": 111}}, "out_of_hours has the phone 111", 'phone: "01632 960999"'),
        ({"out_of_hours": {"phone": "ask"}}, "ask is no telephone number", 'phone: "01632 960999"'),
        ({"out_of_hours": {"name": " "}}, "out_of_hours has the name", "name: Fell Valley"),
    ],
)
def test_what_a_desk_cannot_be_is_refused_with_file_entry_and_what_to_type(changes, what, instead):
    with pytest.raises(UsageError) as refused:
        desk_facts(changes, "area/desk.yaml")
    assert refused.value.what.startswith("area/desk.yaml: ")
    assert what in refused.value.what
    assert instead in refused.value.do


def test_a_long_absence_is_a_number_of_days_beside_the_clocks():
    assert long_absence().days == 14
    changes = {"long_absence_days": 21, "hand-over-offer": {"limit": 3}}
    assert long_absence(changes).days == 21
    assert clocks(changes)["hand-over-offer"].limit == 3


@pytest.mark.parametrize("days", [0, -1, 2.5, "14", True, None, {"limit": 14}, 366])
def test_a_long_absence_that_is_none_is_refused(days):
    with pytest.raises(UsageError, match=r"area/clocks.yaml: long_absence_days is") as refused:
        long_absence({"long_absence_days": days}, "area/clocks.yaml")
    assert "such as: 14" in refused.value.do
