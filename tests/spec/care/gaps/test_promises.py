"""R6 to R13, R20, R21, R24: promises and requests are whole, ended by people, followed, late ones said, and no more."""

from datetime import UTC, datetime

import pytest

from tests.spec.care.gaps.world import broken, entry, event, gaps, places, promise

LATE = {"due_at": "2026-03-30 09:00", "first_due_at": "2026-03-30 09:00"}


def alarm(id: int, milestone: str, to: str, raised: str = "2026-03-30 09:00", **more):
    return {
        "id": id,
        "key": f"promise/1/{milestone}",
        "subject_kind": "promise",
        "subject_id": 1,
        "milestone": milestone,
        "to_code": to,
        "raised_at": raised,
        **more,
    }


HOLD = {"state": "on-hold", "reason": "Away", "resume_on": "2026-03-20"}
ENDED = {"state": "rejected", "reason": "No room", "ended_at": "2026-03-27 12:00", "request_id": 1}
STAY2 = {
    "id": 2,
    "person_id": 7,
    "state": "in-progress",
    "admitted_at": "2026-03-25 08:00",
    "first_heard_at": "2026-03-25 09:00",
}
TOLD = [
    {
        "id": n,
        "person_id": 7,
        "state": "given",
        "about": "admission",
        "subject_kind": "stay",
        "subject_id": 2,
        "to_kind": kind,
        "to_code": to,
        "queued_at": "2026-03-25 09:00",
        "due_at": "2026-04-01 12:00",
    }
    for n, kind, to in ((20, "practitioner", "G1"), (21, "practitioner", "K1"))
]

