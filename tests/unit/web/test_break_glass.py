"""The pages of an emergency: who is offered it, what it asks, what it opens and what it does not."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.unit.web.small_area import nhs_number
from tests.unit.web.test_every_route import filled, routes
from tests.unit.web.test_promise_pages import asked, people  # noqa: F401  person 10 is enrolled

from carestead.care.sharing import ALL_PARTS, AUDIENCES
from carestead.care.sides import Party
from carestead.store.accounts.actions import open_account
from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.goals import add_goal
from carestead.store.care.log import untold
from carestead.store.care.models import BreakGlass, Message, Notice, Plan, Promise
from carestead.store.care.plans import start_plan
from carestead.store.care.requests import make_request
from carestead.store.care.sections import Place, write_section
from carestead.store.care.sharing import choose_sharing
from carestead.web.published import published

HERE, PERSON = "/break-glass/", 10
OFFER = "I need to see this record now"


def words(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def born(person_id: int) -> dict[str, str]:
    day = published().rows("find/facts", person_id=person_id)[0]["birth_date"]
    return {"born-day": str(day.day), "born-month": str(day.month), "born-year": str(day.year)}


def typed(person_id: int = PERSON, **changed) -> dict[str, str]:
    said = {"nhs_number": nhs_number(person_id), "reason": "care-now", "words": "Fell in her kitchen", "knows": "yes"}
    return {k: v for k, v in {**said, **born(person_id), **changed}.items() if v is not None}


def once_of(client, address: str) -> str:
    return re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())[1]


@pytest.fixture
def night(pages, people):  # noqa: F811
    return pages("night")


@pytest.fixture
def opened(night):
    """The night nurse, who has opened the record of person 10."""
    assert night.post(HERE, typed()).status_code == 302
    return night


def test_a_stranger_is_offered_it_and_nobody_else(pages, night):
    answer = night.get(f"/people/{PERSON}/")
    assert answer.status_code == 403
    assert OFFER in words(answer)
    assert f'href="{HERE}"' in answer.content.decode()
    assert OFFER in words(night.get("/people/999999/"))  # what does not exist is refused in the same words
    assert OFFER not in words(night.get("/load/"))
    for planner in ("commissioner", "analyst"):
        answer = pages(planner).get(f"/people/{PERSON}/")
        assert (answer.status_code, OFFER in words(answer)) == (403, False)
        assert pages(planner).get(HERE).status_code == 403
        assert pages(planner).post(HERE, typed()).status_code == 403
    assert not BreakGlass.objects.exists()


def test_it_opens_the_pages_of_this_person_to_read(night):
    answer = night.post(HERE, typed(), follow=True)
    assert answer.redirect_chain == [(f"/people/{PERSON}/", 302)]
    said = words(answer)
    assert "The record is open to you until" in said
    assert "You opened this record in an emergency. You can read it until" in said
    for offered in ("Hand over", "Write a message", "Add a promise", "Ask a team", "Begin with", "Enrol, defer"):
        assert offered not in said
    assert "What is written down of it is not shared with you." in said
    for address in ("", "record/", "medicines/", "why/", "plan/", "promises/", "responsibility/", "looked/"):
        assert night.get(f"/people/{PERSON}/{address}").status_code == 200, address
    assert night.get("/people/11/").status_code == 403
    assert "FOTHERGILL" not in words(night.get("/people/?whose="))  # no list is opened
    assert night.get(f"/api/people/{PERSON}/").status_code == 403


def test_nothing_about_the_person_is_written_by_it(opened):
    """Every form whose address names the person."""
    before = {m: m.objects.count() for m in (Promise, Message)}
    addresses = [filled(r) for r, p in routes() if "person_id" in r and not hasattr(p.callback, "demands")]
    assert len(addresses) > 20
    for address in addresses:
        answer = opened.post(address, {"what": "x", "text": "x", "version": "1"})
        assert answer.status_code in (403, 405), address
    assert {m: m.objects.count() for m in (Promise, Message)} == before
    answer = opened.post(f"/people/{PERSON}/promises/new/", {"what": "x"})
    assert "you may read it, and nothing else" in words(answer)


ADDRESSES = re.compile(rf'(?:href|action)="(/people/{PERSON}/[^"#]*)')


def forms(page: str) -> list[str]:
    """The forms of a page that write something: not those that sign out, change the role, or close the record."""
    own = (reverse("sign-out"), reverse("switch-role"), HERE)
    found = re.findall(r'<form method="post"[^>]*>', page)
    return [f for f in found if not any(f'action="{address}' in f for address in own)]


def walked(client, start: str = f"/people/{PERSON}/") -> dict[str, str]:
    """Every page of the person to which a link or a form leads, from page to page, with what it shows."""
    found, ahead = {}, [start]
    while ahead:
        address = ahead.pop()
        answer = client.get(address)
        assert answer.status_code == 200, f"{address} is offered and answers {answer.status_code}"
        found[address] = "" if answer.headers["Content-Type"] == "application/pdf" else answer.content.decode()
        links = {unescape(a) for a in ADDRESSES.findall(found[address])}
        ahead += sorted(links - found.keys() - set(ahead))
    return found


def a_plan(people) -> Plan:  # noqa: F811
    """A plan being written that says something in two parts, all of it shared with whoever is neither of the practice
    nor of its group."""
    made = start_plan(person_id=PERSON, by=people["coordinator"])
    for place in (Place("about-me", "my-wellness"), Place("plan", "strengths")):
        write_section(plan_id=made.pk, place=place, text="Walks", version=0, by=people["coordinator"])
    add_goal(plan_id=made.pk, words="See the sea", by=people["coordinator"])
    for audience in AUDIENCES:
        choose_sharing(
            person_id=PERSON, part=ALL_PARTS, audience=audience, allowed=True, said_on=timezone.localdate(),
            by=people["coordinator"],
        )  # fmt: skip
    return made


@pytest.fixture
def acts(pages, people):  # noqa: F811
    """Something of everything that could be done something to: a plan, a promise, a request."""
    plan = a_plan(people)
    asked(people)
    team = Party("organisation", people["partner"].organisation_code, "St Brannock's Hospital")
    gp = people["gp"]
    make_request(
        person_id=PERSON, what="Falls clinic", why="She fell", service="falls", team=team, done_means="Seen",
        asker=Party("practitioner", gp.practitioner_code, gp.name), due_at=timezone.now() + timedelta(days=9), by=gp,
    )  # fmt: skip
    return plan


@pytest.mark.parametrize("who", ["night", "lead", "coordinator", "gp"])
def test_no_page_that_is_open_in_an_emergency_offers_an_act(pages, acts, who):
    """Of whatever role; also of somebody who has a part in the care, as when they got it after they opened it."""
    now = timezone.now()
    BreakGlass.objects.create(
        person_id=PERSON, username=who, name=who, reason="Fell", started_at=now - timedelta(minutes=5),
        expires_at=now + timedelta(hours=1), review_promise_id=0,
    )  # fmt: skip
    found = walked(pages(who))
    assert {"plan/", "promises/", "responsibility/", "plan/sharing/"} <= {a.partition(f"{PERSON}/")[2] for a in found}
    assert sum("/promises/" in a for a in found) > 1
    assert {address: forms(page) for address, page in found.items() if forms(page)} == {}


def test_the_walk_finds_the_acts_of_whoever_has_a_part(pages, acts):
    assert sum(bool(forms(page)) for page in walked(pages("coordinator")).values()) > 10


def test_who_is_found_only_by_number_and_day_of_birth(night):
    for wrong in (
        {"nhs_number": nhs_number(11)},
        {"born-day": "31", "born-month": "12", "born-year": "1899"},
        {"nhs_number": "9990000000"},
        {"nhs_number": "MOSS"},
        {"nhs_number": ""},
    ):
        answer = night.post(HERE, typed(**wrong))
        assert answer.status_code == 400, wrong
        assert nhs_number(PERSON)[:3] in words(answer) or "nhs_number" in wrong
    refusals = AuditEvent.objects.filter(kind="refused", action="break-glass")
    assert [e.detail["asked"] for e in refusals][:2] == [nhs_number(11), nhs_number(PERSON)]
    assert all(e.people == [] for e in refusals)
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("reason", "Choose why you must see the record now."),
        ("words", "Say in a few words what has happened."),
        ("knows", "Tick that you know who is told"),
        ("born-day", "Type a day, a month and a year in numbers"),
    ],
)
def test_what_is_missing_is_said_at_its_field(night, field, said):
    answer = night.post(HERE, typed(**{field: None}))
    assert answer.status_code == 400
    assert said in words(answer)
    assert f'href="#{field}"' in answer.content.decode()
    assert re.search(rf'id="{field}"', answer.content.decode())
    assert not BreakGlass.objects.exists()


def test_whoever_may_see_already_is_told_so(pages, people):  # noqa: F811
    answer = pages("coordinator").post(HERE, typed())
    assert answer.status_code == 400
    assert "You may see this record already" in words(answer)


def test_a_second_click_and_a_second_form_open_nothing_more(night):
    sent = typed(once=once_of(night, HERE))
    for form in (sent, sent, typed(once=once_of(night, HERE), words="Again")):
        assert night.post(HERE, form).status_code == 302
    assert (BreakGlass.objects.count(), Notice.objects.filter(about="break-glass").count()) == (1, 1)


def test_everybody_who_opens_the_person_sees_who_has_it_open(pages, opened):
    said = words(pages("gp").get(f"/people/{PERSON}/"))
    assert "Opened in an emergency by Night nurse, out-of-hours service, until" in said
    assert "End it now" not in said
    BreakGlass.objects.update(
        started_at=timezone.now() - timedelta(hours=5), expires_at=timezone.now() - timedelta(hours=1)
    )
    assert "Opened in an emergency" not in words(pages("gp").get(f"/people/{PERSON}/"))
    assert opened.get(f"/people/{PERSON}/").status_code == 403


def test_it_is_ended_from_the_banner_or_with_words(pages, opened):
    glass = BreakGlass.objects.get()
    assert f'action="/break-glass/{glass.pk}/"' in opened.get(f"/people/{PERSON}/").content.decode()
    assert pages("gp").post(f"/break-glass/{glass.pk}/").status_code == 403
    assert "What should whoever looks after the person know?" in words(opened.get(f"/break-glass/{glass.pk}/"))
    answer = opened.post(f"/break-glass/{glass.pk}/", {"words": "Sent in with a broken wrist"}, follow=True)
    assert "What you found has been sent." in words(answer)
    assert opened.get(f"/people/{PERSON}/").status_code == 403
    assert "Sent in with a broken wrist" in words(pages("gp").get("/inbox/"))
    assert "It closed" in words(opened.get(f"/break-glass/{glass.pk}/"))


def test_the_gp_is_told_reviews_it_and_the_person_sees_it(pages, opened, people):  # noqa: F811
    gp = pages("gp")
    today = words(gp.get("/today/"))
    assert "Night nurse, out-of-hours service (Partner professional) opened the record in an emergency" in today
    made = Promise.objects.get(template="break-glass-review")
    where = f"/people/{PERSON}/promises/{made.pk}/"
    assert f'href="{where}"' in gp.get("/today/").content.decode()
    page = words(gp.get(where))
    assert "Looked at whether it was right" in page
    assert "It was not right to look" in page
    assert "No longer wanted" not in page
    assert "There is nothing for you to do here now" in words(opened.get(where))
    day = timezone.localtime()
    done = {
        "act": "complete", "version": made.version, "complete-outcome": "was-right",
        "complete-happened_at-day": day.day, "complete-happened_at-month": day.month,
        "complete-happened_at-year": day.year, "complete-happened_at-time": f"{day:%H:%M}",
        "complete-evidence": "Rang her",
    }  # fmt: skip
    assert "Kept: It was right to look" in words(gp.post(where, done, follow=True))
    open_account(
        username="ida", name="Ida", roles=[Role.PERSON], person_id=PERSON, is_demo=True, by=Actor("x", "X", Role.LEAD)
    )
    ida = pages("ida")
    log = words(ida.get("/my-page/looked/"))
    assert "opened the record in an emergency, without a part in the care, until" in log
    assert "They need care from me now: Fell in her kitchen" in log
    assert "Look at whether it was right: Night nurse" in words(ida.get("/my-page/"))
    assert list(untold()) == []


def test_where_nobody_is_named_gp_the_lead_is_asked_and_reviews_it(pages, night):
    assert night.post(HERE, typed(11)).status_code == 302
    made = Promise.objects.get(person_id=11)
    lead = pages("lead")
    assert "Look at whether it was right: Night nurse" in words(lead.get("/asked/"))
    page = words(lead.get(f"/people/11/promises/{made.pk}/"))
    assert "Who does it Millbrook Surgery" in page
    assert "Record that it is done" in page


def test_an_account_with_a_password_types_it_again(pages, people):  # noqa: F811
    open_account(
        username="nia", name="Nia Nurse", roles=[Role.PARTNER], organisation_code="RX999", password="correct horse",
        by=Actor("x", "X", Role.LEAD),
    )  # fmt: skip
    nia = pages(None)
    assert nia.post("/sign-in/", {"username": "nia", "password": "correct horse"}).status_code == 302
    assert "Your password" in words(nia.get(HERE))
    for password in (None, "", "wrong"):
        answer = nia.post(HERE, typed(password=password))
        assert (answer.status_code, "This is not your password." in words(answer)) == (400, True)
    assert AuditEvent.objects.filter(kind="failed-sign-in", username="nia").count() == 3
    assert not BreakGlass.objects.exists()
    assert nia.post(HERE, typed(password="correct horse")).status_code == 302
    said = AuditEvent.objects.get(action="break-glass-started").detail["confirmed"]
    assert said == "typed their password again"
    assert "correct horse" not in str(list(AuditEvent.objects.values()))


def test_guessing_the_password_is_stopped(pages, people):  # noqa: F811
    open_account(
        username="nia", name="Nia Nurse", roles=[Role.PARTNER], organisation_code="RX999", password="correct horse",
        by=Actor("x", "X", Role.LEAD),
    )  # fmt: skip
    nia = pages(None)
    nia.post("/sign-in/", {"username": "nia", "password": "correct horse"})
    for _ in range(10):
        nia.post(HERE, typed(password="wrong"))
    answer = nia.post(HERE, typed(password="correct horse"))
    assert (answer.status_code, "Too many tries." in words(answer)) == (400, True)
    assert not BreakGlass.objects.exists()


def test_a_persona_ticks_and_is_asked_for_no_password(night):
    assert "Your password" not in words(night.get(HERE))
