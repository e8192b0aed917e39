"""Today, and a person's own page, over the demonstration's care."""

import re
from html import unescape

import pytest

from carestead.store.accounts.models import User
from carestead.store.care.log import untold
from carestead.store.care.models import Notice, Plan, Promise
from carestead.store.care.promise_ends import complete_promise
from carestead.web import demo


def words(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def cared_for(pages):
    demo.seed(care=True)
    return pages


def test_the_demonstration_can_be_told_from_its_log_and_is_made_once(cared_for):
    before = Promise.objects.count()
    demo.seed(care=True)
    assert Promise.objects.count() == before > 2
    assert list(untold()) == []


def test_a_gp_sees_what_needs_them_and_settles_what_is_only_to_be_known(cared_for):
    gp = cared_for("gp")
    said = words(gp.get("/today/"))
    for needed in ("Home from hospital", "Fall at home", "Asked of you", "A plan to sign", "A message to answer"):
        assert needed in said
    assert "In hospital" not in said  # home again: one notice for both
    notice = Notice.objects.get(about="discharge", to_code=User.objects.get(username="gp").practitioner_code)
    assert gp.post(f"/today/seen/discharged/{notice.pk}/").status_code == 302
    said = words(gp.get("/today/"))
    assert "Home from hospital" not in said
    assert not Notice.objects.filter(about="admission", to_code=notice.to_code, seen_at__isnull=True).exists()


def test_what_was_told_to_a_colleague_cannot_be_seen_for_them(cared_for):
    notice = (
        Notice.objects.filter(about="discharge")
        .exclude(to_code=User.objects.get(username="gp").practitioner_code)
        .get()
    )
    answer = cared_for("gp").post(f"/today/seen/discharged/{notice.pk}/", follow=True)
    assert "told to somebody else" in words(answer)
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_a_coordinator_sees_who_came_home_and_what_falls_due(cared_for):
    said = words(cared_for("coordinator").get("/today/"))
    assert "Record the contact" in said
    assert "In the next seven days" in said


def test_a_person_sees_who_is_in_charge_what_matters_and_what_was_promised(cared_for):
    said = words(cared_for("person").get("/my-page/"))
    for needed in ("Your named GP", "Your care coordinator", "Who answers now", "My garden", "What happens next"):
        assert needed in said
    assert words(cared_for("carer").get("/my-page/")).count("My garden") == 1


def test_a_person_says_that_it_was_not_done_and_it_is_promised_again(cared_for):
    person = User.objects.get(username="person")
    gp = User.objects.get(username="gp").actor()
    kept = Promise.objects.filter(person_id=person.person_id, owner_code=gp.practitioner_code).first()
    from django.utils import timezone

    from carestead.store.care.promises import accept_promise

    accepted = accept_promise(promise_id=kept.pk, version=kept.version, by=gp)
    complete_promise(
        promise_id=kept.pk, version=accepted.version, by=gp, outcome="done", evidence="Rang", happened_at=timezone.now()
    )
    client = cared_for("person")
    assert "This was not done" in words(client.get("/my-page/"))
    kept.refresh_from_db()
    answer = client.post(
        f"/my-page/not-done/{kept.pk}/", {"version": kept.version, "words": "Nobody came"}, follow=True
    )
    assert "It is promised again" in words(answer)
    again = Promise.objects.get(replaces_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.state, again.owner_code, again.why) == ("completed", gp.practitioner_code, "Nobody came")


def test_nobody_sees_the_page_of_another(cared_for):
    assert cared_for("gp").get("/my-page/").status_code == 403
    someone_else = Promise.objects.exclude(person_id=User.objects.get(username="person").person_id).first()
    answer = cared_for("person").post(f"/my-page/not-done/{someone_else.pk}/", {"version": 1}, follow=True)
    assert "promised again" not in words(answer)
    assert not Promise.objects.filter(replaces_id=someone_else.pk).exists()


def test_a_plan_of_the_demonstration_waits_for_the_gp(cared_for):
    assert Plan.objects.get().state == "draft"