FOUND = [
    ("R6", "no owner", {"promise": {1: {"owner_code": ""}}}, {(7, "promise", "1")}),
    ("R6", "nobody asks", {"promise": {1: {"requester_code": None}}}, {(7, "promise", "1")}),
    ("R6", "no due time", {"promise": {1: {"due_at": None}}}, {(7, "promise", "1")}),
    ("R6", "no 'done means'", {"promise": {1: {"done_means": " "}}}, {(7, "promise", "1")}),
    (
        "R6",
        "the owner has left",
        {"departure": [{"practitioner_code": "K1", "leaves_at": "2026-03-30 12:00"}]},
        {(7, "promise", n) for n in ("1", "4", "5")},
    ),
    (
        "R6",
        "the person who was to do it has died",
        {"promise": {1: {"owner_kind": "person", "owner_code": "7"}}, "person": {0: {"death_date": "2026-03-30"}}},
        {(7, "promise", "1")},
    ),
    ("R7", "nobody ended it", {"care_event": {4: {"username": ""}}}, {(7, "promise", "3")}),
    ("R7", "a timer ended it", {"care_event": {4: {"username": "carestead", "role": "system"}}}, {(7, "promise", "3")}),
    ("R7", "kept without an outcome", {"promise": {3: {"outcome": ""}}}, {(7, "promise", "3")}),
    ("R7", "kept without a date", {"promise": {3: {"happened_at": None}}}, {(7, "promise", "3")}),
    (
        "R7",
        "refused without a reason",
        {
            "promise": {1: {"state": "rejected", "ended_at": "2026-03-30 09:00"}},
            "care_event": [event("promise", 1, 2, "reject", "rejected")],
        },
        {(7, "promise", "1")},
    ),
    ("R7", "no event ended it", {"care_event": {4: None}}, {(7, "promise", "3")}),
    (
        "R8",
        "closed without an outcome",
        {"request": {1: {"state": "completed", "ended_at": "2026-03-30 09:00"}}},
        {(7, "request", "1")},
    ),
    (
        "R8",
        "closed before the person was told",
        {
            "request": {
                1: {
                    "state": "completed",
                    "outcome_at": "2026-03-28 09:00",
                    "reviewed_at": "2026-03-29 09:00",
                    "told_at": "2026-03-27 09:00",
                    "ended_at": "2026-03-30 09:00",
                }
            }
        },
        {(7, "request", "1")},
    ),
    (
        "R8",
        "revoked without a reason",
        {"request": {1: {"state": "revoked", "ended_at": "2026-03-30 09:00"}}},
        {(7, "request", "1")},
    ),
    (
        "R8",
        "nobody is asked for it any more",
        {
            "promise": {
                2: {"state": "failed", "reason": "No room", "decided_next": True, "ended_at": "2026-03-27 12:00"}
            }
        },
        {(7, "request", "1")},
    ),
    ("R9", "refused, and nobody decided what comes next", {"promise": [promise(6, **ENDED)]}, {(7, "promise", "6")}),
    ("R10", "no promise after a discharge", {"promise": {3: {"stay_id": None}}}, {(7, "stay", "1")}),
    (
        "R10",
        "two promises",
        {"promise": [promise(6, stay_id=1, asked_at="2026-03-15 10:05", first_due_at="2026-03-18 09:30")]},
        {(7, "stay", "1")},
    ),
    ("R10", "made an hour later", {"promise": {3: {"asked_at": "2026-03-15 11:05"}}}, {(7, "promise", "3")}),
    ("R10", "due after 80 hours", {"promise": {3: {"first_due_at": "2026-03-18 17:30"}}}, {(7, "promise", "3")}),
    (
        "R10",
        "due after 80 hours, from a mental health ward",
        {"promise": {3: {"first_due_at": "2026-03-18 17:30"}}, "stay": {1: {"mental_health": True}}},
        {(7, "promise", "3")},
    ),
    ("R10", "ended without contact", {"promise": {3: {"outcome": "no-longer-needed"}}}, {(7, "promise", "3")}),
    (
        "R10",
        "cancelled, and that was it",
        {"promise": {3: {"state": "cancelled", "outcome": "", "reason": "Too busy"}}},
        {(7, "promise", "3")},
    ),
    (
        "R10",
        "taken over, and then cancelled",
        {
            "promise": (
                {3: {"state": "cancelled", "outcome": "", "reason": "Passed on"}},
                [promise(6, stay_id=1, replaces_id=3, state="cancelled", reason="Busy", ended_at="2026-03-17 09:00")],
            )
        },
        {(7, "promise", "6")},
    ),
    (
        "R10",
        "cancelled while she was enrolled, who has left since",
        {
            "enrolment_period": {0: {"end": "2026-03-20 09:00", "end_kind": "moved"}},
            "promise": {3: {"state": "cancelled", "outcome": "", "reason": "Too busy"}},
        },
        {(7, "promise", "3")},
    ),
    (
        "R11",
        "heard of first as taken back, and then the GP who held the role was not told of the admission",
        {
            "stay": [STAY2],
            "notice": [
                *({**n, "id": n["id"] + 10, "about": "taken-back"} for n in TOLD),
                *({**n, "queued_at": "2026-03-26 09:00"} for n in TOLD),
            ],
            "ledger_entry": [entry(3, "named-gp", "G2", "2026-03-25 18:00", seq=2)],
        },
        {(7, "stay", "2")},
    ),
    ("R11", "the named GP was not told", {"notice": {2: None}}, {(7, "stay", "1")}),
    ("R11", "told, never seen", {"notice": {3: {"state": "given", "seen_at": None}}}, {(7, "notice", "3")}),
    ("R12", "late, and nobody said so", {"promise": {1: LATE}}, {(7, "promise", "1")}),
    (
        "R12",
        "two days late and only the owner knows",
        {
            "promise": {1: {"due_at": "2026-03-24 09:00", "owner_kind": "organisation", "owner_code": "TEAM"}},
            "alarm": [alarm(1, "overdue", "TEAM", "2026-03-24 09:00")],
        },
        {(7, "promise", "1")},
    ),
    (
        "R12",
        "the same alarm twice",
        {"promise": {1: LATE}, "alarm": [alarm(1, "overdue", "K1"), alarm(2, "overdue", "K1")]},
        {(None, "promise", "1")},
    ),
    ("R13", "on hold for ever", {"promise": {1: {**HOLD, "resume_on": None}}}, {(7, "promise", "1")}),
    (
        "R13",
        "its day has passed unnoticed",
        {"request": {1: {"state": "on-hold", "resume_on": "2026-03-20"}}},
        {(7, "request", "1")},
    ),
    (
        "R20",
        "a promise runs for somebody who has died",
        {"person": {0: {"death_date": "2026-03-30"}}},
        {(7, "promise", n) for n in ("1", "2", "4", "5")} | {(7, "request", "1")},
    ),
    (
        "R20",
        "a promise runs for somebody who has moved",
        {
            "enrolment_period": {0: {"end": "2026-03-25 09:00", "end_kind": "moved"}},
            "promise": {2: None, 4: None, 5: None},
            "request": {1: {"state": "revoked"}},
        },
        {(7, "promise", "1")},
    ),
    (
        "R21",
        "the plan ended by itself",
        {"care_event": [event("plan", 1, 3, "complete", "completed", username="carestead", role="system")]},
        {(7, "plan", "1")},
    ),
    (
        "R21",
        "the plan ended in the act that ended a promise",
        {"care_event": [event("plan", 1, 3, "complete", "completed", recorded_at="2026-03-16 15:10")]},
        {(7, "plan", "1")},
    ),
    (
        "R21",
        "a promise changed hands",
        {"care_event": [event("promise", 1, 2, "note", owner_code="K9")]},
        {(7, "promise", "1")},
    ),
    (
        "R24",
        "two visits within the hour",
        {
            "promise": [
                promise(6, what="Home visit", due_at="2026-04-08 10:00"),
                promise(7, what="Visit for dressings", owner_code="N1", due_at="2026-04-08 10:40"),
            ]
        },
        {(7, "promise", "6 and 7")},
    ),
    (
        "R24",
        "advice that pulls in two directions",
        {
            "promise": [
                promise(6, what="Restrict fluids to 1.5 l"),
                promise(7, what="Help her drink more", owner_code="N1"),
            ]
        },
        {(7, "promise", "6 and 7")},
    ),
]

