"""The same request again gives the first answer and does nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.at_once import at_once

from carestead.store.jobs.housekeeping import housekeeping
from carestead.store.jobs.models import IdempotencyKey, Outbox
from carestead.store.jobs.once import KeyUsedError, answered, once
from carestead.store.jobs.outbox import publish


def do() -> dict[str, str]:
    publish(kind="test.done", subject="x")
    return {"said": f"done {Outbox.objects.count()}"}


def ask(key="k-1", username="gp", body_hash="a", work=do, at=None):
    return once(key=key, username=username, body_hash=body_hash, do=work, at=at)


@pytest.mark.django_db
def test_the_second_request_gets_the_first_answer():
    assert ask() == ({"said": "done 1"}, True)
    assert ask() == ({"said": "done 1"}, False)
    assert Outbox.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_whoever_sent_it():
    ask()
    assert ask(username="coordinator") == ({"said": "done 2"}, True)
    assert answered(key="k-1", username="lead", body_hash="a") is None


@pytest.mark.django_db
def test_the_key_with_something_else_to_do_is_refused():
    ask()
    with pytest.raises(KeyUsedError, match="sent before, with other answers"):
        ask(body_hash="b")
    assert Outbox.objects.count() == 1


@pytest.mark.django_db
def test_what_failed_is_not_kept_and_may_be_tried_again():
    def fail():
        publish(kind="test.done", subject="half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(work=fail)
    assert (Outbox.objects.count(), IdempotencyKey.objects.count()) == (0, 0)
    assert ask() == ({"said": "done 1"}, True)


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day():
    now = timezone.now()
    ask(at=now - timedelta(hours=24, minutes=1))
    assert ask(at=now)[1]
    housekeeping(at=now + timedelta(hours=23))
    assert IdempotencyKey.objects.count() == 1
    housekeeping(at=now + timedelta(hours=25))
    assert IdempotencyKey.objects.count() == 0


def test_of_many_at_once_one_does_it_and_all_get_its_answer(committed):
    said = at_once([ask] * 6)
    assert sorted(done for _, done in said) == [False] * 5 + [True]
    assert {answer["said"] for answer, _ in said} == {"done 1"}
    assert Outbox.objects.count() == 1
