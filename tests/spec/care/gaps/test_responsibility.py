"""R1 to R5: somebody is responsible, somebody answers, the desk is staffed, two people, who have said yes."""

from datetime import UTC, datetime

import pytest

from tests.spec.care.gaps.world import AT, broken, entry, gaps, places, shift

AWAY = {"id": 1, "practitioner_code": "G1", "start": "2026-03-30 00:00", "cover_code": "", "cover_state": "desk"}
COVERED = {"cover_code": "C1", "cover_state": "accepted", "cover_answered_at": "2026-03-29 12:00"}
DESK_EMPTY = {101: None}  # Monday 30 March
NOBODY_SAT = [{**AWAY, "end": "2026-03-31 00:00"}]

FOUND = [
    ("R1", "nobody was coordinator", {"ledger_entry": {2: None}}, {(7, "enrolment", "coordinator")}),
    (
        "R1",
        "the first holder came a day late",
        {"ledger_entry": {1: {"start": "2026-01-06 09:00"}}},
        {(7, "enrolment", "named-gp")},
    ),
    (
        "R1",
        "a hole between two holders",
        {
            "ledger_entry": [
                entry(3, "named-gp", "", "2026-02-01 09:00", seq=2, basis="ended"),
                entry(4, "named-gp", "G2", "2026-02-02 09:00", seq=3),
            ]
        },
        {(7, "enrolment", "named-gp")},
    ),
    ("R1", "two began at once", {"ledger_entry": [entry(3, "named-gp", "G2", seq=2)]}, {(7, "ledger", "1")}),
    (
        "R1",
        "an entry is missing",
        {"ledger_entry": [entry(3, "named-gp", "G2", "2026-02-01 09:00", seq=3)]},
        {(7, "ledger", "3")},
    ),
    (
        "R1",
        "somebody holds on after the enrolment ended",
        {"enrolment_period": {0: {"end": "2026-03-01 09:00", "end_kind": "moved"}}},
        {(7, "ledger", "1"), (7, "ledger", "2")},
    ),
    ("R2", "away, no cover, no desk", {"absence": NOBODY_SAT, "desk_shift": DESK_EMPTY}, {(7, "holder", "G1")}),
    (
        "R2",
        "the cover has not answered",
        {
            "absence": [{**AWAY, "end": "2026-03-31 00:00", "cover_code": "C1", "cover_state": "asked"}],
            "desk_shift": DESK_EMPTY,
        },
        {(7, "holder", "G1")},
    ),
    (
        "R2",
        "the cover is away too",
        {
            "absence": [{**NOBODY_SAT[0], **COVERED}, {**NOBODY_SAT[0], "id": 2, "practitioner_code": "C1"}],
            "desk_shift": DESK_EMPTY,
        },
        {(7, "holder", "G1")},
    ),
    (
        "R2",
        "the holder has left and the desk is empty",
        {"departure": [{"practitioner_code": "G1", "leaves_at": "2026-03-30 12:00"}], "desk_shift": DESK_EMPTY},
        {(7, "holder", "G1")},
    ),
    (
        "R2",
        "the desk closed early",
        {"absence": NOBODY_SAT, "desk_shift": {101: {"end": "2026-03-30 16:00"}}},
        {(7, "holder", "G1")},
    ),
    ("R3", "a morning without anybody", {"desk_shift": {102: {"start": "2026-03-31 09:00"}}}, {(None, "desk", "GRP1")}),
    ("R3", "a day ahead that nobody staffs", {"desk_shift": {104: None}}, {(None, "desk", "GRP1")}),
    (
        "R3",
        "a shift that was called off",
        {"desk_shift": {102: {"cancelled_at": "2026-03-30 09:00"}}},
        {(None, "desk", "GRP1")},
    ),
    ("R4", "one person in both roles", {"ledger_entry": {2: {"holder_code": "G1"}}}, {(7, "ledger", "1")}),
    (
        "R4",
        "an exception that has ended",
        {
            "ledger_entry": {2: {"holder_code": "G1"}},
            "shared_role": [{"practice_code": "A81001", "start": "2026-01-01", "end": "2026-03-31"}],
        },
        {(7, "ledger", "1")},
    ),
    (
        "R5",
        "an interim holder has not answered",
        {"ledger_entry": [entry(3, "named-gp", "G2", "2026-03-27 09:00", seq=2, basis="interim")]},
        {(7, "ledger", "3")},
    ),
    (
        "R5",
        "the offer was declined",
        {
            "ledger_entry": [entry(3, "named-gp", "G2", "2026-03-30 09:00", seq=2, hand_over_id=1)],
            "hand_over": [{"id": 1, "person_id": 7, "role": "named-gp", "arriving_code": "G2", "state": "declined"}],
        },
        {(7, "ledger", "3")},
    ),
    (
        "R5",
        "moved without an offer",
        {"ledger_entry": [entry(3, "named-gp", "G2", "2026-03-30 09:00", seq=2)]},
        {(7, "ledger", "3")},
    ),
]

