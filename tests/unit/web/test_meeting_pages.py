"""Meetings on pages: prepared from what is open, held one person at a time, closed when each leaves with something."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead import results
from carestead.store.accounts.models import User
from carestead.store.care.asks import Ask, make
from carestead.store.care.log import untold
from carestead.store.care.models import Lesson, Meeting, MeetingItem, Promise
from carestead.store.care.promise_ends import complete_promise
from carestead.store.find.actions import accept_proposal
from carestead.web.shell.dates import split_date

PEOPLE = (10, 11)


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def actor(persona):
    return User.objects.get(username=persona).actor()


@pytest.fixture
def overdue(pages):
    """Two enrolled people, each with a promise that is late."""
    gp, coordinator, now = actor("gp"), actor("coordinator"), timezone.now()
    for person_id in PEOPLE:
        accept_proposal(
            person_id=person_id, version=0, practice_code="Y00001", named_gp_code=gp.practitioner_code,
            coordinator_code=coordinator.practitioner_code, by=gp,
        )  # fmt: skip
        late = Ask("Order a bed", "There is a bed", now - timedelta(days=2), gp.practitioner_code, gp.name)
        make(late, person_id=person_id, by=coordinator, at=now - timedelta(days=9))
    return PEOPLE


def prepare(client, people=PEOPLE, **changed):
    day = split_date("day", timezone.localdate() + timedelta(days=7))
    ticked = {f"person-{p}": "1" for p in people}
    said = {"organisation": "GRP1", "time": "13:00", "place": "Library", **day, **ticked}
    return client.post("/mdt/prepare/", {**said, **changed})


@pytest.fixture
def held(pages, overdue) -> Meeting:
    client = pages("coordinator")
    assert prepare(client).status_code == 302
    meeting = Meeting.objects.get()
    begin = {"act": "begin", "version": 1, "attending": "Kim Teal, Dr Quill"}
    assert client.post(f"/mdt/{meeting.pk}/", begin).status_code == 302
    return Meeting.objects.get()


def turn(client, meeting, person_id, **data):
    version = MeetingItem.objects.get(person_id=person_id).version
    return client.post(f"/mdt/{meeting.pk}/people/{person_id}/", {"version": version, **data})


def test_who_is_proposed_and_why(pages, overdue):
    said = text(pages("coordinator").get("/mdt/prepare/"))
    assert said.count("Overdue since") == 2
    nothing = text(pages("lead").get("/mdt/prepare/"))
    assert "Overdue since" in nothing


def test_only_who_is_ticked_comes_on_the_agenda(pages, overdue):
    prepare(pages("coordinator"), people=(11,))
    assert list(MeetingItem.objects.values_list("person_id", flat=True)) == [11]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"time": "quarter past"}, "Type a time such as 14:30."),
        ({"day-day": "31", "day-month": "2"}, "There is no day 31.2."),
        ({"day-year": "2020"}, "is past"),
        ({"organisation": "Y99999"}, "Choose whose meeting it is."),
    ],
)
def test_a_meeting_that_cannot_be(pages, overdue, changed, words):
    answer = prepare(pages("coordinator"), **changed)
    assert answer.status_code == 400
    assert words in text(answer)
    assert not Meeting.objects.exists()


def test_a_turn_is_settled_in_one_press_when_the_suggestion_is_right(pages, held):
    client = pages("coordinator")
    page = client.get(f"/mdt/{held.pk}/people/10/").content.decode()
    form = re.search(r'id="promise-form".*?</form>', page, re.DOTALL)[0]
    fields = dict(re.findall(r'name="([\w-]+)" type="text"[^>]*? value="([^"]*)"', form))
    owner = re.search(r'<option value="([^"]+)" selected>', form)[1]
    assert all(fields.values())
    answer = turn(client, held, 10, act="promise", owner=owner, **{n: html.unescape(v) for n, v in fields.items()})
    assert answer.url == f"/mdt/{held.pk}/people/11/"
    made = Promise.objects.get(meeting_item_id__isnull=False)
    assert made.owner_code == actor("coordinator").practitioner_code


def test_nobody_leaves_with_nothing(pages, held):
    client = pages("coordinator")
    answer = turn(client, held, 10, act="no-action")
    assert "Choose why no action is needed" in text(answer)
    assert turn(client, held, 10, act="no-action", because="It goes well").url == f"/mdt/{held.pk}/people/11/"
    answer = client.post(f"/mdt/{held.pk}/", {"act": "close", "version": held.version})
    assert answer.status_code == 400
    name = re.search(r"([A-Z]+, \w+) leaves the meeting with nothing", text(answer))
    assert name
    assert name[1] in text(client.get(f"/mdt/{held.pk}/people/11/"))
    assert turn(client, held, 11, act="no-action", because_other="Moved").url == f"/mdt/{held.pk}/"
    assert client.post(f"/mdt/{held.pk}/", {"act": "close", "version": held.version}).status_code == 302
    assert Meeting.objects.get().state == "closed"
    assert list(untold()) == []


def test_wrong_terms_leave_the_turn_open(pages, held):
    answer = turn(pages("coordinator"), held, 10, act="promise", what="", owner="", done_means="")
    assert answer.status_code == 400
    for said in ("Say what is to be done.", "Choose who does it.", "Say how one will know"):
        assert said in text(answer)
    assert MeetingItem.objects.get(person_id=10).state == "open"


def test_a_note_is_kept_and_the_turn_stays(pages, held):
    assert turn(pages("lead"), held, 10, act="note", said="Fell twice").url == f"/mdt/{held.pk}/people/10/"
    assert "Fell twice" in text(pages("coordinator").get(f"/mdt/{held.pk}/people/10/"))


def test_adding_by_nhs_number(pages, held, small_area):
    client = pages("coordinator")
    with results.latest(small_area) as snapshot:
        sql = "select person_id, nhs_number from patient where person_id in (15, 20)"
        numbers = {r["person_id"]: r["nhs_number"] for r in snapshot.rows(sql, ("patient",))}
    gp = actor("gp")
    accept_proposal(person_id=15, version=0, practice_code="Y00001", named_gp_code=gp.practitioner_code,
                    coordinator_code="K1", by=gp)  # fmt: skip

    def add(number, why="Fell"):
        return client.post(f"/mdt/{held.pk}/", {"act": "add", "number": number, "why": why})

    assert add(numbers[15]).status_code == 302
    assert "on this agenda already" in text(add(numbers[15]))
    assert "You know nobody with this NHS number" in text(add("9434765919"))
    assert "Type an NHS number." in text(add(""))
    assert "Say why the person" in text(add(numbers[15], ""))


def test_calling_off_and_taking_off(pages, overdue):
    client = pages("coordinator")
    prepare(client)
    at, item = f"/mdt/{Meeting.objects.get().pk}/", MeetingItem.objects.get(person_id=10)
    assert "Say why the person is taken off" in text(client.post(at, {"act": "take-off", "item": item.pk}))
    off = {"act": "take-off", "item": item.pk, "off_reason": "Is away"}
    assert client.post(at, off).status_code == 302
    assert "Say why it is called off." in text(client.post(at, {"act": "call-off", "version": 1}))
    assert client.post(at, {"act": "call-off", "version": 1, "reason": "Snow"}).status_code == 302
    assert Meeting.objects.get().state == "cancelled"


def test_who_comes_to_which_meeting(pages, held):
    for persona, status in (("lead", 200), ("gp", 200), ("partner", 403), ("commissioner", 403), ("analyst", 403)):
        assert pages(persona).get(f"/mdt/{held.pk}/").status_code == status, persona
    for persona, status in (("lead", 200), ("gp", 403), ("partner", 403), ("analyst", 403)):
        assert pages(persona).get("/mdt/").status_code == status, persona
    answer = pages("gp").post(f"/mdt/{held.pk}/", {"act": "close", "version": held.version})
    assert "Only the chair can do that." in text(answer)


def test_another_organisations_meeting_is_refused(pages, held):
    Meeting.objects.update(organisation_code="RX901")
    assert pages("coordinator").get(f"/mdt/{held.pk}/").status_code == 403


def test_the_list_on_paper(pages, held):
    client = pages("coordinator")
    assert "Confidential" in text(client.get(f"/mdt/{held.pk}/print/"))
    assert client.get(f"/mdt/{held.pk}/list.pdf").content.startswith(b"%PDF-")


def test_a_lesson_is_followed_up_to_its_evidence(pages, overdue):
    client = pages("coordinator")
    wrong = client.post("/people/10/lesson/", {})
    assert "Say what went wrong." in text(wrong)
    assert "Choose the kind of cause." in text(wrong)
    assert client.post("/people/10/lesson/", {"what": "Nobody rang", "cause": "not-told"}).status_code == 302
    lesson = Lesson.objects.get()
    at, today = f"/mdt/lessons/{lesson.pk}/", timezone.localdate()
    owner = f"practitioner:{actor('coordinator').practitioner_code}"
    ask = {"what": "Ring on the day", "done_means": "A list is kept", "owner": owner, **split_date("due", today)}
    assert client.post(at, {"act": "promise", "version": 1, **ask}).status_code == 302
    promise = Promise.objects.get(pk=Lesson.objects.get().promise_id)
    complete_promise(
        promise_id=promise.pk, version=promise.version, by=actor("coordinator"), outcome="done",
        happened_at=timezone.now(),
    )  # fmt: skip
    assert "Nobody has measured whether it helped" in text(client.post(at, {"act": "close", "version": 2}))
    effect = {"act": "measure", "version": 2, "effect": "4 of 9 before, 9 of 9 after", **split_date("measured", today)}
    assert client.post(at, effect).status_code == 302
    assert client.post(at, {"act": "close", "version": 3}).status_code == 302
    assert "Closed with evidence" in text(client.get("/mdt/lessons/"))
    assert "Somebody was not told 1" in text(client.get("/mdt/lessons/"))
