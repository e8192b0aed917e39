"""Hospital messages that wait: who sees them, how the person is found and shown, and that each is settled once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.at_once import at_once

from carestead import results
from carestead.api.known import finder
from carestead.core.nhs_number import display
from carestead.store.actor import Actor, Role
from carestead.store.assign.desk import plan_shift
from carestead.store.audit.models import AuditEvent
from carestead.store.care import stays
from carestead.store.care.feeds import open_feed
from carestead.store.care.models import Alarm, HospitalMessage, Promise, Stay
from carestead.store.care.sweep import sweep
from carestead.store.find.actions import accept_proposal
from carestead.web.hospital.words import compared, digits, has_family, number_fault

GP = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")
LEAD = Actor("lead", "The lead", Role.LEAD, "Y00001")
LIST = "/hospital-messages/"


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def somebody(small_area) -> dict:
    """Somebody living whose number is valid, with the same number mistyped."""
    with results.latest(small_area) as snapshot:
        sql = """select n.person_id, n.nhs_number, n.birth_date, n.family_name, n.given_name
        from patient n join person p using (person_id)
        where p.death_date is null and n.person_id <> 10 order by 1 limit 1"""
        row = snapshot.rows(sql, ("patient", "person"))[0]
    number = row["nhs_number"]
    return {**row, "mistyped": number[:9] + str((int(number[9]) + 1) % 10)}


@pytest.fixture
def hear(pages, small_area):
    """Takes rows of a hospital's feed, and gives the messages that were kept."""
    open_feed(source="teasel", name="Teasel Hospital", expected_every_minutes=60, by=LEAD)
    find = finder(small_area, timezone.localdate())

    def take(*rows: str, hours: float = 1) -> list[HospitalMessage]:
        header = "event,visit_id,happened_at,nhs_number,name,birth_date,ward,reason"
        at = timezone.now() - timedelta(hours=hours)
        told = stays.receive(body="\n".join([header, *rows]).encode(), source="teasel", find=find, at=at)
        return [HospitalMessage.objects.get(pk=r.message_id) for r in told]

    return take


def left(who: dict, number: str, visit: str = "V1", hours: float = 2, **other) -> str:
    told = {**who, **other}
    happened = (timezone.now() - timedelta(hours=hours)).isoformat()
    name = f"{told['given_name']} {told['family_name']}"
    return f"discharge,{visit},{happened},{number},{name},{told['birth_date']},Ward 3,Chest infection"


@pytest.fixture
def waiting(hear, somebody) -> HospitalMessage:
    [message] = hear(left(somebody, somebody["mistyped"]))
    assert message.outcome == "unmatched"
    return message


@pytest.fixture
def enrolled(somebody) -> None:
    accept_proposal(person_id=somebody["person_id"], version=0, practice_code="Y00001", named_gp_code="G1",
                    coordinator_code="K1", by=GP)  # fmt: skip


def page_of(message: HospitalMessage) -> str:
    return f"{LIST}{message.pk}/"


def confirming(who: dict, **changed) -> dict:
    sent = {"act": "confirm", "person": who["person_id"], "number": who["nhs_number"], "once": str(uuid4())}
    return {**sent, **changed}


def reads() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(kind="read", action__startswith="see-hospital-message").order_by("pk"))


@pytest.mark.parametrize(
    ("persona", "status"),
    [("coordinator", 200), ("lead", 200), ("gp", 403), ("partner", 403), ("commissioner", 403), ("analyst", 403)],
)
def test_who_is_at_the_desk_sees_what_waits(pages, waiting, persona, status):
    client = pages(persona)
    assert client.get(LIST).status_code == status
    assert client.get(page_of(waiting)).status_code == status
    assert client.post(page_of(waiting), {"act": "find", "number": "9990000018"}).status_code in (status, 400)


def test_a_gp_sees_it_while_they_staff_the_desk(pages, waiting):
    gp, now = pages("gp"), timezone.now()
    assert "coordinators, practice leads, and GPs on its rota" in text(gp.get(LIST))
    assert "wait at the duty desk" not in text(gp.get("/today/"))
    plan_shift(group_code="GRP1", start=now - timedelta(hours=1), end=now + timedelta(hours=2), staffed_by="G1",
               staff_name="Dr Ada Quill", phone="01632 960010", by=LEAD)  # fmt: skip
    assert gp.get(LIST).status_code == 200
    assert "1 hospital message waits at the duty desk : nobody could be found for it." in text(gp.get("/today/"))