NOT_FOUND = [
    ("R1", "the holder was written down a moment later", {"ledger_entry": {1: {"start": "2026-01-05 09:00:03"}}}),
    ("R1", "one follows another at once", {"ledger_entry": [entry(3, "named-gp", "G2", "2026-02-01 09:00", seq=2)]}),
    (
        "R1",
        "nobody after the end",
        {
            "enrolment_period": {0: {"end": "2026-03-01 09:00", "end_kind": "moved"}},
            "ledger_entry": [
                entry(n, role, "", "2026-03-01 09:00:01", seq=2, basis="ended")
                for n, role in ((3, "named-gp"), (4, "coordinator"))
            ],
        },
    ),
    ("R2", "the desk answers", {"absence": NOBODY_SAT}),
    ("R2", "a cover has said yes", {"absence": [{**NOBODY_SAT[0], **COVERED}], "desk_shift": DESK_EMPTY}),
    (
        "R2",
        "called off",
        {"absence": [{**NOBODY_SAT[0], "cancelled_at": "2026-03-29 09:00"}], "desk_shift": DESK_EMPTY},
    ),
    (
        "R2",
        "away at night only",
        {"absence": [{**AWAY, "start": "2026-03-30 17:30", "end": "2026-03-31 07:00"}], "desk_shift": DESK_EMPTY},
    ),
    (
        "R2",
        "two share the day at the desk",
        {
            "absence": NOBODY_SAT,
            "desk_shift": ({101: {"end": "2026-03-30 12:00"}}, [shift(900, "2026-03-30", "12:00", "17:30")]),
        },
    ),
    ("R3", "two shifts meet", {"desk_shift": {102: {"end": "2026-03-31 12:00"}, 103: {"start": "2026-03-31 12:00"}}}),
    ("R3", "good friday", {"desk_shift": {105: None}}),
    (
        "R3",
        "a shift beside another was called off",
        {"desk_shift": [shift(900, "2026-03-30", cancelled_at="2026-03-29 09:00")]},
    ),
    (
        "R4",
        "a dated exception",
        {
            "ledger_entry": {2: {"holder_code": "G1"}},
            "shared_role": [{"practice_code": "A81001", "start": "2026-01-01", "end": "2027-01-01"}],
        },
    ),
    (
        "R5",
        "an interim holder still has time",
        {"ledger_entry": [entry(3, "named-gp", "G2", "2026-03-30 09:00", seq=2, basis="interim")]},
    ),
    (
        "R5",
        "an offer that was accepted",
        {
            "ledger_entry": [entry(3, "named-gp", "G2", "2026-03-30 09:00", seq=2, hand_over_id=1)],
            "hand_over": [{"id": 1, "person_id": 7, "role": "named-gp", "arriving_code": "G2", "state": "accepted"}],
        },
    ),
    (
        "R5",
        "the interim holder said yes",
        {
            "ledger_entry": [
                entry(3, "named-gp", "G2", "2026-03-20 09:00", seq=2, basis="interim"),
                entry(4, "named-gp", "G2", "2026-03-21 09:00", seq=3),
            ]
        },
    ),
]


@pytest.mark.parametrize(("id", "what", "changes", "where"), FOUND, ids=lambda v: v if isinstance(v, str) else "")
def test_it_is_found(id, what, changes, where):
    assert places(gaps(id, broken(**changes))) == where


@pytest.mark.parametrize(("id", "what", "changes"), NOT_FOUND, ids=lambda v: v if isinstance(v, str) else "")
def test_it_is_not_found(id, what, changes):
    assert gaps(id, broken(**changes)) == []


def test_a_breach_that_is_over_has_its_end_and_one_that_goes_on_has_none():
    [over] = gaps("R2", broken(absence=NOBODY_SAT, desk_shift=DESK_EMPTY))
    assert (over["since"], over["until"]) == (datetime(2026, 3, 30, 7), datetime(2026, 3, 30, 17, 30))
    [now] = gaps("R2", broken(absence=[AWAY], desk_shift={102: None}))
    assert (now["since"], now["until"]) == (datetime(2026, 3, 31, 7), None)


def test_an_instant_of_the_past_is_judged_by_what_was_so_then():
    """Dr G1 was away on 30 March with an empty desk; a day before, nothing was wrong, and at noon that day it was."""
    world = broken(absence=[AWAY], desk_shift={101: None})
    assert gaps("R2", world, datetime(2026, 3, 29, 12, tzinfo=UTC)) == []
    [at_noon] = gaps("R2", world, datetime(2026, 3, 30, 12, tzinfo=UTC))
    assert at_noon["until"] is None
    assert gaps("R1", world, AT) == []


def test_the_night_when_the_clocks_change_is_neither_short_nor_long():
    """On Monday 26 October 2026 the desk opens at 08:00 GMT, the Friday before at 08:00 BST."""
    shifts = [
        shift(n, day, *hours)
        for n, (day, hours) in enumerate(
            {"2026-10-23": ("07:00", "17:30"), "2026-10-26": ("08:00", "18:30")}.items(), 500
        )
    ]
    found = gaps("R3", broken(desk_shift=shifts), datetime(2026, 10, 26, 12, tzinfo=UTC))
    assert not {datetime(2026, 10, 23, 7), datetime(2026, 10, 26, 8)} & {r["since"] for r in found}
    assert datetime(2026, 10, 22, 7) in {r["since"] for r in found}


def test_whoever_answers_out_of_hours_has_to_be_named():
    assert places(gaps("R3", broken(), out_of_hours="")) == {(None, "desk", "out-of-hours")}
