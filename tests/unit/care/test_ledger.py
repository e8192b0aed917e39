"""The ledger read: who held what when, and where it breaks the first invariant."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from carestead.care.brief import Contact, OpenPromise, brief
from carestead.care.ledger import Enrolled, Entry, intervals, offenders
from carestead.care.standing import Basis

ROLE = "named-gp"


def _at(day, hour=9):
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def _entry(seq, day, holder, basis=Basis.ACCEPTED):
    return Entry(7, ROLE, seq, _at(day), holder, basis)


LEDGER = [_entry(1, 1, "G1"), _entry(2, 5, "G2", Basis.INTERIM), _entry(3, 9, "", Basis.ENDED)]


def test_each_entry_holds_until_the_next():
    assert [(i.holder, i.start, i.end) for i in intervals(LEDGER)] == [("G1", _at(1), _at(5)), ("G2", _at(5), _at(9))]


def _kinds(entries, *stays, roles=(ROLE,)):
    return [(o.kind, o.start, o.end) for o in offenders(entries, [Enrolled(7, *s) for s in stays], roles)]


def test_a_ledger_that_covers_the_enrolment_has_no_offender():
    assert _kinds(LEDGER, (_at(1), _at(9))) == []
    assert _kinds(LEDGER[:2], (_at(1),)) == []


def test_gaps_are_found_at_the_start_in_the_middle_and_at_the_end():
    assert _kinds(LEDGER, (_at(1, 8), _at(9, 10))) == [("gap", _at(1, 8), _at(1)), ("gap", _at(9), _at(9, 10))]
    back = [*LEDGER, _entry(4, 12, "G3")]
    assert _kinds(back, (_at(1),)) == [("gap", _at(9), _at(12))]
    assert _kinds([], (_at(1),), roles=(ROLE, "coordinator")) == [("gap", _at(1), None)] * 2


def test_enrolled_twice_with_a_pause_between_is_no_gap():
    assert _kinds([*LEDGER, _entry(4, 12, "G3")], (_at(1), _at(9)), (_at(12), None)) == []


def test_responsibility_after_the_enrolment_is_an_offender():
    assert _kinds(LEDGER, (_at(1), _at(8))) == [("after-end", _at(8), _at(9))]


def test_entries_out_of_order_or_with_a_number_missing_are_offenders():
    assert ("order", _at(1), None) in _kinds([_entry(1, 3, "G1"), _entry(2, 1, "G2")], (_at(3), None))
    assert ("order", _at(5), None) in _kinds([_entry(1, 1, "G1"), _entry(3, 5, "G2")], (_at(1), None))
    assert ("order", _at(1), None) in _kinds([_entry(2, 1, "G1")], (_at(1), None))
    assert "gap: person 7, named-gp, from 1 May 2026 at 10:00" in str(offenders([], [Enrolled(7, _at(1))], [ROLE])[0])


@given(st.lists(st.integers(1, 600), min_size=1, max_size=8, unique=True), st.integers(0, 600), st.integers(1, 600))
def test_offenders_agree_with_a_plain_count_hour_by_hour(starts, first, length):
    """The slow plain answer: ask for every hour whether somebody held it, and whether somebody should have."""
    hour = timedelta(hours=1)
    entries = [Entry(7, ROLE, n + 1, _at(1) + s * hour, "G1") for n, s in enumerate(sorted(starts))]
    entries.append(Entry(7, ROLE, len(starts) + 1, _at(1) + 700 * hour, "", Basis.ENDED))
    stay = Enrolled(7, _at(1) + first * hour, _at(1) + (first + length) * hour)
    found = offenders(entries, [stay], [ROLE])
    for n in range(0, 1300, 7):
        at = _at(1) + n * hour
        held, wanted = min(starts) <= n < 700, first <= n < first + length
        kinds = {o.kind for o in found if o.start <= at and (o.end is None or at < o.end)}
        assert kinds == ({"gap"} if wanted and not held else {"after-end"} if held and not wanted else set())


def test_a_brief_is_made_of_what_is_known_overdue_first():
    promises = [OpenPromise("ring the daughter", "Cleo Dunn", _at(9)), OpenPromise("blood test", "Dr Ahmed", _at(2))]
    made = brief(
        _at(5), promises=promises, risks=["falls"], plan="agreed 1 May 2026",
        ring=[Contact("daughter", "Ann", "01632 960002")], note="prefers mornings",
    )  # fmt: skip
    assert made.lines() == [
        "Overdue since 2 May 2026 at 10:00: blood test (Dr Ahmed)",
        "Due 9 May 2026 at 10:00: ring the daughter (Cleo Dunn)",
        "Need or risk: falls",
        "Plan: agreed 1 May 2026",
        "Ring Ann (daughter), 01632 960002",
        "Note: prefers mornings",
    ]


def test_an_empty_brief_says_that_nothing_is_known():
    assert brief(_at(5)).lines() == [
        "No promise is open.", "No need or risk is recorded.", "Plan: there is none yet.",
        "Nobody to ring is recorded.",
    ]  # fmt: skip