def test_the_list_says_what_waits_and_why(pages, waiting, hear, somebody):
    hear("born,V9,2026-11-20,,,,,")
    said = text(pages("coordinator").get(LIST))
    assert "2 messages wait : nobody could be found for 1 of them, and 1 cannot be read." in said
    assert f"{somebody['given_name']} {somebody['family_name']}" in said
    assert "Left hospital 2 hours ago" in said
    assert "The NHS number is not valid: a digit is mistyped, or two are swapped." in said
    assert "&#39;born&#39; is no event that is known." in said
    assert somebody["mistyped"] in said
    assert "Teasel Hospital" in said


def test_nothing_waits_and_the_page_says_so(pages):
    assert "No hospital message waits." in text(pages("coordinator").get(LIST))
    assert "hospital message" not in text(pages("coordinator").get("/today/"))
    assert "hospital message" not in text(pages("lead").get("/load/"))


def test_what_has_waited_too_long_is_overdue_and_told_to_the_lead(pages, hear, somebody):
    [message] = hear(left(somebody, somebody["mistyped"], hours=24 * 8), hours=24 * 7)
    assert "Overdue" in text(pages("coordinator").get(LIST))
    sweep()
    lead = pages("lead")
    answer = lead.get("/late/")
    assert "A message of Teasel Hospital waits" in text(answer)
    assert f'href="{page_of(message)}"' in answer.content.decode()
    assert "Nothing late is waiting" in text(pages("coordinator").get("/late/"))
    [alarm] = Alarm.objects.filter(subject_kind="hospital-message")
    lead.post("/late/", {"alarm": [alarm.pk]})
    assert "Nothing late is waiting" in text(lead.get("/late/"))
    assert "1 hospital message waits at the duty desk" in text(lead.get("/load/"))


def test_alarms_of_one_hospital_are_one_line_and_say_what_was_settled_since(pages, hear, somebody):
    hear(*(left(somebody, somebody["mistyped"], f"V{n}", hours=24 * 8) for n in range(3)), hours=24 * 7)
    sweep()
    lead = pages("lead")
    said = text(lead.get("/late/"))
    assert "3 alarms for you" in said
    assert "3 messages of Teasel Hospital wait Nobody has settled them at the duty desk." in said
    first = HospitalMessage.objects.order_by("pk")[0]
    pages("coordinator").post(page_of(first), confirming(somebody))
    said = text(lead.get("/late/"))
    assert "2 messages of Teasel Hospital wait Nobody" in said
    assert "A message of Teasel Hospital waited too long Settled since." in said
    ticked = re.findall(r'name="alarm" value="(\d+)"', lead.get("/late/").content.decode())
    assert sorted(ticked) == sorted(str(a.pk) for a in Alarm.objects.filter(subject_kind="hospital-message"))
    assert "3 alarms read." in text(lead.post("/late/", {"alarm": ticked}, follow=True))


def test_the_data_page_counts_what_waits_by_hospital(pages, waiting):
    said = text(pages("lead").get("/data/"))
    assert re.search(r"Teasel Hospital.*1 messages of Teasel Hospital", said)
    for planner in ("commissioner", "analyst"):
        assert "Teasel Hospital" not in text(pages(planner).get("/data/"))


def test_the_person_is_shown_before_it_is_confirmed(pages, waiting, somebody):
    answer = pages("coordinator").post(page_of(waiting), {"act": "find", "number": display(somebody["nhs_number"])})
    said = text(answer)
    assert answer.status_code == 200
    assert f"{somebody['family_name'].upper()}, {somebody['given_name']}" in said
    assert "digit 10 differs" in said
    assert "They are not enrolled" in said
    assert "Yes, it is about this person" in said
    assert Stay.objects.get().person_id is None
    assert reads()[-1].people == [somebody["person_id"]]


