"""What went wrong is followed up until its effect is measured (invariant R19)."""

from datetime import timedelta

import pytest
from tests.unit.store.planning import NOW, TODAY, ask

from carestead.store.actor import SYSTEM, Actor, Role
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.lessons import close_lesson, measure_effect, promise_for_lesson, record_lesson
from carestead.store.care.log import Act, ChangedMeanwhileError, change, untold
from carestead.store.care.models import Lesson


def refused(words):
    return pytest.raises(NotPossibleError, match=words)


@pytest.fixture
def lesson(db, coordinator) -> Lesson:
    return record_lesson(person_id=7, what="Nobody told the carer", cause="not-told", by=coordinator, at=NOW)


def move(promise, by, **sets):
    return change(promise, Act("x", by), version=promise.version, **sets)


def keep(promise, by):
    return move(promise, by, state="completed", outcome="done", happened_at=NOW, ended_at=NOW)


def test_it_closes_with_a_kept_promise_and_a_measured_effect(lesson, coordinator):
    say = {"lesson_id": lesson.pk, "by": coordinator, "at": NOW}
    with refused("Nobody has promised"):
        close_lesson(**say, version=1)
    _, promise = promise_for_lesson(**say, version=1, ask=ask())
    with refused("promise is not kept"):
        close_lesson(**say, version=2)
    keep(promise, coordinator)
    with refused("Nobody has measured"):
        close_lesson(**say, version=2)
    measure_effect(**say, version=2, effect="Carers told: 4 of 9 before, 9 of 9 after", measured_on=TODAY)
    with pytest.raises(ChangedMeanwhileError):
        close_lesson(**say, version=2)
    closed = close_lesson(**say, version=3)
    assert (closed.state, closed.closed_at) == ("closed", NOW)
    with refused("The lesson is closed"):
        measure_effect(**say, version=4, effect="x", measured_on=TODAY)
    assert list(untold()) == []


def test_one_promise_at_a_time_and_another_when_it_failed(lesson, coordinator):
    say = {"lesson_id": lesson.pk, "by": coordinator, "at": NOW}
    _, first = promise_for_lesson(**say, version=1, ask=ask())
    with refused("promised already"):
        promise_for_lesson(**say, version=2, ask=ask())
    move(first, coordinator, state="failed", reason="No", ended_at=NOW)
    again, second = promise_for_lesson(**say, version=2, ask=ask())
    assert again.promise_id == second.pk != first.pk


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"what": " "}, "does not say what went wrong"), ({"cause": "Dr Quill"}, "no cause Dr Quill"),
     ({"by": SYSTEM}, "Only those who care"), ({"by": Actor("a", "A", Role.ANALYST)}, "Only those who care")],
)  # fmt: skip
def test_a_finding_that_is_none(db, coordinator, changed, words):
    with refused(words):
        record_lesson(**{"person_id": 7, "what": "x", "cause": "refused", "by": coordinator, **changed})
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_an_effect_is_measured_after_the_finding_and_not_in_the_future(lesson, coordinator, days):
    with refused("does not lie between"):
        measure_effect(
            lesson_id=lesson.pk, version=1, by=coordinator, effect="x", measured_on=TODAY + timedelta(days=days), at=NOW
        )
