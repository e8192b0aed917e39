"""The pages of promises, requests and messages: forms that work without JavaScript, kept when somebody was quicker."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from carestead.care.sides import Party
from carestead.store.accounts.models import User
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence
from carestead.store.care.log import untold
from carestead.store.care.models import Message, Promise, Request
from carestead.store.care.promise_ends import cancel_promise
from carestead.store.care.promises import accept_promise, make_promise, note_on_promise
from carestead.store.care.requests import live_promise
from carestead.store.care.sending import send_message
from carestead.store.care.sweep import sweep
from carestead.store.find.actions import accept_proposal
from carestead.web.front import presenters as front
from carestead.web.front.own import Own
from carestead.web.published import published

PERSON = 10


@pytest.fixture
def people(pages):
    """Person 10 is enrolled with the personas as named GP and coordinator; the partner's trust is asked for things."""
    actors = {u.username: u.actor() for u in User.objects.all()}
    gp, coordinator = actors["gp"], actors["coordinator"]
    accept_proposal(
        person_id=PERSON, version=0, practice_code="Y00001", named_gp_code=gp.practitioner_code,
        coordinator_code=coordinator.practitioner_code, by=gp,
    )  # fmt: skip
    yield actors
    assert list(untold()) == []


def asked(people, by="gp", **changed) -> Promise:
    actor = people[by]
    facts = {
        "owner": Party("organisation", people["partner"].organisation_code, "St Brannock's Hospital"),
        "requester": Party("practitioner", actor.practitioner_code, actor.name), "what": "Dress the leg",
        "done_means": "The wound is seen", "due_at": timezone.now() + timedelta(days=2),
    }  # fmt: skip
    return make_promise(person_id=PERSON, by=actor, **{**facts, **changed})


def form_of(client, address: str, act: str = "") -> dict[str, str]:
    """The fields of a form of a page, as a browser without JavaScript would send them."""
    text = client.get(address).content.decode()
    forms = re.findall(r'<form method="post"(?! action).*?</form>', text, re.S)
    chosen = next(f for f in forms if not act or f'name="act" value="{act}"' in f)
    inputs = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', chosen)
    picked = re.findall(r'<select[^>]*?name="([^"]+)".*?<option value="([^"]*)"(?: selected)?>', chosen, re.S)
    return {name: unescape(value) for name, value in [*picked, *inputs] if name != "csrfmiddlewaretoken"}


def send(client, address: str, act: str, **typed):
    return client.post(address, form_of(client, address, act) | typed, follow=True)


def where(promise: Promise) -> str:
    return f"/people/{PERSON}/promises/{promise.pk}/"


def test_a_partner_accepts_in_one_tap(pages, people):
    made = asked(people)
    partner = pages("partner")
    assert "Dress the leg" in partner.get("/asked/").content.decode()
    answer = send(partner, where(made), "accept")
    assert "Accepted." in answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.accepted_by) == ("accepted", people["partner"].name)


def test_a_yes_by_telephone_takes_one_tap_with_the_name_filled_in(pages, people):
    made = asked(people)
    answer = send(pages("coordinator"), where(made), "phone", **{"phone-channel": "phone"})
    assert "Accepted, in the name you gave." in answer.content.decode()
    made.refresh_from_db()
    assert (made.accepted_by, made.channel) == ("St Brannock's Hospital", "phone")


def test_declining_needs_a_reason_and_asks_what_next(pages, people):
    made = asked(people)
    partner = pages("partner")
    refused = send(partner, where(made), "reject")
    assert refused.status_code == 400
    assert "Say in a few words why." in refused.content.decode()
    send(partner, where(made), "reject", **{"reject-reason": "No room until May"})
    gp = pages("gp")
    text = gp.get("/waiting/").content.decode()
    assert "No room until May" in text
    assert "Say what happens next" in text
    assert "Decide what next" in gp.get("/asked/").content.decode()
    team = next(v for v in ("organisation:E10001",))
    send(gp, where(made), "another", **{"another-owner": team})
    assert Promise.objects.latest("pk").owner_code == "E10001"


