"""A person's own pages: About me in their own words, how a goal goes, who sees the plan; and what their carer may."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead.care.headings import ABOUT_ME, PARTS
from carestead.care.sharing import AUDIENCES
from carestead.store.accounts.models import User
from carestead.store.audit.models import AuditEvent
from carestead.store.care.goals import move_goal
from carestead.store.care.log import untold
from carestead.store.care.models import Goal, Notice, Plan, PlanSection, ShareChoice
from carestead.store.care.plan_course import end_plan, hold_plan
from carestead.store.care.sharing import choose_sharing
from carestead.store.care.signing import sign_plan
from carestead.store.find.models import Enrolment
from carestead.web import demo
from carestead.web.front.about import ASKED
from carestead.web.front.sharing import CALLED, HOLDS
from carestead.web.shell.dates import split_date

ABOUT, SHARING = "/my-page/about-me/", "/my-page/sharing/"
MATTERS = f"{ABOUT}what-is-most-important-to-me/"
WORDS = "  My alotment,\r\nan <b>Bess</b> & “me”  "


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def actor(persona):
    return User.objects.get(username=persona).actor()


@pytest.fixture
def cared_for(pages):
    demo.seed(care=True)
    return pages


@pytest.fixture
def plan(cared_for) -> Plan:
    """The person's plan, signed."""
    draft = Plan.objects.get()
    return sign_plan(plan_id=draft.pk, version=draft.version, by=actor("gp"))


def matters() -> PlanSection:
    return PlanSection.objects.get(part="about-me", heading="what-is-most-important-to-me")


def no_carer_sees_about_me() -> None:
    choose_sharing(
        person_id=actor("person").person_id, part="about-me", audience="carer", allowed=False,
        said_on=timezone.localdate(), by=actor("person"),
    )  # fmt: skip


def test_a_person_writes_about_themselves_and_the_coordinator_sees_who_wrote_it_when(cared_for, plan):
    person, coordinator = cared_for("person"), cared_for("coordinator")
    shown = person.get(MATTERS).content.decode()
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    answer = person.post(MATTERS, {"text": WORDS, "version": version}, follow=True)
    assert answer.redirect_chain == [(f"{ABOUT}#what-is-most-important-to-me", 302)]
    assert "Saved." in text(answer)
    assert "Written by you" in text(answer)
    assert matters().text == WORDS.replace("\r\n", "\n")
    for page in (f"/people/{plan.person_id}/plan/", f"/people/{plan.person_id}/"):
        seen = coordinator.get(page).content.decode()
        assert "My alotment,\nan &lt;b&gt;Bess&lt;/b&gt; &amp; “me”" in seen
        assert "Written by the person themselves" in text(coordinator.get(page))
    form = text(
        coordinator.get(f"/people/{plan.person_id}/plan/{plan.pk}/write/about-me/what-is-most-important-to-me/1/")
    )
    assert "Change it only as they would have it." in form
    assert f"Read since it was last written by: {actor('coordinator').name}" in text(person.get(ABOUT))
    assert list(untold()) == []


def test_the_coordinator_reads_under_today_that_they_wrote(cared_for, plan):
    person, coordinator = cared_for("person"), cared_for("coordinator")
    assert "Written on their own page" not in text(coordinator.get("/today/"))
    assert person.post(MATTERS, {"text": "Bess", "version": matters().version}).status_code == 302
    page = coordinator.get("/today/")
    assert "Written on their own page" in text(page)
    assert "The person wrote in About me." in text(page)
    assert "Overdue" not in text(page).partition("Written on their own page")[2].partition("Seen")[0]
    assert f'href="/people/{plan.person_id}/plan/"' in page.content.decode()
    notice = Notice.objects.get(about="own-words")
    assert coordinator.post(f"/today/seen/wrote/{notice.pk}/").status_code == 302
    assert "Written on their own page" not in text(coordinator.get("/today/"))


