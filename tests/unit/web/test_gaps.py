"""The page of gaps: a lead sees whose they are, planning sees counts, and everybody how old the check is."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead import gaps
from carestead.core.area import open_area
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence
from carestead.store.audit.models import AuditEvent
from carestead.store.care.gap_check import check_now
from carestead.store.care.models import GapCount, Notice
from carestead.store.find.actions import accept_proposal
from carestead.store.jobs.models import Job

GP = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")


@pytest.fixture
def area(pages, small_area):
    """Persons 10 and 12 are enrolled, and the letter to the first was lost."""
    for person_id in (10, 12):
        accept_proposal(
            person_id=person_id, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=GP
        )
    Notice.objects.filter(person_id=10).update(due_at=timezone.now() - timedelta(days=1))
    made = open_area(small_area)
    check_now(made)
    return made


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def once_of(answer) -> str:
    return re.search(r'name="once" value="([^"]+)"', answer.content.decode())[1]


def test_what_is_broken_comes_first_with_what_it_means_and_what_to_do(pages, area):
    said = text(pages("lead").get("/gaps/"))
    assert "broken. Looked at less than a minute ago" in said
    assert said.index("People are told who looks after them") < said.index("Kept: nothing was found")
    assert "What to do: Send them the letter, or tell them and record it." in said
    assert "rows held against the log" in said


def test_a_lead_sees_who_it_is_and_it_is_written_down(pages, area):
    lead = pages("lead")
    answer = lead.get("/gaps/R17/")
    said = text(answer)
    assert "1 breach now" in said
    assert "Was to be told by then, and has not been" in said
    assert 'href="/people/10/"' in answer.content.decode()
    assert AuditEvent.objects.filter(action="see-gap").latest("pk").people == [10]


def test_names_stand_where_the_check_has_codes(pages, area):
    Absence.objects.create(
        practitioner_code="G1", start=timezone.now() - timedelta(days=30), reason="Ill", planned_by="x",
        planned_at=timezone.now(),
    )  # fmt: skip
    check_now(area)
    said = text(pages("lead").get("/gaps/R3/"))
    assert "The duty desk of Millbrook" in said or "The duty desk of" in said
    assert "still so" not in said


def test_nothing_found_says_what_was_looked_through(pages, area):
    said = text(pages("lead").get("/gaps/R6/"))
    assert "Nothing was found. Looked through: 0 people who left, " in said
    assert "The database refuses most of this by itself" in said


@pytest.mark.parametrize("persona", ["commissioner", "analyst"])
def test_planning_sees_counts_and_no_small_ones_and_nobody(pages, area, persona):
    planner = pages(persona)
    said = text(planner.get("/gaps/"))
    assert "under 5" in said
    assert "Look again now" not in said
    assert planner.get("/gaps/R17/").status_code == 403
    assert planner.post("/gaps/", {"once": "0b6f8f0e-3f5c-4a43-9c2f-0d2f6f0b2a11"}).status_code == 403


def test_looking_again_adds_a_point_to_the_trend(pages, area):
    lead = pages("lead")
    before = gaps.newest(area).checked_at
    page = lead.get("/gaps/")
    answer = lead.post("/gaps/", {"once": once_of(page)}, follow=True)
    assert "Everything was looked through again." in text(answer)
    assert gaps.newest(area).checked_at > before
    assert GapCount.objects.filter(invariant="R17").count() >= 2
    trend = lead.get("/gaps/R17/").content.decode()
    assert 'id="trend-R17-title"' in trend
    assert "Breaches at each check" in trend


def test_in_a_large_area_a_worker_looks(pages, area, monkeypatch):
    monkeypatch.setattr("carestead.store.care.gap_check.AT_ONCE", 1)
    lead = pages("lead")
    answer = lead.post("/gaps/", {"once": once_of(lead.get("/gaps/"))}, follow=True)
    assert "load this page again soon" in text(answer)
    assert Job.objects.get(fn="gaps").state == "waiting"


def test_a_check_that_was_missed_is_said_to_be_old(pages, area, monkeypatch):
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr("carestead.web.gaps.views.timezone.now", lambda: later)
    assert "The newest check is 3 days old." in text(pages("lead").get("/gaps/"))


def test_there_is_no_other_invariant(pages, area):
    assert pages("lead").get("/gaps/R99/").status_code == 403


def test_the_nightly_job_is_known_and_keeps_its_check(pages, area):
    from carestead.store.jobs.registry import find

    known = find("gaps")
    assert known.schedule is not None
    keep = known.run(at=timezone.now(), beat=lambda: None)
    points = GapCount.objects.count()
    assert keep() is None
    assert GapCount.objects.count() == points + 24
