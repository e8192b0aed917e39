"""A small world in which every invariant holds; each test breaks one thing in it.

It is Tuesday 31 March 2026, 11:00 in London. Person 7 is enrolled at practice A81001 of group GRP1 with Dr G1 and
coordinator K1, has a plan, a request with its promise, has been in hospital and back, and was at a meeting.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import duckdb

from carestead.care.gaps import invariants, sets
from carestead.care.gaps.limits import Limits, limits
from carestead.engines.work import reference
from carestead.reference.calendars import working_calendar
from carestead.tables import table
from tests.spec.conftest import fill

AT = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)
Rows = list[dict[str, Any]]
World = dict[str, Rows]


def entry(id: int, role: str, holder: str, start: str = "2026-01-05 09:00", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "person_id": 7,
        "role": role,
        "seq": 1,
        "start": start,
        "holder_code": holder,
        "basis": "accepted",
        **more,
    }


def promise(id: int, **more: Any) -> dict[str, Any]:
    facts = {
        "id": id,
        "person_id": 7,
        "state": "accepted",
        "what": "Ring about tablets",
        "done_means": "Spoke to the person",
        "template": "",
        "owner_kind": "practitioner",
        "owner_code": "K1",
        "requester_code": "G1",
        "asked_at": "2026-03-20 09:00",
        "due_at": "2026-04-10 17:00",
        "first_due_at": "2026-04-10 17:00",
        "reason": "",
        "outcome": "",
        "attempts": 0,
        "decided_next": False,
    }
    return {**facts, **more}


def event(kind: str, subject: int, version: int, type: str, state: str | None = None, **more: Any) -> dict[str, Any]:
    facts = {
        "kind": kind,
        "subject_id": subject,
        "version": version,
        "person_id": 7,
        "type": type,
        "state": state,
        "happened_at": "2026-03-20 09:00",
        "recorded_at": "2026-03-20 09:00",
        "username": "teal",
        "role": "care-coordinator",
    }
    return {**facts, **more}


def shift(id: int, day: str, start: str = "07:00", end: str = "17:30", **more: Any) -> dict[str, Any]:
    """The whole day's opening time, 08:00 to 18:30 in London in summer."""
    return {
        "id": id,
        "group_code": "GRP1",
        "start": f"{day} {start}",
        "end": f"{day} {end}",
        "staffed_by": "D1",
        **more,
    }


def _shifts() -> Rows:
    winter = [f"2026-02-{d:02}" for d in (27,)] + [f"2026-03-{d:02}" for d in range(1, 29)]
    summer = [f"2026-03-{d:02}" for d in (29, 30, 31)] + [f"2026-04-{d:02}" for d in range(1, 8)]
    rows = [shift(n, day, "08:00", "18:30") for n, day in enumerate(winter, 1)]
    return rows + [shift(n, day) for n, day in enumerate(summer, 100)]


