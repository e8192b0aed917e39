"""Requests: one open promise at a time, and closed only when the outcome is back, reviewed, and told."""

from datetime import date, timedelta

import pytest
from tests.care_store import AT, GP_PARTY, NURSES, OTHER, night_nurse, nurse

from carestead.care.promise import OPEN
from carestead.care.request import LIVE
from carestead.care.sides import Party
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import Message, Promise, Request
from carestead.store.care.promise_ends import (
    ask_another,
    cancel_promise,
    complete_promise,
    correct_promise,
    reject_promise,
    say_not_done,
)
from carestead.store.care.promises import accept_promise
from carestead.store.care.request_outcomes import close_request, record_outcome, review_outcome, tell_outcome
from carestead.store.care.requests import (
    ask_next_team,
    correct_request,
    hold_request,
    live_promise,
    make_request,
    resume_request,
    revoke_request,
)


@pytest.fixture(autouse=True)
def told(db):
    """The events tell every row, and every request that stands has exactly one open promise."""
    yield
    assert list(untold()) == []
    for request in Request.objects.all():
        found = Promise.objects.filter(request_id=request.pk, state__in=OPEN).count()
        assert found == (1 if request.state in LIVE else 0), request.state


def ask(by, **changed) -> Request:
    facts = {
        "person_id": 7, "what": "Night sitting", "why": "She falls at night", "service": "night-sitting",
        "team": NURSES, "asker": GP_PARTY, "done_means": "Somebody sits with her three nights",
        "due_at": AT + timedelta(days=2), "at": AT,
    }  # fmt: skip
    return make_request(by=by, **{**facts, **changed})


def now(thing, by, **more):
    thing.refresh_from_db()
    return {f"{thing.KIND}_id": thing.pk, "version": thing.version, "by": by, "at": AT, **more}


def test_a_request_and_its_first_promise_are_made_together(gp):
    asked = ask(gp)
    promise = live_promise(asked)
    assert (asked.state, promise.state) == ("active", "requested")
    assert (promise.owner_code, promise.requester_code, promise.done_means) == (
        "RX901", "G1", "Somebody sits with her three nights",
    )  # fmt: skip


def test_the_loop_closes_only_when_back_reviewed_and_told(gp):
    asked = ask(gp)
    accept_promise(**now(live_promise(asked), nurse))
    with pytest.raises(NotPossibleError, match="has not come back"):
        close_request(**now(asked, gp))
    complete_promise(outcome="done", evidence="Slept well", happened_at=AT, **now(live_promise(asked), nurse))
    asked.refresh_from_db()
    assert (asked.outcome, asked.outcome_at) == ("Slept well", AT)
    assert live_promise(asked).template == "review-outcome"
    with pytest.raises(NotPossibleError, match="reviewed"):
        close_request(**now(asked, gp))
    with pytest.raises(NotPossibleError, match="act upon its request"):
        complete_promise(outcome="dropped", happened_at=AT, **now(live_promise(asked), gp))
    review_outcome(note="Go on", **now(asked, gp))
    with pytest.raises(NotPossibleError, match="not been told"):
        close_request(**now(asked, gp))
    tell_outcome(told_how="by telephone", **now(asked, gp))
    closed = close_request(**now(asked, gp))
    assert (closed.state, closed.ended_at) == ("completed", AT)
    kept = Promise.objects.get(template="review-outcome")
    assert (kept.state, kept.outcome) == ("completed", "closed-loop")


def test_nobody_reviews_or_tells_what_has_not_come_back(gp):
    asked = ask(gp)
    with pytest.raises(NotPossibleError, match="not come back"):
        review_outcome(note="x", **now(asked, gp))
    with pytest.raises(NotPossibleError, match="not come back"):
        tell_outcome(told_how="x", **now(asked, gp))


def test_the_team_cannot_review_its_own_outcome(gp):
    asked = ask(gp)
    record_outcome(outcome="Done", happened_at=AT, **now(asked, nurse))
    with pytest.raises(NotPossibleError, match="Only the"):
        review_outcome(note="x", **now(asked, nurse))


def test_an_outcome_by_letter_keeps_the_teams_promise(gp):
    asked = ask(gp)
    first = live_promise(asked)
    record_outcome(outcome="Letter of the 20th", happened_at=AT - timedelta(days=3), **now(asked, gp))
    first.refresh_from_db()
    assert (first.state, first.channel, first.evidence) == ("completed", "letter", "Letter of the 20th")
    assert live_promise(asked).template == "review-outcome"


def test_a_refusal_makes_the_asker_choose_the_next_team(gp):
    asked = ask(gp)
    refused = reject_promise(reason="No nurses", **now(live_promise(asked), nurse))
    choose = live_promise(asked)
    assert (choose.template, choose.owner_code, choose.what) == (
        "choose-next",
        "G1",
        "Choose the next team: Night sitting",
    )
    with pytest.raises(NotPossibleError, match="request of this promise still stands"):
        ask_another(owner=OTHER, due_at=AT, **now(refused, gp))
    ask_next_team(team=OTHER, due_at=AT + timedelta(days=4), **now(asked, gp))
    promise = live_promise(asked)
    assert (promise.owner_code, promise.replaces_id, promise.done_means) == (
        "RX902", refused.pk, refused.done_means,
    )  # fmt: skip
    choose.refresh_from_db()
    assert (choose.state, choose.outcome, choose.evidence) == ("completed", "asked-another", "Night nurses")
    asked.refresh_from_db()
    assert asked.team_code == "RX902"


