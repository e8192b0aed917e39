"""Pages and answers about who is responsible: who may ask, what they are told, what is refused."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from carestead.store.accounts.models import User
from carestead.store.assign.bulk import accept_bulk, offer_bulk
from carestead.store.assign.hand_over import offer_hand_over
from carestead.store.assign.models import Absence, BulkHandOver, HandOver, LedgerEntry, Responsibility
from carestead.store.audit.models import AuditEvent
from carestead.store.find.actions import accept_proposal
from carestead.web.assign.staff import group_of, staff_of
from carestead.web.published import published
from carestead.web.shell.dates import split_moment
from carestead.web.shell.typed import Typed


@pytest.fixture
def person(pages) -> int:
    """Somebody enrolled whom the persona gp holds, and who is offered to nobody yet."""
    found, gp = published(), User.objects.get(username="gp")
    coordinator = User.objects.get(username="coordinator")
    rows = found.snapshot.rows(
        "select person_id from person where practice_code = $home order by 1", ("person",), home=gp.organisation_code
    )
    person_id = rows[0]["person_id"]
    accept_proposal(
        person_id=person_id, version=0, practice_code=gp.organisation_code, named_gp_code=gp.practitioner_code,
        coordinator_code=coordinator.practitioner_code, by=gp.actor(),
    )  # fmt: skip
    return person_id


@pytest.fixture
def offered(person) -> HandOver:
    gp = User.objects.get(username="gp").actor()
    staff = staff_of(published(), group_of(published(), gp.organisation_code))
    other = next(c for c in sorted(staff) if "named-gp" in staff[c].roles and c != gp.practitioner_code)
    return offer_hand_over(person_id=person, role="named-gp", to_code=other, reason="Leaving", by=gp, staff=staff)


def test_one_question_has_one_answer_for_programs_and_on_the_page(pages, person):
    client = pages("gp")
    answer = client.get(f"/api/people/{person}/responsible/")
    assert answer.status_code == 200
    roles = {r["role"]: r for r in answer.json()["roles"]}
    gp = User.objects.get(username="gp").practitioner_code
    assert (roles["named-gp"]["holder"], roles["named-gp"]["basis"]) == (gp, "accepted")
    assert roles["named-gp"]["answer"]["by"] in ("holder", "out-of-hours")
    page = client.get(f"/people/{person}/responsibility/").content.decode()
    assert published().practitioner_name(gp) in page
    kinds = AuditEvent.objects.filter(kind="read").values_list("action", "people")
    assert ("api-responsible", [person]) in [(a, p) for a, p in kinds]


def test_what_they_had_looked_at_by_then_is_told(pages, person):
    client = pages("gp")
    client.get(f"/people/{person}/record/")
    told = client.get(f"/api/people/{person}/responsible/").json()["roles"][0]["told"]
    assert ("looked", "see-record") in [(t["how"], t["what"]) for t in told]
    assert "read the timeline" in client.get(f"/people/{person}/responsibility/").content.decode()


def test_before_the_enrolment_nobody_was(pages, person):
    before = (timezone.now() - timedelta(days=400)).isoformat().replace("+", "%2B")
    answer = pages("gp").get(f"/api/people/{person}/responsible/?at={before}").json()
    assert [r["holder"] for r in answer["roles"]] == ["", ""]


@pytest.mark.parametrize("at", ["yesterday", "2026-05-03T02:10:00", "2026-02-30T02:10:00Z"])
def test_an_instant_that_is_none_is_refused_in_words(pages, person, at):
    answer = pages("gp").get(f"/api/people/{person}/responsible/?at={at}")
    assert answer.status_code == 400
    assert "2026-05-03T02:10:00+01:00" in answer.content.decode()


def test_an_offer_is_read_only_by_those_with_a_part_in_it(pages, offered):
    for who, status in (("gp", 200), ("lead", 200), ("partner", 403), ("commissioner", 403)):
        assert pages(who).get(f"/hand-overs/{offered.pk}/").status_code == status, who
    assert pages("gp").get("/hand-overs/999/").status_code == 403


def test_whoever_is_asked_reads_the_brief_and_accepts(pages, offered):
    second = User.objects.get(username="gp2")
    HandOver.objects.filter(pk=offered.pk).update(arriving_code=second.practitioner_code)
    client = pages("gp2")
    page = client.get(f"/hand-overs/{offered.pk}/").content.decode()
    assert "What to know" in page
    done = client.post(f"/hand-overs/{offered.pk}/", {"act": "accept", "version": "1"})
    assert done.status_code == 302
    held = Responsibility.objects.get(person_id=offered.person_id, role="named-gp", end__isnull=True)
    assert held.practitioner_code == second.practitioner_code
    again = client.post(f"/hand-overs/{offered.pk}/", {"act": "accept", "version": "1"})
    assert again.status_code == 400
    assert "accepted already" in again.content.decode()
    assert LedgerEntry.objects.filter(person_id=offered.person_id, role="named-gp").count() == 2


def test_offering_somebody_who_is_on_offer_shows_that_offer_first(pages, offered):
    answer = pages("gp").get(f"/people/{offered.person_id}/hand-over/")
    assert (answer.status_code, answer.url) == (302, f"/hand-overs/{offered.pk}/")


def test_taking_an_accepted_hand_over_back_says_before_and_after_what_it_does(pages, person):
    found, gp = published(), User.objects.get(username="gp")
    staff = staff_of(found, group_of(found, gp.organisation_code))
    gp2 = User.objects.get(username="gp2").actor()
    made = offer_bulk(
        role="named-gp", leaving_code=gp.practitioner_code, receivers={person: gp2.practitioner_code}, reason="Leave",
        by=gp.actor(), staff=staff,
    )  # fmt: skip
    lead, here = pages("lead"), f"/hand-overs/many/{made.pk}/"
    mine, theirs = found.practitioner_name(gp.practitioner_code), found.practitioner_name(gp2.practitioner_code)
    assert f"1 offer is withdrawn : {mine} stays accountable." in words(lead.get(here))
    accept_bulk(bulk_id=made.pk, by=gp2, staff=staff)
    exactly = f"1 person is offered back to {mine} , who must accept. Until then {theirs} is accountable."
    assert exactly in words(lead.get(here))
    assert exactly not in words(pages("gp2").get(here))
    empty = lead.post(here, {"act": "undo", "reason": ""})
    assert empty.status_code == 400
    assert "It does not say why it is taken back." in words(empty)
    assert 'href="#reason"' in empty.content.decode()
    after = lead.post(here, {"act": "undo", "reason": "A mistake"}, follow=True)
    assert "Taken back. 0 offers withdrawn, 1 person offered back." in words(after)
    assert exactly in words(after)
    assert Responsibility.objects.get(person_id=person, role="named-gp", end=None).practitioner_code == (
        gp2.practitioner_code
    )
    back = BulkHandOver.objects.get(undoes_id=made.pk)
    accept_bulk(bulk_id=back.pk, by=gp.actor(), staff=staff)
    assert "Nobody waits for an answer any more." in words(lead.get(f"/hand-overs/many/{back.pk}/"))
    first = words(lead.get(here))
    assert f"1 person of {mine}" in first
    assert "see how it stands" in first
    assert "Take it back" not in first


def words(answer) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_gp_hands_over_only_their_own_people_in_bulk(pages, person):
    client = pages("gp2")
    own = User.objects.get(username="gp").practitioner_code
    assert client.get(f"/hand-overs/many/?leaving={own}").status_code == 403


def test_a_wrong_day_of_absence_says_what_to_type_and_changes_nothing(pages):
    client = pages("gp")
    typed = {"act": "plan", "first-day": "30", "first-month": "2", "first-year": "2027", "absence_reason": "leave"}
    answer = client.post("/cover/", typed)
    assert answer.status_code == 400
    assert "There is no day 30.2.2027" in answer.content.decode()
    answer = client.post(
        "/cover/", {**typed, "first-day": "28", "back-day": "27", "back-month": "2", "back-year": "2027"}
    )
    assert "The absence ends before it starts." in answer.content.decode()
    assert not Absence.objects.exists()


def test_an_end_asks_what_becomes_of_everything_and_then_ends(pages, person):
    client = pages("gp")
    answer = client.post(f"/people/{person}/end/", {"kind": "moved", "reason": "To Leeds", "version": "1"})
    assert answer.status_code == 400
    assert "Nobody is named who takes over." in answer.content.decode()
    typed = {"kind": "moved", "reason": "To Leeds", "version": "1", "receiver": "Dr Elm, Leeds"}
    assert client.post(f"/people/{person}/end/", typed).status_code == 302
    assert not Responsibility.objects.filter(person_id=person, end__isnull=True).exists()


def _at_fault(answer) -> list[str]:
    return re.findall(r'<li><a href="#([^"]*)">', answer.content.decode())


def test_what_is_missing_is_said_at_its_field(pages, offered):
    declined = {"act": "decline", "version": "1", "decline_reason": " "}
    second = User.objects.get(username="gp2")
    HandOver.objects.filter(pk=offered.pk).update(arriving_code=second.practitioner_code)
    assert _at_fault(pages("gp2").post(f"/hand-overs/{offered.pk}/", declined)) == ["decline_reason"]
    assert _at_fault(pages("gp2").post(f"/hand-overs/{offered.pk}/", {**declined, "version": "9"})) == ["answer"]
    withdrawn = {"act": "withdraw", "version": "1", "withdraw_reason": ""}
    assert _at_fault(pages("gp").post(f"/hand-overs/{offered.pk}/", withdrawn)) == ["withdraw_reason"]


@pytest.mark.parametrize("version", ["", "one", "-1", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 40])
def test_a_version_that_the_page_did_not_give_is_an_old_one(pages, person, offered, version):
    for address, act in ((f"/hand-overs/{offered.pk}/", "withdraw"), (f"/people/{person}/end/", "")):
        answer = pages("gp").post(address, {"act": act, "withdraw_reason": "-", "kind": "died", "version": version})
        assert answer.status_code == 400, address
        assert "has changed since you read it" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "", "reason": "To Leeds"}, "kind"),
        ({"kind": "moved", "reason": " ", "receiver": "Dr Elm"}, "reason"),
        ({"kind": "moved", "reason": "To Leeds", "receiver": ""}, "receiver"),
    ],
)
def test_an_end_says_at_its_field_what_it_lacks(pages, person, typed, field):
    assert _at_fault(pages("gp").post(f"/people/{person}/end/", {**typed, "version": "1"})) == [field]


def _typed(day, month, year, clock, **more):
    return {"at-day": str(day), "at-month": str(month), "at-year": str(year), "at-time": clock, **more}


def _moment(typed):
    form = Typed(typed)
    return form.moment("at", "at-time"), form.errors


def test_half_past_one_in_october_can_be_meant_twice():
    first, _ = _moment(_typed(25, 10, 2026, "01:30"))
    second, _ = _moment(_typed(25, 10, 2026, "01:30", **{"at-again": "1"}))
    assert (first, second) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert split_moment("at", second)["at-again"] == "1"


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        (_typed(29, 3, 2026, "01:30"), "at-time", "There was no 01:30 on 29 March 2026: the clocks went forward."),
        (_typed(29, 2, 2026, "01:30"), "at-day", "There is no day 29.2.2026"),
        (_typed(1, 2, 2026, "half past"), "at-time", "Type a time such as 14:30."),
    ],
)
def test_an_instant_that_never_was_is_refused_at_its_field(typed, field, says):
    at, errors = _moment(typed)
    assert at is None
    assert list(errors) == [field]
    assert says in errors[field]


def test_what_is_wrong_with_the_day_and_with_the_time_is_said_at_once():
    assert set(_moment(_typed(29, 2, 2026, "half past"))[1]) == {"at-day", "at-time"}


@pytest.mark.parametrize("clock", ["2:10", "02:10", "2.10", " 02:10 "])
def test_a_leap_day_is_a_day_and_a_time_is_read_as_people_write_it(clock):
    assert _moment(_typed(29, 2, 2028, clock))[0] == datetime(2028, 2, 29, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["00:30", "03:30"])
def test_around_the_hour_that_was_left_out_there_are_instants(clock):
    assert _moment(_typed(29, 3, 2026, clock))[1] == {}


def test_a_meeting_or_promise_cannot_be_for_an_hour_that_there_is_not(pages):
    typed = {"day-day": "28", "day-month": "3", "day-year": "2027", "time": "01:30"}
    answer = pages("coordinator").post("/mdt/prepare/", typed)
    assert answer.status_code == 400
    assert "There was no 01:30 on 28 March 2027" in answer.content.decode()


def test_today_leads_to_what_is_asked(pages, offered):
    second = User.objects.get(username="gp2")
    HandOver.objects.filter(pk=offered.pk).update(arriving_code=second.practitioner_code)
    Absence.objects.create(
        practitioner_code=offered.leaving_code, start=timezone.now(), reason="Leave", cover_state="asked",
        cover_code=second.practitioner_code, planned_by="x", planned_at=timezone.now(),
    )  # fmt: skip
    page = pages("gp2").get("/today/").content.decode()
    assert f'href="/hand-overs/{offered.pk}/"' in page
    assert 'href="/cover/"' in page