def well() -> World:
    """The world as it should be."""
    return {
        "enrolment_period": [{"person_id": 7, "practice_code": "A81001", "start": "2026-01-05 09:00", "end_kind": ""}],
        "practice": [{"practice_code": "A81001", "name": "Alder", "group_code": "GRP1"}],
        "person": [{"person_id": 7}],
        "workload": [
            {"practitioner_code": "G1", "role": "gp", "organisation_code": "A81001", "capacity": 1, "people": 1},
            {
                "practitioner_code": "K1",
                "role": "care-coordinator",
                "organisation_code": "GRP1",
                "capacity": 1,
                "people": 1,
            },
        ],
        "ledger_entry": [entry(1, "named-gp", "G1"), entry(2, "coordinator", "K1")],
        "desk_shift": _shifts(),
        "notice": [
            {
                "id": 1,
                "person_id": 7,
                "state": "given",
                "about": "named-gp",
                "subject_kind": "ledger",
                "subject_id": 1,
                "to_kind": "person",
                "to_code": "7",
                "queued_at": "2026-01-05 09:00",
                "due_at": "2026-01-26 18:30",
                "given_at": "2026-01-07 12:00",
            },
            *(
                {
                    "id": n,
                    "person_id": 7,
                    "state": "seen",
                    "about": about,
                    "subject_kind": "stay",
                    "subject_id": 1,
                    "to_kind": "practitioner",
                    "to_code": to,
                    "queued_at": "2026-03-10 12:00",
                    "due_at": "2026-03-10 16:00",
                    "seen_at": "2026-03-10 13:00",
                }
                for n, about, to in ((2, "admission", "G1"), (3, "admission", "K1"))
            ),
        ],
        "promise": [
            promise(1),
            promise(2, request_id=1, owner_kind="organisation", owner_code="TEAM"),
            promise(
                3,
                state="completed",
                template="after-discharge-contact",
                stay_id=1,
                outcome="contacted",
                asked_at="2026-03-15 10:05",
                due_at="2026-03-18 09:30",
                first_due_at="2026-03-18 09:30",
                happened_at="2026-03-16 15:00",
                ended_at="2026-03-16 15:10",
            ),
            promise(4, meeting_item_id=1),
            promise(5, due_at="2026-04-02 17:00", first_due_at="2026-04-02 17:00"),
        ],
        "care_event": [
            *(event("promise", n, 1, "ask", "requested", owner_code="K1") for n in (1, 2, 3, 4)),
            event("promise", 3, 2, "complete", "completed", recorded_at="2026-03-16 15:10"),
            event("plan", 1, 1, "start", "draft"),
            event("plan", 1, 2, "sign", "active", username="quill", role="named-gp"),
        ],
        "request": [{"id": 1, "person_id": 7, "state": "active", "asked_at": "2026-03-20 09:00", "reason": ""}],
        "plan": [
            {
                "id": 1,
                "person_id": 7,
                "state": "active",
                "agreed_on": "2026-01-20",
                "signed_at": "2026-01-21 10:00",
                "review_on": "2026-07-20",
                "review_by_code": "G1",
            }
        ],
        "stay": [
            {
                "id": 1,
                "person_id": 7,
                "state": "finished",
                "admitted_at": "2026-03-10 08:00",
                "discharged_at": "2026-03-15 09:30",
                "first_heard_at": "2026-03-10 12:00",
                "discharge_heard_at": "2026-03-15 10:00",
                "disposition": "usual-residence",
            }
        ],
        "meeting": [{"id": 1, "state": "closed", "held_at": "2026-03-24 12:00"}],
        "meeting_item": [
            {"id": 1, "meeting_id": 1, "person_id": 7, "state": "closed", "outcome": "promise", "no_action_because": ""}
        ],
        "lesson": [
            {
                "id": 1,
                "person_id": 7,
                "state": "closed",
                "found_at": "2026-02-01 09:00",
                "promise_id": 3,
                "effect": "Calls answered in 2 hours, before in 9",
                "measured_on": "2026-03-20",
                "closed_at": "2026-03-21 09:00",
            }
        ],
        "replay": [
            {"kind": "promise", "subject_id": 1, "person_id": 7, "version": 1, "events": 1, "since": "2026-03-20 09:00"}
        ],
        "break_glass": [
            {
                "id": 1,
                "person_id": 7,
                "username": "stray",
                "reason": "Unconscious in A&E",
                "started_at": "2026-03-27 22:00",
                "expires_at": "2026-03-28 02:00",
                "review_promise_id": 5,
            }
        ],
        "share_choice": [
            {
                "id": 1,
                "person_id": 7,
                "part": "about-me",
                "audience": "council",
                "allowed": True,
                "recorded_at": "2026-02-01 10:00",
            }
        ],
        "disclosure": [
            {
                "event_id": 1,
                "person_id": 7,
                "shown_at": "2026-03-20 10:00",
                "username": "worker",
                "audience": "council",
                "part": "about-me",
            }
        ],
    }


def broken(**changes: Any) -> World:
    """The world with changes: `promise={1: {"owner_code": ""}}` edits the row with id 1 (or the n-th row of a table
    without ids, from 0), None removes it, a list of rows is added; a pair does both."""
    made = well()
    for name, change in changes.items():
        edits, more = (
            change if isinstance(change, tuple) else (change, []) if isinstance(change, dict) else ({}, change)
        )
        rows = made.get(name, [])
        for id, facts in edits.items():
            n = next((n for n, r in enumerate(rows) if r.get("id") == id), id)
            rows[n] = {**rows[n], **facts} if facts is not None else {}
        made[name] = [r for r in rows if r] + more
    return made


def gaps(id: str, world: World, at: datetime = AT, **instead: Any) -> Rows:
    """What the invariant finds in the world; `instead` are other limits than ours."""
    con = _laid_out(at)
    wanted = next(i for i in invariants() if i.id == id)
    con.execute("begin")
    try:
        for name, rows in world.items():
            fill(con, name, _quoted(table(name).types()), _rows(name, rows))
        for made in sets():
            con.execute(f"create table {made.name} as {made.sql}", _named(made.sql, at))
        con.execute(wanted.select.sql, _named(wanted.select.sql, at, **instead))
        names = [column[0] for column in con.description]
        return [dict(zip(names, row, strict=True)) for row in con.fetchall()]
    finally:
        con.execute("rollback")


@cache
def _limits(at: datetime) -> Limits:
    return limits(at, working_calendar())


@cache
def _laid_out(at: datetime) -> duckdb.DuckDBPyConnection:
    """A database with every table that is read, empty, and the limits of an instant."""
    con = duckdb.connect(config={"threads": 1})
    con.execute("set TimeZone = 'UTC'")
    every = (*sets(), *(i.select for i in invariants()))
    for name in {name for select in every for name in select.reads}:
        fill(con, name, _quoted(table(name).types()), [])
    for facts in _limits(at).tables:
        reference(con, facts)
    return con


def places(found: Rows) -> set[tuple[Any, str, str]]:
    """Who and what each breach is about."""
    return {(r["person_id"], r["subject_kind"], r["subject_id"]) for r in found}


def _quoted(types: dict[str, str]) -> dict[str, str]:
    return {f'"{name}"': kind for name, kind in types.items()}


def _rows(name: str, rows: Rows) -> Rows:
    assert all(set(r) <= set(table(name).names()) for r in rows), f"{name} has no such column"
    return [{f'"{c}"': v for c, v in r.items()} for r in rows]


def _named(sql: str, at: datetime, **instead: Any) -> dict[str, Any]:
    return {k: v for k, v in {**_limits(at).params, **instead}.items() if f"${k}" in sql}
