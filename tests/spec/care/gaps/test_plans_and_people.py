"""R14 to R19, R22, R23: plans, sharing, openings, letters, meetings, lessons, the log, load."""

import pytest

from tests.spec.care.gaps.world import broken, entry, gaps, places, promise

SHOWN = {
    "event_id": 2,
    "person_id": 7,
    "shown_at": "2026-03-21 10:00",
    "username": "worker",
    "audience": "council",
    "part": "about-me",
}
NO = {
    "id": 2,
    "person_id": 7,
    "part": "about-me",
    "audience": "council",
    "allowed": False,
    "recorded_at": "2026-03-20 12:00",
}
LONG = {"id": 1, "practitioner_code": "G1", "start": "2026-03-01 00:00", "cover_code": "", "cover_state": "desk"}

FOUND = [
    ("R14", "no plan", {"plan": {1: None}}, {(7, "enrolment", "plan")}),
    (
        "R14",
        "two plans",
        {
            "plan": [
                {
                    "id": 2,
                    "person_id": 7,
                    "state": "active",
                    "agreed_on": "2026-02-01",
                    "signed_at": "2026-02-01 09:00",
                    "review_on": "2026-08-01",
                    "review_by_code": "G1",
                }
            ]
        },
        {(7, "enrolment", "plan")},
    ),
    ("R14", "nobody is to review it", {"plan": {1: {"review_by_code": ""}}}, {(7, "plan", "1")}),
    ("R14", "not agreed", {"plan": {1: {"agreed_on": None}}}, {(7, "plan", "1")}),
    ("R14", "the review is overdue", {"plan": {1: {"review_on": "2026-03-20"}}}, {(7, "plan", "1")}),
    ("R15", "shown after the person said no", {"disclosure": [SHOWN], "share_choice": [NO]}, {(7, "disclosure", "2")}),
    (
        "R15",
        "shown to somebody nobody asked about",
        {"disclosure": [{**SHOWN, "audience": "voluntary"}]},
        {(7, "disclosure", "2")},
    ),
    (
        "R15",
        "every part was refused",
        {"disclosure": [{**SHOWN, "part": "plan"}], "share_choice": [{**NO, "part": "*"}]},
        {(7, "disclosure", "2")},
    ),
    ("R16", "no reason", {"break_glass": {1: {"reason": ""}}}, {(7, "break-glass", "1")}),
    ("R16", "no end", {"break_glass": {1: {"expires_at": None}}}, {(7, "break-glass", "1")}),
    ("R16", "no review", {"break_glass": {1: {"review_promise_id": None}}}, {(7, "break-glass", "1")}),
    ("R16", "reviewed too late", {"promise": {5: {"first_due_at": "2026-04-09 09:00"}}}, {(7, "break-glass", "1")}),
    ("R17", "not told of the named GP", {"notice": {1: None}}, {(7, "ledger", "1")}),
    (
        "R17",
        "not told of a new coordinator",
        {"ledger_entry": [entry(3, "coordinator", "K2", "2026-03-20 09:00", seq=2)]},
        {(7, "ledger", "3")},
    ),
    ("R17", "not told of a long absence", {"absence": [LONG]}, {(7, "absence", "1")}),
    ("R17", "the letter was never sent", {"notice": {1: {"state": "queued", "given_at": None}}}, {(7, "notice", "1")}),
    (
        "R18",
        "left the meeting with nothing",
        {"meeting_item": {1: {"state": "open", "outcome": ""}}},
        {(7, "meeting-item", "1")},
    ),
    ("R18", "a promise that is not there", {"promise": {4: None}}, {(7, "meeting-item", "1")}),
    (
        "R18",
        "no action, and no reason",
        {"meeting_item": {1: {"outcome": "no-action"}}, "promise": {4: None}},
        {(7, "meeting-item", "1")},
    ),
    (
        "R19",
        "nobody has promised to mend it",
        {"lesson": {1: {"state": "open", "promise_id": None, "closed_at": None}}},
        {(7, "lesson", "1")},
    ),
    ("R19", "closed without its effect", {"lesson": {1: {"effect": ""}}}, {(7, "lesson", "1")}),
    ("R22", "the row was changed behind the log", {"replay": {0: {"differs": "owner_code"}}}, {(7, "promise", "1")}),
    ("R22", "an event is missing", {"replay": {0: {"version": 2}}}, {(7, "promise", "1")}),
    ("R23", "more people than room", {"workload": {0: {"capacity": 0}}}, {(None, "holder", "G1")}),
    (
        "R23",
        "agreed to more until yesterday",
        {
            "workload": {1: {"capacity": 0}},
            "load_agreement": [
                {
                    "practitioner_code": "K1",
                    "role": "coordinator",
                    "people": 5,
                    "start": "2026-01-01",
                    "end": "2026-03-31",
                }
            ],
        },
        {(None, "holder", "K1")},
    ),
]

