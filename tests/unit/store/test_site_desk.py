"""A site's own desk hours, out-of-hours number, long absence and ladder count wherever they are asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from tests.care_store import promise as promised

from carestead.care.answering import By
from carestead.care.gaps.limits import limits
from carestead.core.area import create_area
from carestead.core.finding import CaresteadError
from carestead.reference.calendars import working_calendar
from carestead.store.assign.answered import who_answers
from carestead.store.assign.desk import bare, hours
from carestead.store.assign.models import Absence
from carestead.store.care.gap_check import checked
from carestead.store.care.models import Alarm, Notice
from carestead.store.care.sweep import sweep
from carestead.store.clocks import clocks_of, desk_of, ladder_of, long_absence_of

DESK = """
opening_hours: {closes: "20:00"}
out_of_hours: {name: Fell Valley Out of Hours, phone: "01632 960999"}
"""
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def area(tmp_path, settings, db):
    made = create_area(tmp_path / "area", name="Small")
    (made.path / "desk.yaml").write_text(DESK, encoding="utf-8")
    (made.path / "clocks.yaml").write_text("long_absence_days: 3\n", encoding="utf-8")
    settings.AREA = made.path
    return made


def test_the_desk_is_open_and_somebody_else_answers_as_the_site_says(area):
    assert who_answers(["G1"], EVENING, group_code="GRP1")["G1"].by is By.HOLDER
    late = who_answers(["G1"], EVENING + timedelta(hours=1), group_code="GRP1")["G1"]
    assert (late.by, late.name, late.phone) == (By.OUT_OF_HOURS, "Fell Valley Out of Hours", "01632 960999")
    assert bare("GRP1", date(2026, 11, 23), date(2026, 11, 23))[0].end == EVENING + timedelta(hours=1)


def test_without_a_file_it_is_as_shipped(tmp_path, settings, db):
    settings.AREA = tmp_path
    assert who_answers(["G1"], EVENING, group_code="GRP1")["G1"].phone == "111"
    assert hours().words == "08:00 to 18:30 on working days"
    assert long_absence_of(None).days == 14


def away(days: int) -> Absence:
    now = timezone.now()
    return Absence.objects.create(
        practitioner_code="G1", start=now - DAY, end=now + (days - 1) * DAY, reason="Leave", cover_state="desk",
        planned_by="x", planned_at=now,
    )  # fmt: skip


def test_people_are_told_of_an_absence_that_is_long_here(area, enrolled):
    away(4)
    sweep()
    assert Notice.objects.filter(about="absence", person_id=7).count() == 1


def test_a_shorter_one_is_told_to_nobody(area, enrolled):
    away(2)
    sweep()
    assert not Notice.objects.filter(about="absence").exists()


@pytest.mark.parametrize(("said", "broken"), [("3", {"R17"}), ("5", set())])
def test_the_check_of_gaps_judges_by_the_same(area, enrolled, said, broken):
    """Four days of absence of which nobody was told."""
    made = create_area(area.path.parent / said, name="Other")
    (made.path / "clocks.yaml").write_text(f"long_absence_days: {said}\n", encoding="utf-8")
    now = timezone.now()
    Absence.objects.create(
        practitioner_code="G1", start=now + timedelta(hours=1), end=now + timedelta(days=4, hours=1), reason="Leave",
        cover_state="desk", planned_by="x", planned_at=now,
    )  # fmt: skip
    with checked(made, at=now + 4 * DAY) as found:
        assert {c.invariant for c in found.counts if c.now} & {"R17"} == broken


def test_the_check_of_gaps_knows_the_hours_of_the_desk(area):
    bound = limits(EVENING, working_calendar(), desk=desk_of(area.path))
    assert bound.params["out_of_hours"] == "Fell Valley Out of Hours"
    opening = next(t for t in bound.tables if t.name == "opening")
    assert datetime(2026, 11, 23, 20) in [closes for _, closes in opening.rows]


LATE = "paces:\n  urgent: {lateness: {coordinator-asked: 9, gp-asked: 9}}\ninterrupts: [crisis]\n"


@pytest.mark.parametrize(("own", "rung"), [("", "coordinator-asked"), (LATE, "cover-asked")])
def test_the_sweep_climbs_the_ladder_of_the_site(area, enrolled, gp, own, rung):
    """Five working hours after its time, of a promise that was to be kept within two days."""
    made = create_area(area.path.parent / "other", name="Other")
    (made.path / "escalation.yaml").write_text(own, encoding="utf-8")
    begun = datetime(2027, 3, 1, 9, tzinfo=UTC)
    promised(by=gp, at=begun, due_at=begun + 2 * DAY)
    with override_settings(AREA=made.path):
        sweep(at=begun + 2 * DAY + timedelta(hours=5))
    alarms = {a.rung: a.interrupts for a in Alarm.objects.filter(subject_kind="promise")}
    assert ("coordinator" in alarms) == (rung == "coordinator-asked")
    assert alarms["owner"] == (not own)


def test_a_slip_is_refused_at_the_start_and_stops_nobody_while_people_work(area, tmp_path):
    assert hours().words == "08:00 to 20:00 on working days"
    (area.path / "desk.yaml").write_text("opening_hours: {closes: 1200}\n", encoding="utf-8")
    assert hours().words == "08:00 to 20:00 on working days"
    (tmp_path / "desk.yaml").write_text("opening_hours: {closes: 1200}\n", encoding="utf-8")
    with pytest.raises(CaresteadError, match=f"{tmp_path}/desk.yaml: opening_hours has the closes 1200"):
        desk_of(tmp_path)
    (tmp_path / "escalation.yaml").write_text("interrupts: []\n", encoding="utf-8")
    with pytest.raises(CaresteadError, match=f"{tmp_path}/escalation.yaml: interrupts is"):
        ladder_of(tmp_path)
    (tmp_path / "clocks.yaml").write_text("long_absence_days: none\n", encoding="utf-8")
    with pytest.raises(CaresteadError, match=f"{tmp_path}/clocks.yaml: long_absence_days is none"):
        clocks_of(tmp_path)