NOT_FOUND = [
    (
        "R6",
        "an ended promise of somebody who left",
        {
            "departure": [{"practitioner_code": "K1", "leaves_at": "2026-03-30 12:00"}],
            "promise": {1: None, 4: None, 5: None},
        },
    ),
    ("R6", "who leaves next month", {"departure": [{"practitioner_code": "K1", "leaves_at": "2026-04-30 12:00"}]}),
    (
        "R7",
        "refused with a reason",
        {
            "promise": {1: {"state": "rejected", "reason": "No room", "ended_at": "2026-03-30 09:00"}},
            "care_event": [event("promise", 1, 2, "reject", "rejected")],
        },
    ),
    (
        "R8",
        "closed with everything",
        {
            "request": {
                1: {
                    "state": "completed",
                    "outcome_at": "2026-03-28 09:00",
                    "reviewed_at": "2026-03-29 09:00",
                    "told_at": "2026-03-29 09:00",
                    "ended_at": "2026-03-30 09:00",
                }
            }
        },
    ),
    (
        "R8",
        "refused this morning",
        {"promise": {2: {"state": "failed", "reason": "No room", "ended_at": "2026-03-31 08:00"}}},
    ),
    (
        "R8",
        "choosing the next team is promised",
        {
            "promise": {
                2: {"state": "failed", "ended_at": "2026-03-20 12:00"},
                1: {"template": "choose-next", "request_id": 1},
            }
        },
    ),
    ("R9", "another was asked instead", {"promise": [promise(6, **ENDED), promise(7, replaces_id=6)]}),
    ("R9", "it was decided", {"promise": [promise(6, **ENDED, decided_next=True)]}),
    (
        "R9",
        "the request is no longer wanted",
        {"promise": [promise(6, **ENDED)], "request": {1: {"state": "revoked", "reason": "Better"}}},
    ),
    ("R9", "refused yesterday evening", {"promise": [promise(6, **{**ENDED, "ended_at": "2026-03-30 16:00"})]}),
    ("R10", "not enrolled then", {"enrolment_period": {0: {"start": "2026-03-20 09:00"}}, "promise": {3: None}}),
    (
        "R10",
        "taken over, and contact made",
        {
            "promise": (
                {3: {"state": "cancelled", "outcome": "", "reason": "Passed on"}},
                [
                    promise(
                        6,
                        stay_id=1,
                        replaces_id=3,
                        state="completed",
                        outcome="contacted",
                        ended_at="2026-03-17 09:00",
                        happened_at="2026-03-17 09:00",
                    )
                ],
            )
        },
    ),
    ("R10", "died in hospital", {"stay": {1: {"disposition": "died"}}, "promise": {3: None}}),
    ("R10", "heard of only now", {"stay": {1: {"discharge_heard_at": "2026-03-31 09:50"}}, "promise": {3: None}}),
    (
        "R10",
        "she did not want it",
        {"promise": {3: {"state": "failed", "outcome": "declined", "reason": "She said no"}}},
    ),
    (
        "R10",
        "back in hospital",
        {
            "promise": {3: {"state": "cancelled", "outcome": "", "reason": "In hospital"}},
            "stay": [{**STAY2, "admitted_at": "2026-03-16 10:00"}],
        },
    ),
    (
        "R10",
        "not reached, and the GP knows",
        {
            "promise": {3: {"state": "failed", "outcome": "not-reached", "reason": "No answer", "attempts": 3}},
            "notice": [
                {
                    "id": 9,
                    "person_id": 7,
                    "state": "seen",
                    "about": "not-reached",
                    "subject_kind": "stay",
                    "subject_id": 1,
                    "queued_at": "2026-03-16 12:00",
                    "due_at": "2026-03-16 16:00",
                }
            ],
        },
    ),
    (
        "R10",
        "ended with the enrolment, by somebody who said what becomes of it",
        {
            "enrolment_period": {0: {"end": "2026-03-16 15:10", "end_kind": "opted-out"}},
            "promise": {3: {"state": "cancelled", "outcome": "", "reason": "Opted out"}},
        },
    ),
    (
        "R11",
        "handed over in the very moment, and the leaving GP was told",
        {
            "stay": [STAY2],
            "notice": TOLD,
            "ledger_entry": [entry(3, "named-gp", "G2", "2026-03-25 09:00", seq=2)],
        },
    ),
    (
        "R11",
        "told and not seen of somebody who has died since",
        {
            "notice": {3: {"state": "given", "seen_at": None}},
            "enrolment_period": {0: {"end": "2026-03-25 09:00", "end_kind": "died"}},
        },
    ),
    ("R11", "both told, one still has time", {"stay": [STAY2], "notice": TOLD}),
    (
        "R11",
        "heard of first as taken back, and the admission told to who held the role by then",
        {
            "stay": [STAY2],
            "notice": [
                *({**n, "id": n["id"] + 10, "about": "taken-back"} for n in TOLD),
                *({**n, "queued_at": "2026-03-26 09:00"} for n in ({**TOLD[0], "to_code": "G2"}, TOLD[1])),
            ],
            "ledger_entry": [entry(3, "named-gp", "G2", "2026-03-25 18:00", seq=2)],
        },
    ),
    (
        "R11",
        "the cover was told",
        {
            "stay": [STAY2],
            "notice": [{**TOLD[0], "to_code": "C1"}, TOLD[1]],
            "absence": [
                {
                    "id": 1,
                    "practitioner_code": "G1",
                    "start": "2026-03-24 00:00",
                    "end": "2026-03-26 00:00",
                    "cover_code": "C1",
                    "cover_state": "accepted",
                    "cover_answered_at": "2026-03-23 09:00",
                }
            ],
        },
    ),
    (
        "R11",
        "the desk was told",
        {"stay": [STAY2], "notice": [{**TOLD[0], "to_kind": "desk", "to_code": "GRP1"}, TOLD[1]]},
    ),
    ("R12", "late since this morning", {"promise": {1: {"due_at": "2026-03-31 09:30"}}}),
    ("R12", "the owner knows, and it is early yet", {"promise": {1: LATE}, "alarm": [alarm(1, "overdue", "K1")]}),
    (
        "R12",
        "the coordinator is the owner and was told as such",
        {
            "promise": {1: {"due_at": "2026-03-24 09:00"}},
            "alarm": [alarm(1, "overdue", "K1", "2026-03-24 09:00"), alarm(2, "gp-asked", "G1", "2026-03-31 09:00")],
        },
    ),
    ("R12", "on hold until later", {"promise": {1: {**LATE, "state": "on-hold", "resume_on": "2026-04-02"}}}),
    ("R13", "goes on next week", {"promise": {1: {**HOLD, "resume_on": "2026-04-07"}}}),
    ("R13", "somebody noticed", {"promise": {1: HOLD}, "alarm": [alarm(1, "overdue", "K1", "2026-03-20 09:00")]}),
    (
        "R20",
        "what follows a death",
        {
            "person": {0: {"death_date": "2026-03-30"}},
            "promise": {1: {"template": "after-death-visit"}, 2: None, 4: None, 5: None},
            "request": {1: {"state": "revoked"}},
        },
    ),
    (
        "R20",
        "the review of a record that was opened in an emergency",
        {
            "person": {0: {"death_date": "2026-03-30"}},
            "promise": {1: {"template": "break-glass-review"}, 2: None, 4: None, 5: None},
            "request": {1: {"state": "revoked"}},
        },
    ),
    (
        "R20",
        "enrolled again",
        {
            "enrolment_period": [
                {
                    "person_id": 7,
                    "practice_code": "A81001",
                    "start": "2025-01-05 09:00",
                    "end": "2025-03-05 09:00",
                    "end_kind": "moved",
                }
            ]
        },
    ),
    ("R20", "no longer needed", {"enrolment_period": {0: {"end": "2026-03-25 09:00", "end_kind": "no-longer-needed"}}}),
    (
        "R21",
        "the GP ended the plan an hour later",
        {"care_event": [event("plan", 1, 3, "complete", "completed", recorded_at="2026-03-16 16:10")]},
    ),
    (
        "R24",
        "visits by the same nurse",
        {
            "promise": [
                promise(6, what="Home visit", due_at="2026-04-08 10:00"),
                promise(7, what="Visit for dressings", due_at="2026-04-08 10:40"),
            ]
        },
    ),
    (
        "R24",
        "two hours apart",
        {
            "promise": [
                promise(6, what="Home visit", due_at="2026-04-08 10:00"),
                promise(7, what="Visit for dressings", owner_code="N1", due_at="2026-04-08 12:00"),
            ]
        },
    ),
    (
        "R24",
        "somebody decides",
        {
            "promise": [
                promise(6, what="Restrict fluids"),
                promise(7, what="Drink more"),
                promise(8, what="Decide which counts", template="decide-conflict", asked_at="2026-03-21 09:00"),
            ]
        },
    ),
]


