"""Each refusal of the hand-over says what is wrong, in a sentence for whoever tried."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from carestead.care.hand_over import HandOverRefusedError, make, refusal
from carestead.care.hand_over_alarms import alarms
from carestead.care.standing import Basis, Colleague, Move, OfferState, Part, Situation, parts

NOW = datetime(2026, 5, 5, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
GP = frozenset({"named-gp"})
START = Situation(
    at=NOW,
    role="named-gp",
    holder="G1",
    since=NOW - timedelta(days=30),
    other_holder="C1",
    colleagues=(
        Colleague("G1", "Dr Ahmed", GP),
        Colleague("G2", "Dr Brown", GP),
        Colleague("G3", "Dr Clark", GP),
        Colleague("C1", "Cleo Dunn", frozenset({"coordinator", "named-gp"})),
        Colleague("L1", "Lee Moss", is_lead=True),
    ),
)
OFFERED = make(START, Move("offer", by="G1", to="G2", until=LATER))


def _offer(to, by="G1", until=LATER):
    return Move("offer", by=by, to=to, until=until)


@pytest.mark.parametrize(
    ("situation", "move", "says"),
    [
        (START, _offer("G1"), "Dr Ahmed holds it already."),
        (START, _offer("G9"), "Nobody here is known as G9"),
        (START, _offer("L1"), "Lee Moss cannot be a named GP"),
        (START.where("G2", away=True), _offer("G2"), "Dr Brown is away"),
        (START.where("G2", leaving=True), _offer("G2"), "Dr Brown is leaving"),
        (START.where("G2", left=True), _offer("G2"), "Dr Brown has left"),
        (START, _offer("C1"), "Cleo Dunn is the person's care coordinator, and the two are different people."),
        (START, _offer("G2", by="G3"), "Only Dr Ahmed, who covers for them, or the clinical lead"),
        (START, _offer("G2", until=NOW), "an instant that is still to come"),
        (OFFERED, _offer("G3"), "It is on offer to Dr Brown already"),
        (OFFERED, Move("accept", by="G3"), "It was offered to Dr Brown: only they can answer."),
        (replace(OFFERED, at=LATER), Move("accept", by="G2"), "This offer has lapsed: it had to be answered by 7"),
        (OFFERED.where("G2", away=True), Move("accept", by="G2"), "This offer has lapsed: Dr Brown is away"),
        (START, Move("accept", by="G2"), "Nothing is on offer here"),
        (OFFERED, Move("decline", by="G2", reason=" "), "Say in a few words why."),
        (OFFERED, Move("withdraw", by="G3", reason="no"), "Only Dr Ahmed"),
        (OFFERED, Move("lapse"), "its time has not run out"),
        (START, Move("interim", by="G1", to="G2", reason="x", until=LATER), "Only the clinical lead"),
        (START, Move("interim", by="L1", to="G2", reason="x", until=LATER), "is here and holds it: offer it first"),
        (START, Move("acknowledge", by="G1"), "There is no interim assignment"),
        (START, Move("away", of="G1", to="G1"), "Dr Ahmed cannot cover for themselves"),
        (START.where("G2", away=True, cover="G1"), Move("away", of="G1", to="G2"), "Dr Brown is away and cannot cover"),
        (START, Move("away", of="G1", to="L1"), "Lee Moss has another role and cannot cover for Dr Ahmed"),
        (START.where("G1", away=True), Move("away", of="G1"), "Dr Ahmed is away already"),
        (START, Move("back", of="G1"), "Dr Ahmed is not away"),
        (START, Move("leave", by="L1", of="G1"), "Dr Ahmed is still responsible: hand over first"),
        (START.where("G2", left=True), Move("leave", by="L1", of="G2"), "Dr Brown does not work here any more"),
        (START, Move("end", by="L1", reason="tired"), "A responsibility ends only because the person died"),
        (START, Move("vanish"), "There is no move called vanish"),
    ],
)  # fmt: skip
def test_what_may_not_be_done_is_refused_with_words(situation, move, says):
    assert says in (refusal(situation, move) or "")
    with pytest.raises(HandOverRefusedError, match=r"^.{10,}\.$|there are"):
        make(situation, move)


def test_an_acceptance_makes_the_arriving_holder_responsible_at_that_instant():
    done = make(OFFERED, Move("accept", by="G2"))
    assert (done.holder, done.basis, done.since, done.offer.state) == ("G2", Basis.ACCEPTED, NOW, OfferState.ACCEPTED)


def test_a_second_acceptance_finds_the_offer_accepted():
    done = replace(make(OFFERED, Move("accept", by="G2")), at=NOW + timedelta(minutes=1))
    assert refusal(done, Move("accept", by="G2")) == "The offer was accepted already: ask for a new one."


def test_the_holder_stays_until_somebody_accepts():
    declined = make(OFFERED, Move("decline", by="G2", reason="no room"))
    lapsed = make(replace(OFFERED, at=LATER), Move("lapse"))
    for state in (OFFERED, declined, lapsed):
        assert (state.holder, state.since) == (START.holder, START.since)


def test_an_offer_lapses_with_the_going_of_whom_it_was_made_to():
    for move in (Move("away", of="G2"), Move("notice", of="G2"), Move("leave", by="L1", of="G2")):
        gone = make(OFFERED, move)
        assert gone.offer.state is OfferState.LAPSED
        assert [a.name for a in alarms(gone)] == ["choose-next"]


def test_absence_changes_nothing_but_who_is_here():
    away = make(START, Move("away", of="G1", to="G2"))
    assert (away.holder, away.basis, away.since) == (START.holder, START.basis, START.since)
    assert refusal(away, _offer("G3", by="G2")) is None, "the cover may invite"


def test_a_leaver_whom_nobody_follows_is_followed_by_an_interim_holder_with_a_clock():
    left = make(START, Move("leave", by="L1", of="G1", to="G2", reason="resigned", until=LATER))
    assert (left.holder, left.basis, left.acknowledge_by) == ("G2", Basis.INTERIM, LATER)
    overdue = replace(left, at=LATER)
    assert [a.name for a in alarms(overdue)] == ["interim-overdue"]
    known = make(overdue, Move("acknowledge", by="G2"))
    assert (known.basis, known.acknowledge_by, alarms(known)) == (Basis.ACCEPTED, None, ())


def test_the_last_who_can_hold_it_does_not_leave_unfollowed():
    alone = replace(START, colleagues=tuple(c for c in START.colleagues if c.code in ("G1", "L1")))
    why = refusal(alone, Move("leave", by="L1", of="G1", to="G1", reason="x", until=LATER))
    assert why == "Dr Ahmed is the last who can be named GP here: bring in somebody of another practice first."


def test_interim_goes_to_somebody_away_only_when_nobody_is_here():
    going = START.where("G1", away=True).where("G2", away=True)
    to_away = Move("interim", by="L1", to="G2", reason="ill", until=LATER)
    assert "choose somebody who is here, such as Dr Clark." in (refusal(going, to_away) or "")
    assert refusal(going.where("G3", away=True), to_away) is None


def test_one_person_holds_both_roles_only_with_a_dated_exception():
    allowed = replace(START, both_until=date(2026, 5, 5))
    assert refusal(allowed, _offer("C1")) is None
    assert "different people" in (
        refusal(replace(allowed, at=LATER, offer=None), _offer("C1", until=LATER + timedelta(1))) or ""
    )


def test_a_clock_that_jumps_back_is_refused():
    early = replace(OFFERED, at=OFFERED.since - timedelta(hours=1))
    assert "which is not later. Look at the clock of the computer" in (refusal(early, Move("accept", by="G2")) or "")


def test_the_end_takes_the_offer_with_it_and_nothing_follows():
    ended = make(OFFERED, Move("end", by="L1", reason="died"))
    assert (ended.holder, ended.basis, ended.offer.state) == ("", Basis.ENDED, OfferState.WITHDRAWN)
    assert "no longer enrolled" in (refusal(ended, _offer("G2")) or "")
    assert alarms(ended) == ()


def test_everybody_has_a_part():
    assert parts(OFFERED, "G1") == {Part.LEAVING, Part.INVITING}
    assert parts(OFFERED, "G2") == {Part.ARRIVING}
    assert parts(OFFERED, "C1") == {Part.REMAINING}
    assert parts(OFFERED, "G3") == {Part.INFORMED}