def test_somebody_is_found_by_what_the_message_says(pages, waiting, somebody):
    coordinator = pages("coordinator")
    assert reads() == []
    assert "Yes, it is about this person" not in text(coordinator.get(page_of(waiting)))
    assert reads()[-1].people == []
    said = text(coordinator.post(page_of(waiting), {"act": "alike"}))
    assert f"{somebody['family_name'].upper()}, {somebody['given_name']}" in said
    assert somebody["person_id"] in reads()[-1].people
    sent = confirming(somebody, number="", by="alike")
    assert coordinator.post(page_of(waiting), sent).status_code == 302
    assert Stay.objects.get().person_id == somebody["person_id"]


def test_the_desk_is_told_to_ring_where_more_than_the_number_differs(pages, hear, somebody):
    [message] = hear(left(somebody, somebody["mistyped"], given_name="Zebedee", birth_date="1901-01-01"))
    said = text(pages("coordinator").post(page_of(message), {"act": "find", "number": somebody["nhs_number"]}))
    assert "before you confirm: name differs and date of birth differs." in said
    assert "I have rung: it is about this person" in said
    assert "Yes, it is about this person" not in said


def test_nobody_alike_is_said(pages, hear, somebody):
    [message] = hear(left(somebody, somebody["mistyped"], family_name="Xylophone"))
    said = text(pages("coordinator").post(page_of(message), {"act": "alike"}))
    assert "Nobody in this area has this family name and this date of birth." in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the person&#39;s NHS number."),
        ("123", "The NHS number has not ten digits. Type ten digits, such as 999 728 7652."),
        ("9990000019", "The NHS number is not valid: a digit is mistyped, or two are swapped. Type ten digits"),
        ("9990999015", "Nobody in this area has this NHS number."),
    ],
)
def test_a_number_that_leads_to_nobody_is_answered_in_words(pages, waiting, typed, said):
    answer = pages("coordinator").post(page_of(waiting), {"act": "find", "number": typed})
    assert answer.status_code == 400
    assert said in text(answer)
    assert reads()[-1].detail.get("asked", "") == typed


def test_once_confirmed_the_contact_is_promised(pages, waiting, somebody, enrolled):
    coordinator = pages("coordinator")
    found = text(coordinator.post(page_of(waiting), {"act": "find", "number": somebody["nhs_number"]}))
    assert "their named GP and coordinator are told at once and contact after the discharge is promised." in found
    answer = coordinator.post(page_of(waiting), confirming(somebody), follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert re.search(r"The message is about .*\. Contact is promised by Kim Teal, due ", text(answer))
    assert "No hospital message waits." in text(answer)
    assert Promise.objects.get().owner_code == "K1"


def test_all_messages_of_the_visit_are_settled_with_one(pages, hear, somebody):
    happened = (timezone.now() - timedelta(days=3)).isoformat()
    first, second = hear(f"admit,V1,{happened},,,,Ward 3,", left(somebody, somebody["mistyped"]))
    coordinator = pages("coordinator")
    assert "1 other message of the same visit waits too, and is settled with this one" in text(
        coordinator.get(page_of(second))
    )
    coordinator.post(page_of(second), confirming(somebody))
    assert "No hospital message waits." in text(coordinator.get(LIST))
    said = text(coordinator.get(page_of(first)))
    assert re.search(r"This message is settled Settled by .*, \d+ \w+ \d{4} at", said)
    assert somebody["family_name"].upper() not in said


def test_a_second_press_says_what_the_first_did(pages, waiting, somebody, enrolled):
    coordinator, sent = pages("coordinator"), confirming(somebody)
    first, second = (coordinator.post(page_of(waiting), sent, follow=True) for _ in range(2))
    for answer in (first, second):
        assert "Contact is promised by" in text(answer)
    assert AuditEvent.objects.filter(action="message-matched").count() == 1


def test_whoever_comes_second_is_told_and_changes_nothing(pages, waiting, somebody):
    coordinator, lead = pages("coordinator"), pages("lead")
    assert coordinator.post(page_of(waiting), confirming(somebody)).status_code == 302
    for sent in (confirming(somebody), {"act": "aside", "why": "not-ours", "once": str(uuid4())}):
        answer = lead.post(page_of(waiting), sent)
        assert answer.status_code == 409
        assert "Somebody was quicker: what you sent has changed nothing." in text(answer)
        assert somebody["family_name"].upper() not in text(answer)
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.matched_by[:8]) == ("not-enrolled", "by hand:")