def test_a_hold_ends_in_the_morning_of_its_day():
    """At four o'clock nobody works yet, so nothing is late; an hour after eight it must have been said."""
    world = broken(promise={1: {**LATE, "state": "on-hold", "resume_on": "2026-03-31"}})
    assert gaps("R12", world, datetime(2026, 3, 31, 3, tzinfo=UTC)) == []
    [late] = gaps("R12", world, datetime(2026, 3, 31, 8, 1, tzinfo=UTC))
    assert late["since"] == datetime(2026, 3, 31, 7)


@pytest.mark.parametrize(("id", "what", "changes", "where"), FOUND, ids=lambda v: v if isinstance(v, str) else "")
def test_it_is_found(id, what, changes, where):
    assert places(gaps(id, broken(**changes))) == where


@pytest.mark.parametrize(("id", "what", "changes"), NOT_FOUND, ids=lambda v: v if isinstance(v, str) else "")
def test_it_is_not_found(id, what, changes):
    assert gaps(id, broken(**changes)) == []


def test_a_contact_is_judged_by_the_clock_of_its_ward():
    """A site gives itself 96 hours after any ward but a mental health one; 80 hours are in time after the one alone."""
    after_80 = {"promise": {3: {"first_due_at": "2026-03-18 17:30"}}}
    mine = {"contact_hours": 96, "mental_health_hours": 72}
    assert gaps("R10", broken(**after_80), **mine) == []
    [found] = gaps("R10", broken(**after_80, stay={1: {"mental_health": True}}), **mine)
    assert found["words"].endswith("due more than 72 hours after the discharge")
