"""The pages of a plan: begun, written, agreed, signed; who may see which part; what two people wrote at once."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead.care.headings import PARTS
from carestead.store.accounts.models import User
from carestead.store.assign.models import Absence
from carestead.store.audit.models import AuditEvent
from carestead.store.care.log import untold
from carestead.store.care.models import Goal, Plan, PlanSection, Promise
from carestead.store.care.sharing import choose_sharing
from carestead.store.find.actions import accept_proposal
from carestead.web.published import published
from carestead.web.shell.dates import split_date

PERSON = 10
AT = f"/people/{PERSON}/plan/"


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def actor(persona):
    return User.objects.get(username=persona).actor()


@pytest.fixture
def enrolled(pages) -> int:
    gp, coordinator = actor("gp"), actor("coordinator")
    accept_proposal(
        person_id=PERSON, version=0, practice_code="Y00001", named_gp_code=gp.practitioner_code,
        coordinator_code=coordinator.practitioner_code, by=gp,
    )  # fmt: skip
    return PERSON


@pytest.fixture
def draft(pages, enrolled) -> Plan:
    assert pages("coordinator").post(AT).status_code == 302
    return Plan.objects.get()


def post(client, plan, page, **data):
    return client.post(f"{AT}{plan.pk}/{page}/", {"version": Plan.objects.get(pk=plan.pk).version, **data})


def write(client, plan, said="Walks every day", place="plan/strengths/1", version=0):
    return post(client, plan, f"write/{place}", text=said, version=version)


def signed(pages, draft) -> Plan:
    coordinator, gp = pages("coordinator"), pages("gp")
    ahead = split_date("review", timezone.localdate() + timedelta(days=90))
    today = split_date("agreed", timezone.localdate())
    assert write(coordinator, draft).status_code == 302
    reviewer = actor("coordinator").practitioner_code
    assert post(coordinator, draft, "details", **ahead, reviewer=reviewer).status_code == 302
    assert post(coordinator, draft, "goal", words="See the sea", importance="9").status_code == 302
    assert post(coordinator, draft, "agree", **{"with": "person", **today}).status_code == 302
    assert post(gp, draft, "sign").status_code == 302
    return Plan.objects.get(pk=draft.pk)


def test_nobody_begins_a_plan_for_somebody_who_is_not_enrolled(pages):
    client = pages("coordinator")
    assert "A plan begins when the person is enrolled" in text(client.get(AT))
    answer = client.post(AT)
    assert answer.status_code == 400
    assert "The person is not enrolled." in text(answer)


def test_a_coordinator_writes_and_the_gp_signs(pages, draft):
    plan = signed(pages, draft)
    assert (plan.state, plan.agreed_with) == ("active", "The person")
    assert Goal.objects.get().state == "active"
    said = text(pages("gp").get(AT))
    for fact in ("“See the sea”", "importance 9 of 10", "Walks every day", "Agreed with The person", "agreed"):
        assert fact in said
    assert list(untold()) == []


def test_what_is_missing_is_said_before_signing(pages, draft):
    said = text(pages("gp").get(f"{AT}{draft.pk}/sign/"))
    assert "It cannot be signed yet" in said
    answer = post(pages("gp"), draft, "sign")
    assert answer.status_code == 400
    assert "The plan is not agreed with the person." in text(answer)
    assert Plan.objects.get().state == "draft"


def test_a_coordinator_finds_no_page_for_signing(pages, draft):
    assert pages("coordinator").get(f"{AT}{draft.pk}/sign/").status_code == 403


@pytest.mark.parametrize(
    ("page", "data", "words"),
    [
        ("details", {}, ("Type a day, a month and a year", "Choose who reviews it.")),
        ("agree", {}, ("Choose with whom it was agreed.", "Type a day, a month and a year")),
        ("agree", {"with": "representative"}, ("Type the name and what they are",)),
        ("goal", {"words": " ", "importance": "11"}, ("Type a whole number from 1 to 10",)),
        ("goal", {"words": " "}, ("The goal has no words.",)),
        ("action", {}, ("Say what is to be done.", "Choose who does it.", "Type a day")),
        ("action", {"owner": "practitioner:nobody"}, ("Choose who does it.",)),
    ],
)
def test_errors_are_said_at_the_top_and_nothing_is_written(pages, draft, page, data, words):
    answer = post(pages("coordinator"), draft, page, **data)
    assert answer.status_code == 400
    summary = re.search(r"error-summary.*?</ul>", answer.content.decode(), re.DOTALL)[0]
    for said in words:
        assert said in html.unescape(summary)
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links
    assert all(f'id="{field}"' in answer.content.decode() for field in links)
    assert not Goal.objects.exists()
    assert not Promise.objects.exists()


@pytest.mark.parametrize("place", [(p.id, h.id) for p in PARTS for h in p.headings], ids="/".join)
def test_every_heading_has_a_form_and_is_shown(pages, draft, place):
    client, said = pages("coordinator"), "Zebras & <b>lions</b>"
    address = f"{'/'.join(place)}/1"
    assert client.get(f"{AT}{draft.pk}/write/{address}/").status_code == 200
    assert write(client, draft, said, address).status_code == 302
    for page in ("", "print/"):
        shown = client.get(f"{AT}{draft.pk}/{page}").content.decode()
        assert "Zebras &amp; &lt;b&gt;lions&lt;/b&gt;" in shown


@pytest.mark.parametrize("address", ["plan/none/1", "none/strengths/1", "plan/strengths/2", "about-me/my-wellness/0"])
def test_a_heading_that_is_none_leads_back(pages, draft, address):
    assert pages("coordinator").get(f"{AT}{draft.pk}/write/{address}/").status_code == 302


def test_two_who_write_one_section_see_both_texts(pages, draft):
    write(pages("coordinator"), draft, "Walks far")
    answer = write(pages("gp"), draft, "Swims well")
    assert answer.status_code == 409
    said = text(answer)
    assert "Walks far" in said
    assert "Swims well" in said
    assert PlanSection.objects.get().text == "Walks far"
    assert 'name="version" value="1"' in answer.content.decode()
    assert write(pages("gp"), draft, "Walks far and swims well", version=1).status_code == 302
    assert PlanSection.objects.get().text == "Walks far and swims well"


def test_a_stale_page_does_not_sign(pages, draft):
    before = Plan.objects.get().version
    write(pages("coordinator"), draft)
    post(pages("coordinator"), draft, "agree", **{"with": "person", **split_date("agreed", timezone.localdate())})
    answer = pages("gp").post(f"{AT}{draft.pk}/sign/", {"version": before})
    assert "not say who reviews it" in text(answer) or "Somebody else has changed this" in text(answer)
    assert Plan.objects.get().state == "draft"


def test_a_promise_stands_under_its_goal_and_one_without_is_flagged(pages, draft):
    client = pages("coordinator")
    post(client, draft, "goal", words="See the sea")
    due = split_date("due", timezone.localdate() + timedelta(days=3))
    ask = {"what": "Book the bus", "done_means": "There is a seat", "owner": "person:10", **due}
    assert post(client, draft, "action", goal=str(Goal.objects.get().pk), **ask).status_code == 302
    assert post(client, draft, "action", **{**ask, "what": "Order a bed"}).status_code == 302
    said = text(client.get(f"{AT}{draft.pk}/"))
    assert said.index("See the sea") < said.index("Book the bus") < said.index("Promises without a goal")
    assert said.index("Promises without a goal") < said.index("Order a bed")


def test_a_partner_sees_a_part_only_when_the_person_said_yes(pages, draft):
    signed(pages, draft)
    partner = pages("partner")
    said = text(partner.get(AT))
    assert "The person has not agreed that you see this part" in said
    assert "Walks every day" not in said
    assert "See the sea" not in said
    assert partner.get(f"{AT}{draft.pk}/write/about-me/my-wellness/1/").status_code == 403
    assert b"Walks every day" not in partner.get(f"{AT}{draft.pk}/print/").content
    for allowed in (True, False):
        choose_sharing(
            person_id=PERSON, part="plan", audience="acute-trust", allowed=allowed, said_on=timezone.localdate(),
            by=actor("gp"),
        )  # fmt: skip
        assert ("Walks every day" in text(partner.get(AT))) is allowed


def test_who_has_read_a_part_is_shown_on_it(pages, draft):
    write(pages("coordinator"), draft)
    assert "Nobody has read it since it was last written" in text(pages("gp").get(AT))
    said = text(pages("coordinator").get(AT))
    assert f"Read since it was last written by: {actor('gp').name}" in said
    event = AuditEvent.objects.filter(action="see-plan").last()
    assert event.detail == {"plan": draft.pk, "audience": "care-coordinator", "parts": sorted(p.id for p in PARTS)}


def test_sharing_is_written_down_on_its_page(pages, draft):
    client = pages("coordinator")
    said = {"part": "*", "audience": "council", "allowed": "yes", **split_date("said", timezone.localdate())}
    assert client.post(f"{AT}sharing/", said).status_code == 302
    page = text(client.get(f"{AT}sharing/"))
    assert "Social care Yes Yes Yes Yes Yes" in page
    assert "Social care may see every part" in page
    wrong = client.post(f"{AT}sharing/", {})
    assert wrong.status_code == 400
    assert "Choose who is meant." in text(wrong)


def test_ending_asks_the_fate_of_each_promise(pages, draft):
    signed(pages, draft)
    due = split_date("due", timezone.localdate() + timedelta(days=3))
    ask = {"what": "Book the bus", "done_means": "There is a seat", "owner": "person:10", **due}
    post(pages("coordinator"), draft, "action", **ask)
    gp = pages("gp")
    answer = post(gp, draft, "end", how="revoke", reason="Moved")
    assert answer.status_code == 400
    assert "Say of each promise what becomes of it." in text(answer)
    promise = Promise.objects.get()
    answer = post(gp, draft, "end", how="revoke", reason="Moved", **{f"fate-{promise.pk}": "cancel"})
    assert "Say why this promise is cancelled." in text(answer)
    assert Plan.objects.get().state == "active"
    fate = {f"fate-{promise.pk}": "cancel", f"because-{promise.pk}": "Has a car"}
    assert post(gp, draft, "end", how="revoke", reason="Moved", **fate).status_code == 302
    assert (Plan.objects.get().state, Promise.objects.get().reason) == ("revoked", "Has a car")
    assert "This plan ended" in text(gp.get(f"{AT}{draft.pk}/"))


def test_a_review_and_the_next_version(pages, draft):
    plan = signed(pages, draft)
    coordinator = pages("coordinator")
    ahead = split_date("review", timezone.localdate() + timedelta(days=200))
    code = actor("coordinator").practitioner_code
    assert "Say what the review found." in text(post(coordinator, plan, "review", **ahead, reviewer=code))
    assert post(coordinator, plan, "review", note="Goes well", **ahead, reviewer=code).status_code == 302
    assert coordinator.post(AT).status_code == 302
    second = Plan.objects.get(state="draft")
    assert "A next version is being written" in text(coordinator.get(AT))
    assert "Walks every day" in text(coordinator.get(f"{AT}{second.pk}/"))


def test_a_plan_is_put_on_hold_and_resumed(pages, draft):
    plan = signed(pages, draft)
    gp, coordinator = pages("gp"), pages("coordinator")
    day = timezone.localdate() + timedelta(days=9)
    assert "Put the plan on hold" in text(gp.get(AT))
    wrong = post(gp, plan, "hold")
    assert wrong.status_code == 400
    assert "Say why the plan is put on hold." in text(wrong)
    past = post(gp, plan, "hold", reason="Abroad", **split_date("resume", timezone.localdate()))
    assert "is not in the future" in text(past)
    assert post(gp, plan, "hold", reason="In Kent", **split_date("resume", day)).status_code == 302
    until = f"until {day.day} {day:%B %Y}"
    for page in (AT, f"/people/{PERSON}/", f"{AT}{plan.pk}/print/"):
        said = text(coordinator.get(page))
        assert until in said
        assert "In Kent." in said
    assert "Resume the plan" not in text(coordinator.get(AT))
    assert coordinator.get(f"{AT}{plan.pk}/resume/").status_code == 302
    assert post(coordinator, plan, "resume").status_code == 302
    assert Plan.objects.get().state == "on-hold"
    assert gp.get(f"{AT}{plan.pk}/hold/").status_code == 302
    assert "Resume the plan" in text(gp.get(f"/people/{PERSON}/"))
    assert post(gp, plan, "resume").status_code == 302
    assert Plan.objects.get().state == "active"
    assert "on hold" not in text(coordinator.get(f"/people/{PERSON}/"))
    assert list(untold()) == []


def test_whoever_answers_for_the_gp_resumes_instead_of_them(pages, draft):
    plan = signed(pages, draft)
    gp, lead = pages("gp"), pages("lead")
    day = split_date("resume", timezone.localdate() + timedelta(days=9))
    assert post(gp, plan, "hold", reason="In Kent", **day).status_code == 302
    User.objects.filter(username="lead").update(practitioner_code="G2")
    assert "Resume the plan" not in text(lead.get(AT))
    now, code = timezone.now(), actor("gp").practitioner_code
    Absence.objects.create(
        practitioner_code=code, start=now - timedelta(hours=1), reason="Leave", cover_code="G2",
        cover_state="accepted", planned_by="x", planned_at=now,
    )  # fmt: skip
    assert "Resume the plan" in text(lead.get(AT))
    assert "Resume the plan" not in text(pages("coordinator").get(AT))
    called = published().practitioner_name(code)
    assert f"You answer for {called}, who is away." in text(lead.get(f"{AT}{plan.pk}/resume/"))
    answer = lead.post(f"{AT}{plan.pk}/resume/", {"version": Plan.objects.get().version}, follow=True)
    assert f"{called} will read that you did it instead of them." in text(answer)
    assert Plan.objects.get().state == "active"
    said = text(gp.get("/today/"))
    assert "Done instead of you" in said
    assert "let the plan go on instead of you. It was on hold: In Kent." in said
    assert list(untold()) == []


def test_a_hold_whose_day_has_come_stands_on_the_gps_page_today(pages, draft):
    plan = signed(pages, draft)
    gp = pages("gp")
    tomorrow = split_date("resume", timezone.localdate() + timedelta(days=1))
    assert post(gp, plan, "hold", reason="In Kent", **tomorrow).status_code == 302
    assert "A plan was on hold until today" not in text(gp.get("/today/"))
    Plan.objects.update(resume_on=timezone.localdate())
    assert "A plan was on hold until today" in text(gp.get("/today/"))
    assert "It was to go on from" in text(gp.get(AT))


def test_a_goal_is_judged_and_given_up(pages, draft):
    signed(pages, draft)
    goal, client = Goal.objects.get(), pages("coordinator")
    at = f"goals/{goal.pk}"
    day = split_date("happened", timezone.localdate())
    judged = {"form": "judge", "achievement": "improving", "outcome": "As far as the gate", **day}
    assert post(client, draft, at, **{**judged, "version": goal.version}).status_code == 302
    assert "Getting closer on" in text(client.get(AT))
    stale = post(pages("gp"), draft, at, **{**judged, "version": goal.version})
    assert "Somebody else has changed this" in text(stale)
    again = {**judged, "achievement": "worsening", "outcome": "Her knee", "version": goal.version + 1}
    assert post(pages("gp"), draft, at, **again).status_code == 302
    for page in (AT, f"{AT}{draft.pk}/{at}/", f"{AT}{draft.pk}/print/"):
        said = text(client.get(page))
        assert said.index("Slipping further away Her knee") < said.index("Getting closer As far as the gate")
        assert f"As far as the gate {actor('coordinator').name}, Care coordinator" in said
    assert Goal.objects.get().state == "active"
    version = Goal.objects.get().version
    answer = post(client, draft, at, form="move", act="cancel", version=version)
    assert "It has no reason." in text(answer)
    assert post(client, draft, at, form="move", act="cancel", reason="Too far", version=version).status_code == 302


def test_the_plan_as_pdf(pages, draft):
    signed(pages, draft)
    ordinary = pages("gp").get(f"{AT}{draft.pk}/plan.pdf")
    large = pages("gp").get(f"{AT}{draft.pk}/plan.pdf?print=large")
    for answer in (ordinary, large):
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    assert ordinary.content != large.content
    assert AuditEvent.objects.filter(action="plan-pdf", people=[PERSON]).count() == 2


def test_own_words_stand_on_the_first_page(pages, draft):
    write(pages("coordinator"), draft, "My dog Bess", "about-me/what-is-most-important-to-me/1")
    assert "My dog Bess" in text(pages("gp").get(f"/people/{PERSON}/"))
    assert "My dog Bess" not in text(pages("partner").get(f"/people/{PERSON}/"))


def test_a_form_sent_twice_is_done_once(pages, draft):
    client = pages("coordinator")
    shown = client.get(f"{AT}{draft.pk}/goal/").content.decode()
    mark = re.search(r'name="once" value="([^"]+)"', shown)[1]
    for _ in range(2):
        assert post(client, draft, "goal", words="See the sea", once=mark).status_code == 302
    assert Goal.objects.count() == 1


@pytest.mark.parametrize("persona", ["commissioner", "analyst"])
def test_planners_see_no_plan(pages, draft, persona):
    client = pages(persona)
    for page in ("", "print/", "plan.pdf", "goal/", "sign/"):
        assert client.get(f"{AT}{draft.pk}/{page}").status_code == 403