def test_only_one_team_is_asked_at_a_time(gp):
    asked = ask(gp)
    with pytest.raises(NotPossibleError, match="District nurses has been asked"):
        ask_next_team(team=OTHER, due_at=AT, **now(asked, gp))
    with pytest.raises(NotPossibleError, match="is no team"):
        ask_next_team(team=GP_PARTY, due_at=AT, **now(asked, gp))


@pytest.mark.parametrize("end", [cancel_promise, correct_promise])
def test_taking_a_promise_back_leaves_the_request_to_be_decided(gp, end):
    asked = ask(gp)
    end(reason="Wrong team", **now(live_promise(asked), gp))
    assert live_promise(asked).template == "choose-next"


def test_correcting_a_refusal_later_asks_nobody_twice(gp):
    asked = ask(gp)
    refused = reject_promise(reason="No nurses", **now(live_promise(asked), nurse))
    correct_promise(reason="Wrong person", **now(refused, gp))
    assert live_promise(asked).replaces_id == refused.pk


def test_a_later_outcome_of_a_team_that_had_refused_counts(gp):
    asked = ask(gp)
    reject_promise(reason="No nurses", **now(live_promise(asked), nurse))
    record_outcome(outcome="They came after all", happened_at=AT, **now(asked, gp))
    assert live_promise(asked).template == "review-outcome"


def test_another_team_after_an_outcome_needs_an_outcome_of_its_own(gp):
    asked = ask(gp)
    record_outcome(outcome="Half done", happened_at=AT, **now(asked, nurse))
    review_outcome(note="Not enough", **now(asked, gp))
    tell_outcome(told_how="at home", **now(asked, gp))
    ask_next_team(team=OTHER, due_at=AT, **now(asked, gp))
    with pytest.raises(NotPossibleError, match="not come back"):
        close_request(**now(asked, gp))
    record_outcome(outcome="Done", happened_at=AT, **now(asked, night_nurse, at=AT + timedelta(hours=1)))
    with pytest.raises(NotPossibleError, match="reviewed"):
        close_request(**now(asked, gp))


def test_not_done_reopens_the_loop(gp):
    asked = ask(gp)
    accept_promise(**now(live_promise(asked), nurse))
    kept = complete_promise(outcome="done", happened_at=AT, **now(live_promise(asked), nurse))
    say_not_done(reason="Nobody came", **now(kept, gp))
    asked.refresh_from_db()
    assert (asked.outcome, asked.outcome_at) == ("Said not to be done: Nobody came", None)
    assert live_promise(asked).owner_code == "RX901"
    with pytest.raises(NotPossibleError, match="not come back"):
        close_request(**now(asked, gp))


def test_revoking_reads_first_withdraws_the_promise_and_tells_its_owner(gp):
    asked = ask(gp)
    promise = live_promise(asked)
    with pytest.raises(NotPossibleError, match="no reason"):
        revoke_request(reason="", **now(asked, gp))
    revoked = revoke_request(reason="She went home", **now(asked, gp))
    promise.refresh_from_db()
    assert (revoked.state, promise.state, promise.reason) == ("revoked", "cancelled", "She went home")
    assert Message.objects.get().to_code == "RX901"
    with pytest.raises(NotPossibleError, match="no longer wanted"):
        revoke_request(reason="Again", **now(revoked, gp))
    with pytest.raises(ChangedMeanwhileError):
        revoke_request(request_id=asked.pk, version=1, reason="Stale", by=gp)


def test_what_was_never_right_is_entered_in_error(gp, lead):
    asked = ask(gp)
    with pytest.raises(NotPossibleError, match="author or lead"):
        correct_request(reason="Wrong person", **now(asked, nurse))
    assert correct_request(reason="Wrong person", **now(asked, lead)).state == "entered-in-error"


def test_on_hold_holds_the_promise_and_resuming_resumes_it(gp):
    asked = ask(gp)
    accept_promise(**now(live_promise(asked), nurse))
    with pytest.raises(NotPossibleError, match="not after today"):
        hold_request(reason="Away", resume_on=AT.date(), **now(asked, gp))
    hold_request(reason="Away", resume_on=date(2026, 12, 24), **now(asked, gp))
    assert live_promise(asked).state == "on-hold"
    resume_request(**now(asked, gp))
    assert live_promise(asked).state == "in-progress"


def test_bad_requests_are_refused_whole(gp):
    for changed, words in (
        ({"why": " "}, "does not say why"),
        ({"team": GP_PARTY}, "an organisation is asked"),
        ({"team": Party("organisation", "")}, "no owner"),
        ({"what": ""}, "what is to be done"),
        ({"consent_allows": False}, "has not agreed"),
    ):
        with pytest.raises(NotPossibleError, match=words):
            ask(gp, **changed)
    assert not Request.objects.exists()
    assert not Promise.objects.exists()


def test_sent_twice_it_asks_once(gp):
    assert ask(gp, key="k").pk == ask(gp, key="k").pk
    assert Promise.objects.count() == 1
