"""A site's own limits of time count wherever a clock does, and the check of gaps judges by the same."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.care_store import GP_PARTY, NURSES, nurse
from tests.hand_over_store import BROWN, LEAD, QUILL, STAFF

from carestead.core.area import create_area
from carestead.core.calendar import LONDON
from carestead.core.finding import CaresteadError
from carestead.reference.calendars import working_calendar
from carestead.store.assign.hand_over import assign_interim, decline_hand_over, offer_hand_over
from carestead.store.care import follow_up
from carestead.store.care.gap_check import checked
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Alarm, Notice, Promise, Stay
from carestead.store.care.promise_ends import reject_promise
from carestead.store.care.requests import live_promise, make_request
from carestead.store.care.sweep import sweep
from carestead.store.care.telling import tell
from carestead.store.clocks import clocks_of, site_clocks

MINE = """
hand-over-offer: {limit: 5}
interim-answer: {limit: 4}
request-next-step: {limit: 6}
discharge-contact: {limit: 120}
mental-health-follow-up: {limit: 24}
named-gp-letter: {limit: 3, unit: days}
message-answer: {limit: 2}
telling-seen: {limit: 2, unit: working days, source: agreed in May}
"""
HOUR = timedelta(hours=1)


@pytest.fixture
def area(tmp_path, settings, db):
    """An area with limits of its own, that is served."""
    made = create_area(tmp_path / "area", name="Small")
    (made.path / "clocks.yaml").write_text(MINE, encoding="utf-8")
    settings.AREA = made.path
    return made


@pytest.fixture
def mine(area, enrolled):
    return area


def days(start: datetime, count: int) -> datetime:
    return working_calendar().end_of_working_days(start, count)


def test_without_a_file_the_limits_are_those_shipped(tmp_path, settings):
    settings.AREA = tmp_path
    assert site_clocks() == clocks_of(None)
    assert site_clocks()["hand-over-offer"].limit == 2


def test_a_slip_made_while_people_work_stops_nobody(mine):
    assert site_clocks()["hand-over-offer"].limit == 5
    (mine.path / "clocks.yaml").write_text("hand-over-offer: {limit: 0}\n", encoding="utf-8")
    assert site_clocks()["hand-over-offer"].limit == 5


def test_a_limit_that_is_none_is_refused_at_the_start_with_the_file(tmp_path):
    (tmp_path / "clocks.yaml").write_text("hand-over: {limit: 3}\n", encoding="utf-8")
    with pytest.raises(CaresteadError, match=f"{tmp_path}/clocks.yaml: there is no clock hand-over to change"):
        clocks_of(tmp_path)


def test_letters_offers_and_interim_holders_have_the_time_the_site_gives(mine):
    letter = Notice.objects.get(about="named-gp")
    assert letter.due_at == site_clocks()["named-gp-letter"].due(letter.queued_at, working_calendar())
    assert (letter.due_at.astimezone(LONDON).date() - letter.queued_at.astimezone(LONDON).date()).days == 3
    now = timezone.now()
    offer = offer_hand_over(person_id=7, role="named-gp", to_code="G2", reason="x", by=QUILL, staff=STAFF, at=now)
    assert offer.answer_by == days(now, 5)
    later = now + timedelta(days=30)
    assign_interim(person_id=7, role="named-gp", to_code="G3", reason="Ill", by=LEAD, staff=STAFF, at=later)
    told = Notice.objects.filter(about="holder-changed", to_code="G3").get()
    assert told.due_at == days(later, 4)


def heard(left: datetime, **more) -> Stay:
    facts = {"person_id": 7, "state": "finished", "source": "teasel", "visit_id": "V1", "admitted_at": left,
             "discharged_at": left, "first_heard_at": left, "discharge_heard_at": left}  # fmt: skip
    return begin(Stay(**{**facts, **more}), Act("hear", QUILL, recorded_at=left))


def test_the_contact_after_a_discharge_is_due_by_the_sites_clock_of_the_ward(mine):
    left = timezone.now() + HOUR
    any_ward, mental = heard(left), heard(left, visit_id="V2", mental_health=True)
    dues = [follow_up.promise(stay, "Y00001", QUILL, left).due_at - left for stay in (any_ward, mental)]
    assert dues == [120 * HOUR, 24 * HOUR]


def test_what_a_professional_is_told_is_to_be_seen_in_the_sites_time(mine):
    now = timezone.now()
    [told, *_] = tell(person_id=7, about="admission", stay=heard(now), desk="Y00001", by=QUILL, at=now)
    assert told.due_at == days(now, 2)


def test_the_sweep_and_the_check_count_alike(mine):
    """With limits longer than those shipped, nothing is said or found before them, and all of it after."""
    start = timezone.now() + HOUR
    follow_up.promise(heard(start), "Y00001", QUILL, start)
    somebody_stands_in(start)
    idle_request(start)
    Notice.objects.all().delete()  # they are another story
    before, after = days(start, 3), days(start, 6) + HOUR
    sweep(at=before)
    assert (said(), found(mine, before)) == (set(), set())
    sweep(at=after)
    assert (said(), found(mine, after)) == ({"interim", "request"}, {"R5", "R8"})


def test_by_the_limits_shipped_the_same_history_has_gaps(enrolled, tmp_path):
    """So that the story above can fail."""
    start = timezone.now() + HOUR
    promise = follow_up.promise(heard(start), "Y00001", QUILL, start)
    Promise.objects.filter(pk=promise.pk).update(first_due_at=start + 120 * HOUR)
    somebody_stands_in(start)
    idle_request(start)
    assert found(create_area(tmp_path / "area", name="Shipped"), days(start, 3)) == {"R5", "R8", "R10"}


def somebody_stands_in(at: datetime) -> None:
    offer = offer_hand_over(person_id=7, role="named-gp", to_code="G2", reason="x", by=QUILL, staff=STAFF, at=at)
    decline_hand_over(hand_over_id=offer.pk, version=offer.version, reason="Full", by=BROWN, staff=STAFF, at=at)
    assign_interim(person_id=7, role="named-gp", to_code="G3", reason="Ill", by=LEAD, staff=STAFF, at=at)


def said() -> set[str]:
    return set(Alarm.objects.values_list("subject_kind", flat=True)) & {"interim", "request"}


def idle_request(at: datetime) -> None:
    """A request whose team refused, with nobody asked to choose the next: as an older store may have it."""
    request = make_request(
        person_id=7, what="Physiotherapy", why="Falls", service="physio", team=NURSES, asker=GP_PARTY,
        done_means="Assessed", due_at=at + timedelta(days=90), by=QUILL, at=at,
    )  # fmt: skip
    asked = live_promise(request)
    reject_promise(promise_id=asked.pk, version=asked.version, by=nurse, at=at, reason="No room")
    Promise.objects.filter(template="choose-next").delete()


def found(area, at: datetime) -> set[str]:
    """Which of the invariants that count by a site's clocks are broken."""
    with checked(area, at=at) as made:
        return {c.invariant for c in made.counts if c.now} & {"R5", "R8", "R10", "R16"}
