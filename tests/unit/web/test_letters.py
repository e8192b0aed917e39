"""Letters to send: found, read, printed together, and recorded as posted; nobody else's are seen."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead.core.area import create_area
from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.models import Notice
from carestead.store.care.notices import notify_person
from carestead.store.find.actions import accept_proposal
from carestead.web.letters.contacts import sender
from carestead.web.published import published

GP = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")


@pytest.fixture
def clerk(pages):
    """The coordinator's browser, with two people of Millbrook Surgery newly enrolled."""
    for person_id in (10, 12):
        accept_proposal(
            person_id=person_id, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=GP
        )
    return pages("coordinator")


def ticks() -> list[str]:
    return [f"{n.pk}.{n.version}" for n in Notice.objects.order_by("pk")]


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_letters_that_wait_are_listed_with_their_day(clerk):
    Notice.objects.filter(person_id=10).update(due_at=timezone.now() - timedelta(days=1))
    said = text(clerk.get("/letters/"))
    assert "2 letters to send, 1 overdue" in said
    assert "Who their named GP is" in said
    assert "Overdue" in said


def test_a_letter_has_the_out_of_hours_number_of_the_site(clerk, settings, tmp_path):
    found = published()
    assert sender(found, "Y00001").when_closed == "111"
    area = create_area(tmp_path / "own", name="Own", synthetic=True)
    (area.path / "desk.yaml").write_text('out_of_hours: {phone: "01632 960999"}\n', encoding="utf-8")
    settings.AREA = area.path
    assert sender(found, "Y00001").when_closed == "01632 960999"


def test_reading_a_letter_says_what_it_says(clerk):
    notice = Notice.objects.get(person_id=10)
    said = text(clerk.get(f"/letters/{notice.pk}/"))
    for fact in ("Dr Ada Quill is your named GP", "Kim Teal is your care coordinator", "01632 960", "Easy words"):
        assert fact in said


@pytest.mark.parametrize("style", ["ordinary", "large", "easy-read", "strange"])
def test_letters_are_printed_together_and_it_is_written_down(clerk, style):
    answer = clerk.post("/letters/print.pdf", {"letter": ticks(), "style": style})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    event = AuditEvent.objects.filter(action="print-letters").get()
    assert sorted(event.people) == [10, 12]
    assert Notice.objects.filter(state="queued").count() == 2  # to print is not yet to send


def test_those_posted_are_gone_from_the_list_and_their_letter_can_still_be_read(clerk):
    answer = clerk.post("/letters/", {"letter": ticks()}, follow=True)
    assert "2 letters recorded as posted." in text(answer)
    assert "No letter waits" in text(answer)
    assert set(Notice.objects.values_list("state", "channel")) == {("given", "letter")}
    assert "Posted by" in text(clerk.get(f"/letters/{Notice.objects.first().pk}/"))


def test_posting_twice_or_nothing_is_told(clerk):
    stale = ticks()
    clerk.post("/letters/", {"letter": stale[:1]})
    again = clerk.post("/letters/", {"letter": stale[:1]})
    assert "Nothing was recorded. This notice is given already." in text(again)
    assert "No letter is ticked" in text(clerk.post("/letters/", {}))
    assert "No letter is ticked" in text(clerk.get("/letters/print.pdf", follow=True))


def test_one_letter_is_said_by_phone_or_put_aside_with_a_reason(clerk):
    first, second = Notice.objects.order_by("pk")
    clerk.post(f"/letters/{first.pk}/", {"version": "1", "channel": "phone"})
    refused = clerk.post(f"/letters/{second.pk}/", {"version": "1", "act": "put-aside", "reason": ""})
    assert "put aside without a reason" in text(refused)
    clerk.post(f"/letters/{second.pk}/", {"version": "1", "act": "put-aside", "reason": "Told at home"})
    assert list(Notice.objects.order_by("pk").values_list("state", flat=True)) == ["given", "not-needed"]


def test_every_kind_of_letter_is_drawn(clerk):
    now = timezone.now().isoformat()
    change = {"role": "coordinator", "before": "K1", "after": "K2", "since": now, "interim": True}
    absence = {"role": "named-gp", "away": "G1", "cover": "G2", "start": "2026-06-01T00:00:00+01:00",
               "end": "2026-07-01T00:00:00+01:00"}  # fmt: skip
    for about, facts in (("change", change), ("absence", absence), ("absence", {**absence, "end": None, "cover": ""}),
                         ("end", {"before": "G1", "since": now})):  # fmt: skip
        notify_person(person_id=10, about=about, facts=facts, key=str(facts), by=GP)
    said = [text(clerk.get(f"/letters/{n.pk}/")) for n in Notice.objects.filter(person_id=10).exclude(about="named-gp")]
    for fact, letter in zip(
        ("Lou Vane is your care coordinator for now", "from 1 June 2026 until 30 June 2026", "Our duty team answers",
         "Your care with us changes"), said, strict=True,
    ):  # fmt: skip
        assert fact in letter


def test_a_practice_whose_number_nobody_knows_prints_no_letter(clerk, monkeypatch):
    monkeypatch.setattr("carestead.web.letters.contacts._made_up", lambda code: "")
    answer = clerk.post("/letters/print.pdf", {"letter": ticks()})
    assert answer.status_code == 400
    assert "does not know the telephone number of Millbrook Surgery" in text(answer)
    assert "practices.yaml" in text(answer)


def test_a_practice_says_in_a_file_how_it_is_reached(clerk, practices_file):
    practices_file('Y00001: {phone: "01632 960111", address: [1 Mill Lane]}\n')
    said = text(clerk.get(f"/letters/{Notice.objects.first().pk}/"))
    assert "01632 960111" in said.replace("\u00a0", " ")
    assert sender(published(), "Y00001").address == ("1 Mill Lane",)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("Y00001: [", "practices.yaml is not valid YAML"),
        ("- Y00001", "practices.yaml has no names. Write a name, a colon"),
        ("Y00001: {phone: 01632560001}", "practices.yaml: Y00001 has the phone 241885185, which is no text. Put it in"),
    ],
)
def test_a_slip_in_that_file_prints_no_letter_and_is_said(clerk, practices_file, wrong, what):
    practices_file(wrong)
    answer = clerk.post("/letters/print.pdf", {"letter": ticks()})
    assert answer.status_code == 400
    assert what in text(answer)


def test_a_slip_of_one_practice_leaves_the_letters_of_another(clerk, practices_file):
    practices_file("Y00001: {phone: 01632 960111}\nY00002:\n")
    assert clerk.post("/letters/print.pdf", {"letter": ticks()}).content.startswith(b"%PDF")


def test_a_stranger_to_the_person_sees_no_letter(clerk, pages):
    notice = Notice.objects.first()
    for persona in ("gp", "partner", "commissioner", "analyst"):
        assert pages(persona).get(f"/letters/{notice.pk}/").status_code == 403
    assert clerk.get("/letters/999/").status_code == 403
    accept_proposal(person_id=990, version=0, practice_code="Z9", named_gp_code="G9", coordinator_code="K9", by=GP)
    other = Notice.objects.get(person_id=990)
    assert clerk.post("/letters/print.pdf", {"letter": f"{other.pk}.1"}).status_code == 403
