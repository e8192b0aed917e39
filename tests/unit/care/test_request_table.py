"""Every act upon a request and a message, from every state, on every side; and what must have happened to close."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from carestead.care.message import MESSAGE
from carestead.care.request import ENDED, LIVE, REQUEST, closing_refusal
from carestead.reference import load

SIDES = ("asker", "team", "accountable-gp", "author", "lead")
ASKING = ("asker", "accountable-gp")
EXPECTED = {
    ("draft", "ask"): ("active", ("asker",)),
    **{(s, "hold"): ("on-hold", ASKING) for s in ("active",)},
    ("on-hold", "resume"): ("active", ASKING),
    **{(s, "next-team"): (s, ASKING) for s in LIVE},
    **{(s, "outcome"): (s, ("asker", "team")) for s in LIVE},
    **{(s, "review"): (s, ASKING) for s in LIVE},
    **{(s, "tell"): (s, ("asker", "accountable-gp", "team")) for s in LIVE},
    **{(s, "close"): ("completed", ASKING) for s in LIVE},
    **{(s, "revoke"): ("revoked", ASKING) for s in LIVE | {"draft"}},
    **{(s, "correct"): ("entered-in-error", ("author", "lead")) for s in LIVE | ENDED | {"draft"}},
}
GIVEN = dict.fromkeys(("reason", "resume_on", "outcome", "happened_at", "note", "told_how", "text", "promise_id"), "x")
T0 = datetime(2026, 11, 23, 9, tzinfo=UTC)


def table(machine, sides):
    acts = sorted({t.act for t in machine.transitions})
    for state, act in itertools.product(machine.states, acts):
        who = {side for side in sides if machine.refusal(state, act, {side}, GIVEN) is None}
        if who:
            yield (state, act), (machine.after(state, act), who)


def test_every_state_act_and_side_of_a_request():
    assert dict(table(REQUEST, SIDES)) == {key: (end, set(who)) for key, (end, who) in EXPECTED.items()}


def test_every_state_act_and_side_of_a_message():
    waiting, readers = ("sent", "read", "became-promise"), {"addressee", "cover"}
    assert dict(table(MESSAGE, ("addressee", "cover", "sender", "system"))) == {
        ("sent", "read"): ("read", readers),
        **{(s, "answer"): ("answered", readers) for s in waiting},
        **{(s, "note"): (s, readers) for s in waiting},
        **{(s, "become-promise"): ("became-promise", {"system"}) for s in ("sent", "read")},
    }


def test_the_states_are_those_of_fhir():
    assert set(load("care", "fhir-statuses")["ServiceRequest"]) - {"unknown"} == REQUEST.states


@pytest.mark.parametrize(("came", "reviewed", "told"), list(itertools.product((None, 0, 5), repeat=3)))
def test_it_closes_only_when_back_then_reviewed_and_told(came, reviewed, told):
    at = [None if h is None else T0 + timedelta(hours=h) for h in (came, reviewed, told)]
    possible = came is not None and all(later is not None and later >= came for later in (reviewed, told))
    assert (closing_refusal(*at) is None) == possible
