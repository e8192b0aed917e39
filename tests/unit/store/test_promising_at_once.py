"""Several people act on one promise or request at the same instant."""

from datetime import timedelta
from functools import partial

from tests.at_once import at_once
from tests.care_store import AT, GP_PARTY, NURSES, OTHER, nurse, promise

from carestead.care.promise import OPEN
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import Promise, Request
from carestead.store.care.promise_ends import reject_promise
from carestead.store.care.promises import accept_promise
from carestead.store.care.requests import ask_next_team, live_promise, make_request, revoke_request


def tried(*acts) -> list[str]:
    """What each act came to, all done at the same instant."""

    def one(do, given) -> str:
        try:
            do(**given)
        except (ChangedMeanwhileError, NotPossibleError):
            return "told"
        return "done"

    return sorted(at_once([partial(one, *act) for act in acts]))


def test_of_two_who_accept_at_once_one_is_told(committed, gp):
    asked = promise(by=gp)
    given = {"promise_id": asked.pk, "version": 1, "by": nurse}
    assert tried(*[(accept_promise, given)] * 8) == ["done"] + ["told"] * 7
    assert Promise.objects.get().version == 2
    assert list(untold()) == []


def test_the_same_form_sent_eight_times_at_once_is_done_once_and_nobody_is_refused(committed, gp):
    asked = promise(by=gp)
    given = {"promise_id": asked.pk, "version": 1, "by": nurse, "key": "form-1"}
    assert tried(*[(accept_promise, given)] * 8) == ["done"] * 8
    assert Promise.objects.get().version == 2
    asking = {"by": gp, "key": "form-2"}
    assert tried(*[(promise, asking)] * 8) == ["done"] * 8
    assert Promise.objects.count() == 2


def test_yes_and_no_at_once_leave_one_answer(committed, gp):
    asked = promise(by=gp)
    given = {"promise_id": asked.pk, "version": 1, "by": nurse}
    assert tried((accept_promise, given), (reject_promise, {**given, "reason": "No room"})) == ["done", "told"]
    follow_ups = Promise.objects.filter(template="what-next").count()
    assert follow_ups == (1 if Promise.objects.get(pk=asked.pk).state == "rejected" else 0)


def test_a_request_never_has_two_open_promises(committed, gp):
    for _ in range(4):
        asked = make_request(
            person_id=7, what="Sit", why="Falls", service="sitting", team=NURSES, asker=GP_PARTY, done_means="Sat",
            due_at=AT, by=gp,
        )  # fmt: skip
        first = live_promise(asked)
        refuse = {"promise_id": first.pk, "version": 1, "by": nurse, "reason": "No room"}
        end = {"request_id": asked.pk, "version": 1, "by": gp, "reason": "Not wanted"}
        pass_on = {"request_id": asked.pk, "version": 1, "by": gp, "team": OTHER, "due_at": AT + timedelta(days=1)}
        said = tried((reject_promise, refuse), (revoke_request, end), (ask_next_team, pass_on))
        assert set(said) <= {"done", "told"}, said
        state = Request.objects.get(pk=asked.pk).state
        live = Promise.objects.filter(request_id=asked.pk, state__in=OPEN).count()
        assert live == (1 if state == "active" else 0)
    assert list(untold()) == []