def test_every_heading_of_about_me_is_asked_in_plain_words(cared_for, plan):
    assert set(ASKED) == {h.id for h in ABOUT_ME.headings}
    person = cared_for("person")
    page = person.get(ABOUT).content.decode()
    for heading, asked in ASKED.items():
        assert f'href="{ABOUT}{heading}/"' in page
        assert asked in text(person.get(f"{ABOUT}{heading}/"))


def test_two_who_write_about_the_person_see_both_texts(cared_for, plan):
    person, carer = cared_for("person"), cared_for("carer")
    version = matters().version
    assert carer.post(MATTERS, {"text": "Her garden", "version": version}).status_code == 302
    answer = person.post(MATTERS, {"text": "My cats", "version": version})
    assert answer.status_code == 409
    assert "Her garden" in text(answer)
    assert "My cats" in text(answer)
    assert matters().text == "Her garden"
    assert person.post(MATTERS, {"text": "My cats and garden", "version": version + 1}).status_code == 302
    assert (matters().text, matters().written_by_code) == ("My cats and garden", "person")


def test_a_double_click_writes_once(cared_for, plan):
    person, version = cared_for("person"), matters().version
    mark = re.search(r'name="once" value="([^"]+)"', person.get(MATTERS).content.decode())[1]
    for _ in range(2):
        assert person.post(MATTERS, {"text": "Bess", "version": version, "once": mark}).status_code == 302
    assert matters().version == version + 1


def test_a_carer_reads_and_writes_only_what_the_person_lets_them(cared_for, plan):
    carer = cared_for("carer")
    assert "My garden" in text(carer.get("/my-page/"))
    assert carer.post(MATTERS, {"text": "Her cat", "version": matters().version}).status_code == 302
    assert "Written by their carer" in text(cared_for("gp").get(f"/people/{plan.person_id}/plan/"))
    assert "Written by your carer" in text(cared_for("person").get(ABOUT))
    no_carer_sees_about_me()
    for page in ("/my-page/", ABOUT):
        said = text(carer.get(page))
        assert "They have not said yet that you may see this" in said
        assert "Her cat" not in said
    assert carer.get(MATTERS).status_code == 403
    assert carer.post(MATTERS, {"text": "x", "version": matters().version}).status_code == 403
    assert matters().text == "Her cat"


def test_what_a_carer_was_shown_is_written_down_as_shown_to_a_carer(cared_for, plan):
    cared_for("carer").get("/my-page/")
    event = AuditEvent.objects.filter(kind="read", action="see-my-page").last()
    assert event.detail == {"plan": plan.pk, "audience": "carer", "parts": ["about-me"]}
    cared_for("person").get(ABOUT)
    event = AuditEvent.objects.filter(kind="read", action="see-about-me").last()
    assert event.detail == {"plan": plan.pk, "audience": "holder", "parts": ["about-me"]}


def test_a_person_without_a_plan_begins_it_and_one_who_is_not_enrolled_does_not(cared_for, plan):
    end_plan(plan_id=plan.pk, version=plan.version, act="revoke", by=actor("gp"), reason="Moved", fates={})
    person = cared_for("person")
    assert "Nobody has written it down yet" in text(person.get("/my-page/"))
    assert person.post(MATTERS, {"text": "Bess", "version": 0}).status_code == 302
    begun = Plan.objects.get(state="draft")
    assert "Bess" in text(cared_for("coordinator").get(f"/people/{plan.person_id}/plan/{begun.pk}/"))
    Enrolment.objects.filter(person_id=plan.person_id).update(state="declined", reason="Moved")
    assert person.get(MATTERS).status_code == 302
    assert "nothing can be written here" in text(person.get(ABOUT))


def test_a_heading_that_is_none_leads_back(cared_for, plan):
    assert cared_for("person").get(f"{ABOUT}strengths/").headers["Location"] == ABOUT