NOT_FOUND = [
    ("R14", "enrolled a month ago", {"plan": {1: None}, "enrolment_period": {0: {"start": "2026-03-01 09:00"}}}),
    (
        "R14",
        "the review is promised",
        {"plan": {1: {"review_on": "2026-03-20"}}, "promise": [promise(6, template="plan-review", plan_id=1)]},
    ),
    (
        "R14",
        "no longer enrolled",
        {"plan": {1: None}, "enrolment_period": {0: {"end": "2026-03-01 09:00", "end_kind": "moved"}}},
    ),
    (
        "R15",
        "shown before the person said no",
        {"disclosure": [{**SHOWN, "shown_at": "2026-03-20 11:59"}], "share_choice": [NO]},
    ),
    ("R15", "the care team, of which nothing was said", {"disclosure": [{**SHOWN, "audience": "care-coordinator"}]}),
    (
        "R15",
        "their own GP",
        {"disclosure": [{**SHOWN, "audience": "holder"}], "share_choice": [{**NO, "audience": "holder"}]},
    ),
    ("R16", "the fifth working day, over Easter", {"promise": {5: {"first_due_at": "2026-04-07 17:30"}}}),
    (
        "R17",
        "told of the new coordinator",
        {
            "ledger_entry": [entry(3, "coordinator", "K2", "2026-03-20 09:00", seq=2)],
            "notice": [
                {
                    "id": 9,
                    "person_id": 7,
                    "state": "queued",
                    "about": "change",
                    "subject_kind": "ledger",
                    "subject_id": 3,
                    "to_kind": "person",
                    "queued_at": "2026-03-20 09:00",
                    "due_at": "2026-04-10 17:30",
                }
            ],
        },
    ),
    ("R17", "away for a week", {"absence": [{**LONG, "end": "2026-03-08 00:00"}]}),
    ("R17", "the same holder says yes", {"ledger_entry": [entry(3, "named-gp", "G1", "2026-03-20 09:00", seq=2)]}),
    (
        "R18",
        "to be held next week",
        {
            "meeting": {1: {"state": "planned", "held_at": "2026-04-07 12:00"}},
            "meeting_item": {1: {"state": "open", "outcome": ""}},
        },
    ),
    (
        "R18",
        "no action because",
        {"meeting_item": {1: {"outcome": "no-action", "no_action_because": "She is well"}}, "promise": {4: None}},
    ),
    (
        "R19",
        "found last week",
        {"lesson": {1: {"state": "open", "promise_id": None, "closed_at": None, "found_at": "2026-03-25 09:00"}}},
    ),
    ("R22", "three acts, three versions", {"replay": {0: {"version": 3, "events": 3}}}),
    (
        "R23",
        "agreed to more",
        {
            "workload": {1: {"capacity": 0}},
            "load_agreement": [
                {
                    "practitioner_code": "K1",
                    "role": "coordinator",
                    "people": 5,
                    "start": "2026-01-01",
                    "end": "2026-04-01",
                }
            ],
        },
    ),
    ("R23", "of whom no room is known", {"workload": {0: None}}),
]


@pytest.mark.parametrize(("id", "what", "changes", "where"), FOUND, ids=lambda v: v if isinstance(v, str) else "")
def test_it_is_found(id, what, changes, where):
    assert places(gaps(id, broken(**changes))) == where


@pytest.mark.parametrize(("id", "what", "changes"), NOT_FOUND, ids=lambda v: v if isinstance(v, str) else "")
def test_it_is_not_found(id, what, changes):
    assert gaps(id, broken(**changes)) == []