def test_done_long_after_with_its_true_day(pages, people):
    made = asked(people, due_at=timezone.now() - timedelta(days=40))
    accept_promise(promise_id=made.pk, version=1, by=people["partner"])
    partner = pages("partner")
    assert "Overdue" in partner.get("/asked/").content.decode()
    parts = {"day": "1", "month": "10", "year": "2020", "time": "09:15"}
    happened = {f"complete-happened_at-{part}": value for part, value in parts.items()}
    typed = {"complete-outcome": "done", "complete-evidence": "Healed", **happened}
    assert "Kept." in send(partner, where(made), "complete", **typed).content.decode()
    made.refresh_from_db()
    assert timezone.localtime(made.happened_at).isoformat().startswith("2020-10-01T09:15")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"complete-outcome": ""}, "Choose how it came out."),
        ({"complete-happened_at-day": "31", "complete-happened_at-month": "2"}, "There is no day 31.2"),
        ({"complete-happened_at-time": "noon"}, "Type a time such as 14:30"),
        ({"complete-happened_at-year": "2999"}, "later than now"),
        ({"complete-happened_at-day": ""}, "Type a day"),
    ],
)
def test_wrong_answers_are_said_and_nothing_is_lost(pages, people, typed, said):
    made = asked(people)
    accept_promise(promise_id=made.pk, version=1, by=people["partner"])
    answer = send(
        pages("partner"), where(made), "complete", **{"complete-outcome": "done", "complete-evidence": "Seen", **typed}
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert said in text
    assert "Seen</textarea>" in text
    assert Promise.objects.get(pk=made.pk).state == "accepted"


def test_who_was_slower_sees_both_values_and_keeps_what_they_typed(pages, people):
    made = asked(people)
    partner = pages("partner")
    sent = form_of(partner, where(made), "reject") | {"reject-reason": "No <room>"}
    accept_promise(promise_id=made.pk, version=1, by=people["partner"])
    note_on_promise(promise_id=made.pk, version=2, by=people["gp"], note="Ring first")
    answer = partner.post(where(made), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Asked, not opened" in text
    assert "Accepted" in text
    assert "Ring first" in text
    assert "No &lt;room&gt;" in text
    again = form_of_text(text) | {"reject-reason": "No room"}
    assert partner.post(where(made), again, follow=True).status_code == 200
    assert Promise.objects.get(pk=made.pk).state == "rejected"


def form_of_text(text: str) -> dict[str, str]:
    chosen = re.search(r'<form method="post" action="/people/.*?</form>', text, re.S)[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', chosen))


def test_what_is_no_longer_possible_is_kept_to_be_copied(pages, people):
    made = asked(people)
    partner = pages("partner")
    sent = form_of(partner, where(made), "reject") | {"reject-reason": "No room"}
    send(pages("gp"), where(made), "cancel", **{"cancel-reason": "In hospital"})
    text = partner.post(where(made), sent).content.decode()
    assert "That is no longer possible" in text
    assert "No room" in text


def test_a_second_click_does_it_once(pages, people):
    made = asked(people)
    partner = pages("partner")
    sent = form_of(partner, where(made), "accept")
    first, second = (partner.post(where(made), sent, follow=True) for _ in range(2))
    assert "Accepted." in first.content.decode()
    assert "Accepted." in second.content.decode()
    assert Promise.objects.get(pk=made.pk).version == 2


def test_nobody_does_what_the_page_does_not_offer(pages, people):
    made = asked(people)
    partner = pages("partner")
    sent = form_of(partner, where(made), "accept") | {"act": "cancel", "cancel-reason": "x"}
    answer = partner.post(where(made), sent)
    assert answer.status_code == 400
    assert "That cannot be done now" in answer.content.decode()


def test_a_promise_of_another_person_is_not_shown_here(pages, people):
    made = asked(people)
    assert pages("gp").get(f"/people/11/promises/{made.pk}/").status_code == 403
    assert pages("gp").get(f"/people/{PERSON}/promises/999/").status_code == 403
    assert pages("commissioner").get(where(made)).status_code == 403


def test_a_template_fills_in_who_what_and_when(pages, people):
    coordinator = pages("coordinator")
    address = f"/people/{PERSON}/promises/new/?template=falls-assessment"
    text = coordinator.get(address).content.decode()
    assert "A multifactorial assessment is in the record" in text
    assert f'value="practitioner:{people["coordinator"].practitioner_code}" selected' in text
    sent = form_of(coordinator, address) | {
        "owner": f"practitioner:{people['coordinator'].practitioner_code}",
        "what": "Assess",
        "template": "falls-assessment",
    }
    coordinator.post(f"/people/{PERSON}/promises/new/", sent)
    made = Promise.objects.latest("pk")
    assert (made.template, made.state, made.what) == ("falls-assessment", "ready", "Assess")
    assert made.due_at > timezone.now() + timedelta(days=26)


def test_an_empty_promise_is_not_made(pages, people):
    answer = pages("gp").post(f"/people/{PERSON}/promises/new/", {"owner": "robot:1"})
    text = answer.content.decode()
    assert answer.status_code == 400
    for said in ("Choose who does it.", "Say what is to be done.", "Finish the words", "Type a day"):
        assert said in text
    assert not Promise.objects.exists()


def test_a_request_goes_round_its_loop(pages, people):
    gp, partner = pages("gp"), pages("partner")
    team = f"organisation:{people['partner'].organisation_code}"
    answer = send(gp, f"/people/{PERSON}/ask/", "", team=team, what="Night sitting", why="Falls", done_means="Sat")
    assert "Asked St Brannock" in unescape(answer.content.decode())
    asked_for = Request.objects.get()
    page = f"/people/{PERSON}/requests/{asked_for.pk}/"
    assert "Already asked" in gp.get(f"/people/{PERSON}/ask/").content.decode()
    send(partner, where(live_promise(asked_for)), "reject", **{"reject-reason": "No nurses"})
    assert "Choose the next team" in gp.get("/asked/").content.decode()
    send(gp, page, "next-team", **{"next-team-team": "organisation:E10001"})
    asked_for.refresh_from_db()
    assert asked_for.team_code == "E10001"
    send(gp, page, "outcome", **{"outcome-outcome": "Slept well"})
    assert "Close it" not in gp.get(page).content.decode()
    send(gp, page, "review", **{"review-note": "Go on"})
    send(gp, page, "tell", **{"tell-told_how": "by telephone"})
    answer = send(gp, page, "close")
    assert "Closed: the outcome is back, reviewed and told." in answer.content.decode()
    asked_for.refresh_from_db()
    assert asked_for.state == "completed"


def test_a_stale_request_form_keeps_what_was_typed(pages, people):
    gp = pages("gp")
    team = f"organisation:{people['partner'].organisation_code}"
    send(gp, f"/people/{PERSON}/ask/", "", team=team, what="Night sitting", why="Falls", done_means="Sat")
    page = f"/people/{PERSON}/requests/{Request.objects.get().pk}/"
    stale = form_of(gp, page, "revoke") | {"revoke-reason": "She moved"}
    send(gp, page, "outcome", **{"outcome-outcome": "Slept well"})
    answer = gp.post(page, stale)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this" in text
    assert "She moved" in text
    assert "Slept well" in text
    assert gp.post(page, stale | {"version": "x'"}).status_code == 409
    assert Request.objects.get().state == "active"


def test_messages_reach_cover_and_are_answered(pages, people):
    gp = people["gp"]
    other = User.objects.create(username="rook", name="Dr Ben Rook", roles=["named-gp"], organisation_code="Y00002",
                                practitioner_code="G3", is_demo=True)  # fmt: skip
    send_message(
        to=Party("practitioner", gp.practitioner_code, gp.name),
        text="Start it?",
        by=people["partner"],
        person_id=PERSON,
    )
    cover = pages("rook")
    assert "Start it?" not in cover.get("/inbox/").content.decode()
    assert cover.get(f"/people/{PERSON}/").status_code == 403
    Absence.objects.create(
        practitioner_code=gp.practitioner_code, start=timezone.now() - timedelta(hours=1), reason="Leave",
        cover_code="G3", cover_state="accepted", planned_by="x", planned_at=timezone.now(),
    )  # fmt: skip
    text = cover.get("/inbox/").content.decode()
    assert "Start it?" in text
    assert f"For {gp.name}, for whom you answer" in text
    assert cover.get(f"/people/{PERSON}/").status_code == 200
    message = Message.objects.get()
    assert send(cover, f"/inbox/{message.pk}/", "answer", text=" ").status_code == 400
    answer = send(cover, f"/inbox/{message.pk}/", "answer", text="Yes, today")
    assert "Answered." in answer.content.decode()
    assert "Yes, today" in pages("partner").get("/inbox/").content.decode()
    assert other.name == Message.objects.get(pk=message.pk).read_by


def test_a_message_of_others_is_not_read(pages, people):
    send_message(to=Party("organisation", "RX999"), text="Secret", by=people["partner"], person_id=PERSON)
    assert pages("coordinator").get(f"/inbox/{Message.objects.get().pk}/").status_code == 403


def test_writing_about_a_person(pages, people):
    gp = pages("gp")
    address = f"/people/{PERSON}/message/"
    assert send(gp, address, "", to="").status_code == 400
    to = f"practitioner:{people['coordinator'].practitioner_code}"
    answer = send(gp, address, "", to=to, text="Please ring", hours="4")
    assert "Sent to" in answer.content.decode()
    message = Message.objects.get()
    assert timedelta(hours=3) < message.answer_by_at - timezone.now() <= timedelta(hours=4)
    assert "Please ring" in pages("coordinator").get("/inbox/").content.decode()


def offered(people, **changed) -> tuple[Promise, Promise]:
    """A promise of the partner's team that is long late, and the offer of it to the practice."""
    made = asked(people, due_at=timezone.now() - timedelta(days=30), **changed)
    old = accept_promise(promise_id=made.pk, version=made.version, by=people["partner"])
    sweep(at=timezone.now())
    return old, Promise.objects.get(template="take-over", replaces_id=old.pk)


def test_a_lead_reads_what_taking_over_does_and_does_it(pages, people):
    old, offer = offered(people)
    lead = pages("lead")
    assert "Take over what is long overdue: Dress the leg" in lead.get("/asked/").content.decode()
    text = unescape(lead.get(where(offer)).content.decode())
    trust = "St Brannock's Hospital"
    assert f"It is yours from then on, with all that it is part of; the promise of {trust} ends" in text
    assert f"It stays with {trust}." in text
    assert "To be taken over" in text and "In place of" not in text
    answer = unescape(send(lead, where(offer), "accept").content.decode())
    assert "Taken over. Whoever had it is told." in answer
    assert "In place of" in answer and "took it over" in answer and "Take it over" not in answer
    assert '<h1 class="nhsuk-heading-l">Dress the leg</h1>' in answer
    old.refresh_from_db()
    assert old.reason == f"Taken over by {people['lead'].name}."
    partner = pages("partner")
    assert "Acknowledge that it is no longer wanted" in partner.get("/asked/").content.decode()
    assert old.reason in unescape(partner.get(where(old)).content.decode())


def test_an_offer_that_ended_while_it_was_read_says_that_nothing_is_left(pages, people):
    old, offer = offered(people)
    lead = pages("lead")
    form = form_of(lead, where(offer), "accept")
    cancel_promise(promise_id=old.pk, version=old.version, by=people["gp"], reason="Healed.")
    late = lead.post(where(offer), form)
    assert late.status_code == 409
    assert "There is nothing left to take over: it is no longer wanted of its owner. Healed." in late.content.decode()


def test_whoever_records_a_yes_reads_what_it_does(pages, people):
    _, offer = offered(people)
    text = unescape(pages("coordinator").get(where(offer)).content.decode())
    assert "It is theirs from then on; the promise of St Brannock's Hospital ends" in text
    assert "Take it over" not in text


def test_the_person_sees_what_was_promised_once(pages, people):
    _, offer = offered(people)
    own = Own(published(), Actor("rose", "Rose", Role.PERSON, person_id=PERSON), PERSON, None, frozenset())
    with_offer = front.my_page(own, timezone.now())
    lines = [line for part in ("next", "late", "not_done", "done") for line in with_offer[part]]
    assert [line["what"] for line in lines] == ["Dress the leg"]
    accept_promise(promise_id=offer.pk, version=offer.version, by=people["lead"])
    taken = front.my_page(own, timezone.now())
    assert [(p["what"], p["id"]) for p in [*taken["next"], *taken["late"]]] == [("Dress the leg", offer.pk)]