@pytest.fixture
def committed_pages(transactional_db, pages):
    from django.db import connection

    from carestead.store import append_only

    append_only.protect(connection, *append_only.TABLES)
    yield pages
    append_only.release(connection, *append_only.TABLES)


def test_two_at_the_desk_at_once_settle_it_once(committed_pages, waiting, somebody):
    coordinator, lead = committed_pages("coordinator"), committed_pages("lead")
    aside = {"act": "aside", "why": "not-ours", "once": str(uuid4())}
    statuses = at_once([
        lambda: coordinator.post(page_of(waiting), confirming(somebody)).status_code,
        lambda: lead.post(page_of(waiting), aside).status_code,
    ])  # fmt: skip
    assert sorted(statuses) == [302, 409]
    assert AuditEvent.objects.filter(action__in=("message-matched", "message-set-aside")).count() == 1


def test_whoever_was_shown_can_read_that_they_were(pages, waiting, somebody, enrolled):
    coordinator = pages("coordinator")
    coordinator.post(page_of(waiting), {"act": "find", "number": somebody["nhs_number"]})
    coordinator.post(page_of(waiting), confirming(somebody))
    said = text(coordinator.get(f"/people/{somebody['person_id']}/looked/"))
    assert "saw who it is, to find out whom a hospital message is about" in said
    assert "said that a hospital message is about the person" in said


def test_a_list_that_is_too_long_has_an_end_and_says_so(pages, hear):
    hear(*(f"born,V{n},2026-11-20,,,,," for n in range(102)))
    answer = pages("coordinator").get(LIST)
    assert "102 messages wait : they cannot be read." in text(answer)
    assert "These are the first 100; when they are settled, the next stand here." in text(answer)
    assert answer.content.decode().count("data-row") == 100


def test_nobody_is_confirmed_whom_the_page_has_not_shown(pages, waiting, somebody):
    answer = pages("coordinator").post(page_of(waiting), confirming({**somebody, "person_id": 10}))
    assert answer.status_code == 400
    assert "somebody whom this page has shown" in text(answer)
    assert Stay.objects.get().person_id is None


def test_of_a_visit_of_two_people_only_the_first_can_be_confirmed(pages, hear, somebody, small_area):
    with results.latest(small_area) as snapshot:
        sql = """select nhs_number, birth_date from patient where person_id <> $one and nhs_number is not null
        and person_id in (select person_id from person where death_date is null) order by person_id limit 1"""
        other = snapshot.rows(sql, ("patient", "person"), one=somebody["person_id"])[0]
    happened = (timezone.now() - timedelta(days=3)).isoformat()
    number = other["nhs_number"]
    _, message = hear(
        f"admit,V1,{happened},{somebody['nhs_number']},,,,", left(somebody, number, birth_date=other["birth_date"])
    )
    assert message.outcome == "conflict"
    coordinator = pages("coordinator")
    said = text(coordinator.get(page_of(message)))
    assert "it gave one visit to two people" in said
    assert f"{somebody['family_name'].upper()}, {somebody['given_name']}" in said
    assert "Show who this is" not in said
    assert somebody["person_id"] in reads()[-1].people
    assert coordinator.post(page_of(message), confirming(somebody, number="")).status_code == 302
    message.refresh_from_db()
    assert message.person_id == somebody["person_id"]


def test_a_message_that_cannot_be_read_says_what_to_ask_for_and_is_set_aside(pages, hear):
    [message] = hear("born,V9,2026-11-20,,,,,")
    coordinator = pages("coordinator")
    said = text(coordinator.get(page_of(message)))
    assert "What to ask the hospital for" in said
    assert "born,V9,2026-11-20" in said
    assert "Show who this is" not in said
    missing = coordinator.post(page_of(message), {"act": "aside", "once": str(uuid4())})
    assert (missing.status_code, "Choose why it needs no more." in text(missing)) == (400, True)
    vague = coordinator.post(page_of(message), {"act": "aside", "why": "other", "once": str(uuid4())})
    assert (vague.status_code, "Say in a few words why" in text(vague)) == (400, True)
    sent = {"act": "aside", "why": "asked", "more": "Rang the ward", "once": str(uuid4())}
    said = text(coordinator.post(page_of(message), sent, follow=True))
    assert "The message is set aside, and kept." in said
    assert re.search(
        r"Set aside in the last seven days .* Set aside by .*: The hospital is asked to send it again", said
    )
    message.refresh_from_db()
    assert message.matched_by.endswith(": The hospital is asked to send it again. Rang the ward")


