"""Every act upon a promise, from every state, on every side: what is allowed is written out here, not derived."""

import itertools

import pytest

from carestead.care.promise import ENDED, OPEN, PROMISE, refusal, terms_refusal
from carestead.care.promise import Terms as T
from carestead.reference import load

SIDES = ("requester", "owner", "cover", "accountable-gp", "coordinator", "author", "lead", "person", "carer")
DID = ("owner", "cover")
DECIDES = ("requester", "accountable-gp", "coordinator")

EXPECTED: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("draft", "ask"): ("requested", ("requester",)),
    ("requested", "open"): ("received", DID),
    **{(s, "accept"): ("accepted", (*DID, "requester", "coordinator")) for s in ("requested", "received")},
    **{(s, "reject"): ("rejected", DID) for s in ("requested", "received", "accepted")},
    ("accepted", "begin"): ("in-progress", DID),
    **{(s, "hold"): ("on-hold", (*DID, "requester")) for s in ("accepted", "in-progress")},
    ("on-hold", "resume"): ("in-progress", (*DID, "requester")),
    **{(s, "complete"): ("completed", DID) for s in ("ready", "accepted", "in-progress")},
    **{(s, "fail"): ("failed", DID) for s in ("ready", "accepted", "in-progress", "on-hold")},
    **{(s, "cancel"): ("cancelled", ("requester", "accountable-gp", "cover")) for s in OPEN},
    **{(s, "correct"): ("entered-in-error", ("author", "lead")) for s in OPEN | ENDED},
    **{(s, "attempt"): (s, DID) for s in ("ready", "accepted", "in-progress")},
    **{(s, "note"): (s, (*DID, *DECIDES, "author", "lead")) for s in OPEN},
    **{(s, "offer-date"): (s, DID) for s in ("requested", "received", "accepted", "in-progress")},
    **{(s, a): (s, ("requester",)) for s in ("requested", "received", "accepted", "in-progress")
       for a in ("agree-date", "keep-date")},
    ("cancelled", "acknowledge"): ("cancelled", DID),
    **{(s, "decide-next"): (s, DECIDES) for s in ("rejected", "failed")},
    ("completed", "not-done"): ("completed", (*DECIDES, "person", "carer")),
}  # fmt: skip

GIVEN = {
    **dict.fromkeys(("owner", "due", "done_means", "accepted_by", "reason", "happened_at", "resume_on"), "x"),
    **dict.fromkeys(("outcome", "note", "new_due"), "x"),
    "channel": "phone",
}
ACTS = sorted({t.act for t in PROMISE.transitions})


@pytest.mark.parametrize(("state", "act"), list(itertools.product(sorted(PROMISE.states), ACTS)))
def test_every_state_act_and_side(state, act):
    end, who = EXPECTED.get((state, act), ("", ()))
    allowed = {side for side in SIDES if refusal(state, act, frozenset({side}), GIVEN) is None}
    assert allowed == set(who)
    assert refusal(state, act, frozenset(), GIVEN) is not None, "somebody without a side does nothing"
    if who:
        assert PROMISE.after(state, act) == end


def test_pages_offer_exactly_what_is_allowed():
    for state, side in itertools.product(PROMISE.states, SIDES):
        offered = set(PROMISE.acts(state, {side}))
        assert offered == {act for (s, act), (_, who) in EXPECTED.items() if s == state and side in who}


def test_the_states_are_those_of_fhir():
    assert set(load("care", "fhir-statuses")["Task"]) == PROMISE.states


def test_nothing_leaves_an_end_but_a_correction():
    for (state, act), (end, _) in EXPECTED.items():
        if state in ENDED:
            assert end == state or act == "correct"


def test_only_people_have_sides():
    assert not {"system", "timer", "clock"} & {side for t in PROMISE.transitions for side in t.who}


@pytest.mark.parametrize("act", ["reject", "hold", "cancel", "fail"])
def test_bad_news_says_why(act):
    """HL7 invariant pa-taskrm-1: a reason exactly for what is rejected, on hold, cancelled or failed."""
    start = "accepted"
    sides = frozenset({"owner", "requester"})
    assert "reason" in refusal(start, act, sides, {**GIVEN, "reason": "  "}).what


@pytest.mark.parametrize("channel", ["screen", ""])
def test_another_says_yes_only_by_phone_or_letter(channel):
    for side in ("requester", "coordinator"):
        assert refusal("requested", "accept", frozenset({side}), {**GIVEN, "channel": channel})
    if channel:
        assert refusal("requested", "accept", frozenset({"cover"}), {**GIVEN, "channel": channel}) is None


ORCA_OWNER = {
    ("requested", "received"), ("requested", "accepted"), ("requested", "rejected"), ("received", "accepted"),
    ("received", "rejected"), ("accepted", "in-progress"), ("in-progress", "completed"), ("in-progress", "failed"),
    ("ready", "completed"), ("ready", "failed"),
}  # fmt: skip
ORCA_EITHER = {
    ("requested", "cancelled"), ("received", "cancelled"), ("accepted", "cancelled"), ("in-progress", "on-hold"),
    ("on-hold", "in-progress"),
}  # fmt: skip
"""SanteonNL/orca, orchestrator/careplanservice/handle_updatetask.go, isValidTransition, read at commit 03e842de."""


def ours(side: str) -> set[tuple[str, str]]:
    return {(s, end) for (s, _), (end, who) in EXPECTED.items() if side in who and s != end}


def test_against_the_guards_of_shared_care_planning():
    """Each difference from ORCA is one that docs/clarifications.md gives a reason for."""
    owner, requester = ours("owner"), ours("requester")
    taken_away = {("requested", "cancelled"), ("received", "cancelled"), ("accepted", "cancelled")}
    assert (ORCA_OWNER | ORCA_EITHER) - owner == taken_away, "an owner refuses; only who asked takes back"
    assert owner - (ORCA_OWNER | ORCA_EITHER) == {
        ("accepted", "rejected"), ("accepted", "completed"), ("accepted", "failed"), ("accepted", "on-hold"),
        ("on-hold", "failed"),
    }  # fmt: skip
    assert ORCA_EITHER - requester == set()
    assert requester - ORCA_EITHER == {
        ("draft", "requested"), ("requested", "accepted"), ("received", "accepted"), ("accepted", "on-hold"),
        *((s, "cancelled") for s in ("draft", "ready", "in-progress", "on-hold")),
    }  # fmt: skip


@pytest.mark.parametrize("field", ["owner", "requester", "due", "what", "done_means"])
def test_terms_have_no_hole(field):
    whole = {"owner": "K1", "requester": "G1", "due": 1, "what": "Ring", "done_means": "Spoken to"}
    assert terms_refusal(T(**whole)) is None
    assert terms_refusal(T(**{**whole, field: None if field == "due" else ""})) is not None
    assert terms_refusal(T(**whole, consent_allows=False)) is not None