def test_a_person_says_how_a_goal_goes(cared_for, plan):
    goal, person = Goal.objects.get(), cared_for("person")
    assert f"“{goal.words}”" in text(person.get("/my-page/"))
    at, day = f"/my-page/goals/{goal.pk}/", split_date("on", timezone.localdate())
    wrong = person.post(at, {"version": goal.version})
    assert wrong.status_code == 400
    assert "Choose the words that fit best." in text(wrong)
    said = {"version": goal.version, "far": "improving", "words": "As far as the gate", **day}
    assert person.post(at, said).status_code == 302
    assert "“As far as the gate” You" in text(person.get(at))
    assert "Getting closer" in text(person.get("/my-page/"))
    seen = text(cared_for("gp").get(f"/people/{plan.person_id}/plan/"))
    assert "Getting closer “As far as the gate” The person themselves" in seen
    stale = person.post(at, said)
    assert "Somebody else has changed this since you read it." in text(stale)
    assert Goal.objects.get().version == goal.version + 1
    assert list(untold()) == []


def test_a_goal_that_is_not_begun_or_was_given_up_is_not_judged(cared_for):
    goal, person = Goal.objects.get(), cared_for("person")
    at = f"/my-page/goals/{goal.pk}/"
    assert "it begins when your plan is signed" in text(person.get(at))
    judged = {"version": goal.version, "far": "achieved", **split_date("on", timezone.localdate())}
    assert person.post(at, judged).status_code == 400
    move_goal(goal_id=goal.pk, act="cancel", version=goal.version, by=actor("coordinator"), reason="Too far")
    assert person.get(at).headers["Location"] == "/my-page/"


def test_a_carer_sees_goals_only_when_they_are_shared_and_never_judges(cared_for, plan):
    goal, carer = Goal.objects.get(), cared_for("carer")
    assert goal.words not in text(carer.get("/my-page/"))
    choose_sharing(
        person_id=plan.person_id, part="plan", audience="carer", allowed=True, said_on=timezone.localdate(),
        by=actor("person"),
    )  # fmt: skip
    assert goal.words in text(carer.get("/my-page/"))
    assert carer.get(f"/my-page/goals/{goal.pk}/").status_code == 403


def test_a_goal_of_somebody_else_is_not_there(cared_for, plan):
    other = Goal.objects.get()
    Goal.objects.filter(pk=other.pk).update(plan_id=plan.pk + 1, person_id=plan.person_id + 1)
    assert cared_for("person").get(f"/my-page/goals/{other.pk}/").headers["Location"] == "/my-page/"


def test_a_person_says_who_sees_what(cared_for, plan):
    person = cared_for("person")
    page = text(person.get(SHARING))
    assert "Hospitals Nothing Change" in page
    assert "Care coordinators Every part" in page
    with_them = person.get(f"{SHARING}acute-trust/").content.decode()
    assert "do not see it now; you have not said yet" in text(person.get(f"{SHARING}acute-trust/"))
    seen = re.search(r'name="seen" value="(\d+)"', with_them)[1]
    sent = {"seen": seen, "about-me": "yes", "contingency": "yes", "plan": "no"}
    assert person.post(f"{SHARING}acute-trust/", sent).status_code == 302
    page = text(person.get(SHARING))
    assert "Hospitals About me; Contingency plans Change" in page
    assert "Hospitals may not see strengths, needs and goals" in page
    assert "My garden" in text(cared_for("coordinator").get(f"/people/{plan.person_id}/plan/"))
    assert ShareChoice.objects.filter(audience="acute-trust").count() == 3
    stale = person.post(f"{SHARING}acute-trust/", {**sent, "plan": "yes"})
    assert stale.status_code == 400
    assert "Somebody else has changed this" in text(stale)
    assert "Hospitals may see about me" in text(cared_for("coordinator").get(f"/people/{plan.person_id}/plan/sharing/"))


def test_the_coordinator_sees_nothing_more_once_the_person_says_no(cared_for, plan):
    person, coordinator = cared_for("person"), cared_for("coordinator")
    seen = re.search(r'name="seen" value="(\d+)"', person.get(f"{SHARING}care-coordinator/").content.decode())[1]
    person.post(f"{SHARING}care-coordinator/", {"seen": seen, "about-me": "no"})
    assert "My garden" not in text(coordinator.get(f"/people/{plan.person_id}/plan/"))
    assert "My garden" in text(cared_for("gp").get(f"/people/{plan.person_id}/plan/"))