def test_what_was_set_aside_by_mistake_is_taken_up_again(pages, waiting):
    coordinator = pages("coordinator")
    coordinator.post(page_of(waiting), {"act": "aside", "why": "not-ours", "once": str(uuid4())})
    assert "No hospital message waits." in text(coordinator.get(LIST))
    said = text(coordinator.post(page_of(waiting), {"act": "again", "once": str(uuid4())}, follow=True))
    assert "The message waits at the desk again." in said
    assert "Show who this is" in said


def test_the_record_of_whoever_has_the_number_of_a_message_is_written_down_as_seen(pages, hear, somebody):
    """The number is right and the birth date is not: the number alone says who it may be."""
    [message] = hear(left(somebody, somebody["nhs_number"], birth_date="1901-01-01"))
    coordinator = pages("coordinator")
    coordinator.get(LIST)
    assert reads()[-1].people == [somebody["person_id"]]
    assert "with another date of birth" in text(coordinator.get(page_of(message)))
    assert (reads()[-1].people, reads()[-1].detail) == ([somebody["person_id"]], {"message": message.pk})


def test_what_was_never_at_the_desk_is_not_there(pages, hear, somebody):
    [taken] = hear(left(somebody, somebody["nhs_number"]))
    for address in (page_of(taken), f"{LIST}999/"):
        answer = pages("coordinator").get(address)
        assert (answer.status_code, "No such message waits at the desk" in text(answer)) == (403, True)


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ("9990000018", "9990000018", ""),
        ("9990000081", "9990000018", "digits 9 and 10 are swapped"),
        ("9990000028", "9990000018", "digit 9 differs"),
        ("1230000018", "9990000018", "3 of 10 digits differ"),
        ("99900000", "9990000018", ""),
    ],
)
def test_it_is_said_in_which_digits_two_numbers_differ(theirs, ours, said):
    assert digits(theirs, ours) == said


@pytest.mark.parametrize(
    ("name", "born", "how", "more"),
    [
        ("Ada Wren", "1941-05-17", ["Same", "Same"], ["", ""]),
        ("WREN, ada jane", "1941-05-17", ["Same", "Same"], ["", ""]),
        ("Ida Wren", "1941-05-07", ["Different", "Different"], ["the first name", "the day"]),
        ("Ada Finch", "1914-06-17", ["Different", "Different"], ["the family name", "the month and the year"]),
        ("Ada Wren", "1941-07-05", ["Same", "Different"], ["", "the day and the month"]),
        ("Ada Wren", "1940-07-05", ["Same", "Different"], ["", "day, month and year"]),
        ("Bo Finch", "1941-05-17", ["Different", "Same"], ["both names", ""]),
        ("", None, ["Not said", "Not said"], ["", ""]),
    ],
)
def test_message_and_record_are_set_side_by_side(name, born, how, more):
    from datetime import date

    message = HospitalMessage(identifiers={"name": name, "birth_date": born})
    record = {"name": "WREN, Ada", "family_name": "Wren", "given_name": "Ada", "nhs_number": "9990000018"}
    facts = compared(message, record, date(1941, 5, 17))[:2]
    assert ([f.how for f in facts], [f.more for f in facts]) == (how, more)


@pytest.mark.parametrize(
    ("called", "family", "alike"),
    [
        ("Maeve O'Brien", "O'Brien", True),
        ("OBRIEN, MAEVE", "O'Brien", True),
        ("Jean Parker-Lee", "Parker Lee", True),
        ("Jean Parker", "Parker-Lee", False),
        ("Ann Leeson", "Lee", False),
        ("Ann Lee", None, False),
    ],
)
def test_a_family_name_is_found_however_it_is_written(called, family, alike):
    assert has_family(called, family) is alike


def test_what_is_wrong_with_a_number_is_said():
    assert number_fault("") == "There is no NHS number."
    assert number_fault("9990000018") == ""