def test_every_part_and_audience_has_plain_words():
    assert set(HOLDS) == {p.id for p in PARTS}
    assert set(CALLED) == set(AUDIENCES)


def test_an_audience_that_is_none_leads_back(cared_for, plan):
    assert cared_for("person").get(f"{SHARING}everybody/").headers["Location"] == SHARING


@pytest.mark.parametrize("persona", ["carer", "gp", "coordinator", "partner", "commissioner"])
def test_only_the_person_chooses_on_their_page(cared_for, plan, persona):
    client = cared_for(persona)
    for page in (SHARING, f"{SHARING}council/"):
        assert client.get(page).status_code == 403
    assert client.post(f"{SHARING}council/", {"seen": "1", "plan": "yes"}).status_code == 403
    assert not ShareChoice.objects.filter(audience="council").exists()


def test_a_partner_writes_no_choice_down(cared_for, plan):
    at = f"/people/{plan.person_id}/plan/sharing/"
    choose_sharing(
        person_id=plan.person_id, part="plan", audience="acute-trust", allowed=True, said_on=timezone.localdate(),
        by=actor("gp"),
    )  # fmt: skip
    partner = cared_for("partner")
    if partner.get(at).status_code == 200:
        assert "May they see it?" not in text(partner.get(at))
    before = ShareChoice.objects.count()
    partner.post(
        at, {"part": "*", "audience": "acute-trust", "allowed": "yes", **split_date("said", timezone.localdate())}
    )
    assert ShareChoice.objects.count() == before


def test_a_plan_on_hold_says_so_to_the_person_and_their_carer(cared_for, plan):
    day = timezone.localdate() + timedelta(days=9)
    hold_plan(plan_id=plan.pk, version=plan.version, by=actor("gp"), reason="In Kent with my sister", resume_on=day)
    assert "Your plan has been on hold since" in text(cared_for("person").get("/my-page/"))
    said = text(cared_for("carer").get("/my-page/"))
    assert "Their plan has been on hold since" in said
    assert "Because: In Kent with my sister. What was promised stays promised." in said


def test_one_tab_is_marked_as_the_page_that_is_open(cared_for, plan):
    person = cared_for("person")
    for page, name in (
        ("/my-page/", "My page"),
        (ABOUT, "About me"),
        (MATTERS, "About me"),
        (SHARING, "Who sees my plan"),
    ):
        marked = re.findall(r'aria-current="page">([^<]+)<', person.get(page).content.decode())
        assert marked == [name]


def test_the_person_reads_what_number_reaches_whoever_answers(cared_for, practices_file, monkeypatch):
    page = cared_for("person").get("/my-page/").content.decode()
    assert re.search(r'To reach them, ring [^<]+:<br><a class="cs-phone" href="tel:01632960\d{3}"', page)
    code = Enrolment.objects.get(person_id=actor("person").person_id).practice_code
    practices_file(f"{code}: {{phone: 01632 960 999}}")
    assert 'href="tel:01632960999"' in cared_for("person").get("/my-page/").content.decode()
    practices_file("# nothing yet\n")
    monkeypatch.setattr("carestead.web.letters.contacts._made_up", lambda code: "")
    assert "To reach them" not in cared_for("person").get("/my-page/").content.decode()


@pytest.mark.parametrize(
    "wrong", ["CODE: [", "- CODE", "CODE:", "CODE: {phone: 01632560001}", "CODE: {from: 2026-02-30}"]
)
def test_a_slip_in_the_sites_file_takes_the_number_and_never_the_page(cared_for, practices_file, wrong):
    person = cared_for("person")
    whole = text(person.get("/my-page/"))
    practices_file(wrong.replace("CODE", Enrolment.objects.get(person_id=actor("person").person_id).practice_code))
    answer = person.get("/my-page/")
    assert answer.status_code == 200
    said = text(answer)
    assert "To reach them" in whole
    assert "To reach them" not in said
    assert "Who answers now" in said
