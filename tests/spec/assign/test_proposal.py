"""Who looks after whom: within everybody's time, keeping the usual GP, and saying what cannot be met."""

from datetime import date

import pyarrow as pa
import pytest

from carestead.assign import proposal
from carestead.assign.proposal import decide
from carestead.core.finding import Severity

AS_OF = date(2025, 6, 30)
ABBEY = {"practice_code": "A", "name": "Abbey", "group_code": "N1"}
BRIDGE = {"practice_code": "B", "name": "Bridge", "group_code": "N1"}
CASTLE = {"practice_code": "C", "name": "Castle", "group_code": "N2"}


def gp(code: str, sessions: float | None, at: str = "A", **more) -> dict:
    """A GP with room for one person a session, as the rule of these tests has it."""
    job = {"practitioner_code": code, "role": "gp", "organisation_code": at, "sessions": sessions}
    return {**job, "leave_start": None, "leave_end": None, "source_id": 1, "file_id": 0, "source_row": 1, **more}


def coordinator(code: str, sessions: float, at: str = "A") -> dict:
    return gp(code, sessions, at, role="care-coordinator")


def person(person_id: int, usual: str | None = None, at: str = "A", group: str | None = "N1", **more) -> dict:
    """Somebody whose rank is their number."""
    return {
        "person_id": person_id, "rank": person_id, "weight": 10, "practice_code": at, "group_code": group,
        "usual_gp_code": usual, "household": None, **more,
    }  # fmt: skip


def seen(person_id: int, code: str, contacts: int) -> dict:
    return {"person_id": person_id, "practitioner_code": code, "contacts": contacts}


def decided(person_id: int, holder: str, kind: str = "named-gp") -> dict:
    """A holder somebody agreed to."""
    return {"person_id": person_id, "kind": kind, "practitioner_code": holder, "decided_on": date(2025, 5, 1)}


def proposed_before(person_id: int, gp: str | None, coordinator: str | None = None) -> dict:
    return {"person_id": person_id, "named_gp_code": gp, "coordinator_code": coordinator}


def wants(person_id: int, kind: str, value: str, on=date(2025, 5, 1)) -> dict:
    """What somebody asked for."""
    return {"person_id": person_id, "kind": kind, "value": value, "said_on": on}


def propose(
    people, staff, known=(), practices=(ABBEY, BRIDGE, CASTLE), cover=False, decisions=(), wishes=(), before=()
):
    """The outcome with one ordinary person a session."""
    capacity = {
        **proposal.step.params["capacity"],
        "minutes_per_session": {"gp": 4, "care-coordinator": 20},
        "cover_within_group": cover,
    }
    tables = {
        "placement": list(people),
        "familiar_clinician": list(known),
        "practitioner": list(staff),
        "practice": list(practices),
        "decision": list(decisions),
        "wish": list(wishes),
        "assignment_before": list(before),
    }
    return decide(tables, AS_OF, {**proposal.step.params, "capacity": capacity})


def named(outcome) -> dict[int, str | None]:
    return {r["person_id"]: r["named_gp_code"] for r in outcome.tables["assignment"]}


def reasons(outcome) -> dict[int, str]:
    return {r["person_id"]: r["gp_reason"] for r in outcome.tables["assignment"]}


def findings(outcome, code: str) -> list:
    return [f for f in outcome.findings if f.code == code]


def test_everybody_keeps_the_usual_gp_while_there_is_room():
    outcome = propose(
        [person(1, "G2"), person(2, "G1"), person(3, "G1")], [gp("G1", 2), gp("G2", 2)], [seen(2, "G1", 7)]
    )
    assert named(outcome) == {1: "G2", 2: "G1", 3: "G1"}
    assert reasons(outcome) == {
        1: "Usual GP; not seen in two years",
        2: "Usual GP; seen 7 times in two years",
        3: "Usual GP; not seen in two years",
    }
    assert all(r["is_usual_gp"] for r in outcome.tables["assignment"])
    assert findings(outcome, "assign.no-capacity") == []


def test_a_full_gp_keeps_those_who_know_them_best_and_the_others_go_to_whom_they_have_seen():
    outcome = propose(
        [person(1, "G1"), person(2, "G1"), person(3, "G1")],
        [gp("G1", 1), gp("G2", 1), gp("G3", 1)],
        [seen(1, "G1", 2), seen(2, "G1", 9), seen(3, "G1", 1), seen(1, "G3", 3), seen(3, "G2", 1)],
    )
    assert named(outcome) == {1: "G3", 2: "G1", 3: "G2"}
    assert reasons(outcome)[1] == "Usual GP is full; seen 3 times in two years"
    assert reasons(outcome)[3] == "Usual GP is full; seen once in two years"


def test_nobody_has_more_people_than_room():
    outcome = propose([person(n, "G1") for n in range(1, 21)], [gp("G1", 4.5), gp("G2", 7), gp("G3", 8.9)])
    load = {r["practitioner_code"]: (r["people"], r["capacity"]) for r in outcome.tables["workload"]}
    assert load == {"G1": (4, 4), "G2": (7, 7), "G3": (8, 8)}
    assert [p for p, code in named(outcome).items() if code is None] == [20]  # the last by rank


def test_people_without_a_usual_gp_are_shared_out_evenly_by_room():
    outcome = propose([person(n) for n in range(1, 13)], [gp("G1", 10), gp("G2", 20), gp("G3", 10)])
    assert {r["practitioner_code"]: r["people"] for r in outcome.tables["workload"]} == {"G1": 3, "G2": 6, "G3": 3}
    assert set(reasons(outcome).values()) == {"No usual GP on record; not seen in two years"}


def test_a_gp_on_long_leave_has_no_room_and_the_reason_says_when_they_are_back():
    away = gp("G1", 8, leave_start=date(2025, 6, 1), leave_end=date(2025, 9, 1))
    outcome = propose([person(1, "G1")], [away, gp("G2", 8)], [seen(1, "G2", 2)])
    assert named(outcome) == {1: "G2"}
    assert reasons(outcome) == {1: "Usual GP is on leave until 1 September 2025; seen twice in two years"}


@pytest.mark.parametrize(
    ("start", "end", "keeps"),
    [
        (date(2025, 6, 10), date(2025, 7, 8), True),  # four weeks and no more
        (date(2025, 6, 10), date(2025, 7, 9), False),
        (date(2025, 7, 1), date(2025, 12, 1), True),  # not yet
        (date(2025, 1, 1), date(2025, 6, 30), True),  # back today
        (date(2025, 1, 1), None, False),
    ],
)
def test_leave_counts_when_it_is_long_and_now(start, end, keeps):
    outcome = propose([person(1, "G1")], [gp("G1", 8, leave_start=start, leave_end=end), gp("G2", 8)])
    assert named(outcome) == {1: "G1" if keeps else "G2"}


def test_a_single_handed_practice_that_is_full_shares_with_its_neighbour_or_buys_sessions():
    outcome = propose([person(n, "G1") for n in range(1, 6)], [gp("G1", 3), gp("G8", 6, at="B")])
    assert named(outcome) == {1: "G1", 2: "G1", 3: "G1", 4: None, 5: None}
    assert reasons(outcome)[4] == "Nobody at the practice has room"
    (finding,) = findings(outcome, "assign.no-capacity")
    assert finding.severity is Severity.WARNING
    assert (finding.where, finding.count) == ("practice A", 2)
    assert finding.what == "2 people of Abbey have no named GP: its 1 GP at work has room for about 3."
    assert finding.do == (
        "Cheapest: share 2 people with Bridge (room for about 6): 10 minutes a week. "
        "Or 2.0 more sessions a week at Abbey: 500 minutes a week."
    )


def test_room_at_a_neighbour_is_offered_once_and_only_within_the_group():
    people = [person(1), person(2), person(3, at="D"), person(4, at="D")]
    staff = [gp("G8", 3, at="B"), gp("G9", 9, at="C")]
    outcome = propose(
        people, staff, practices=(ABBEY, BRIDGE, CASTLE, {"practice_code": "D", "name": "Dale", "group_code": "N1"})
    )
    first, second = (f.do for f in findings(outcome, "assign.no-capacity"))
    assert first.startswith("Cheapest: share 2 people with Bridge (room for about 3): 10 minutes")
    assert second.startswith(
        "Cheapest: share 1 person with Bridge (room for about 3), and 1.0 more session a week at Dale: 255 minutes"
    )
    assert "Castle" not in first + second


def test_the_roomiest_neighbour_is_asked_first_and_the_next_only_for_the_rest():
    staff = [gp("G8", 2, at="B"), gp("G9", 5, at="E")]
    elm = {"practice_code": "E", "name": "Elm", "group_code": "N1"}
    outcome = propose([person(n) for n in range(1, 4)], staff, practices=(ABBEY, BRIDGE, elm))
    assert findings(outcome, "assign.no-capacity")[0].do.startswith(
        "Cheapest: share 3 people with Elm (room for about 5): 15 minutes a week. Or"
    )


def test_a_gp_who_comes_back_is_the_cheapest_remedy():
    outcome = propose([person(1, "G1")], [gp("G1", 8, leave_start=date(2025, 6, 1), leave_end=date(2025, 9, 1))])
    (finding,) = findings(outcome, "assign.no-capacity")
    assert reasons(outcome) == {1: "No GP at the practice is at work"}
    assert finding.what == "1 person of Abbey has no named GP: no GP of the practice is at work."
    assert finding.do.startswith(
        "Cheapest: cover until 1 September 2025, when G1 is back with room for about 8. Or 1.0 more session "
    )


def test_cover_within_the_group_places_them_with_a_neighbour_after_its_own_people():
    people = [
        person(1, "G1"),
        person(2, "G1"),
        person(3, "G8", at="B", rank=1),
        person(4, "G1"),
        person(5, at="C", group="N2"),
    ]
    outcome = propose(people, [gp("G1", 1), gp("G8", 2, at="B"), gp("G9", 9, at="C")], cover=True)
    assert named(outcome) == {1: "G1", 2: "G8", 3: "G8", 4: None, 5: "G9"}
    assert reasons(outcome)[2] == "Nobody at the practice has room; a GP of a neighbouring practice has"


def test_of_practices_placed_together_the_last_of_each_are_left_out_not_the_last_of_the_largest():
    people = [person(n) for n in (1, 2, 3, 4)] + [person(5, at="B", rank=1), person(6, at="B", rank=2)]
    outcome = propose(people, [coordinator("K1", 4, at="N1")])
    assert coordinated(outcome) == {1: "K1", 2: "K1", 3: "K1", 4: None, 5: "K1", 6: None}


def test_a_gp_of_two_practices_has_room_at_each():
    staff = [gp("G1", 1), gp("G1", 2, at="B")]
    outcome = propose([person(1, "G1"), person(2, "G1", at="B"), person(3, "G1", at="B")], staff)
    assert named(outcome) == {1: "G1", 2: "G1", 3: "G1"}
    assert [(r["organisation_code"], r["capacity"], r["people"]) for r in outcome.tables["workload"]] == [
        ("A", 1, 1),
        ("B", 2, 2),
    ]


def test_a_usual_gp_who_has_left_and_one_without_sessions():
    outcome = propose([person(1, "GONE"), person(2, "G0")], [gp("G0", 0), gp("G1", 5)])
    assert reasons(outcome) == {
        1: "Usual GP does not work at the practice; not seen in two years",
        2: "Usual GP works no sessions; not seen in two years",
    }


def test_sessions_nobody_states_are_reckoned_and_said():
    outcome = propose([person(1)], [gp("G1", None), gp("G2", 4), gp("G2", None, source_id=0)])
    assert {r["practitioner_code"]: r["capacity"] for r in outcome.tables["workload"]} == {"G1": 6, "G2": 4}
    (finding,) = findings(outcome, "assign.sessions-unknown")
    assert (finding.where, finding.count, finding.example) == ("practitioner.sessions of gp", 1, "A")


def coordinated(outcome) -> dict[int, str | None]:
    return {r["person_id"]: r["coordinator_code"] for r in outcome.tables["assignment"]}


def test_coordinators_have_even_loads_by_weight():
    people = [person(n, weight=w) for n, w in enumerate((30, 20, 10, 10, 10), 1)]
    outcome = propose(people, [coordinator("K1", 10), coordinator("K2", 10)])
    given = coordinated(outcome)
    assert given[1] != given[2]  # the heavy ones are parted, and so are the others
    assert sorted(list(given.values())[2:]) in (["K1", "K1", "K2"], ["K1", "K2", "K2"])


def test_a_household_has_one_coordinator():
    people = [person(1, household="H"), person(2), person(3), person(4, household="H")]
    outcome = propose(people, [coordinator("K1", 10), coordinator("K2", 10)])
    assert coordinated(outcome) == {1: "K1", 2: "K2", 3: "K2", 4: "K1"}
    assert outcome.tables["assignment"][0]["coordinator_reason"] == (
        "A fair share of the work of 2 coordinators; with 1 more of the household"
    )


def test_a_household_too_large_for_anybody_is_parted():
    people = [person(n, household="H") for n in (1, 2, 3)]
    assert set(coordinated(propose(people, [coordinator("K1", 2), coordinator("K2", 1)])).values()) == {"K1", "K2"}


def test_a_practices_own_coordinator_comes_before_the_groups_and_strangers_never():
    people = [person(1), person(2), person(3)]
    staff = [
        coordinator("K1", 1),
        coordinator("K2", 1, at="N1"),
        coordinator("K3", 9, at="C"),
        coordinator("K4", 9, at="N2"),
    ]
    outcome = propose(people, staff)
    assert coordinated(outcome) == {1: "K1", 2: "K2", 3: None}
    (finding,) = findings(outcome, "assign.no-coordinator-capacity")
    assert finding.do == "Cheapest: 1.0 more session a week of a coordinator at Abbey: 250 minutes a week."


def test_a_coordinator_of_a_trust_serves_every_practice():
    assert coordinated(propose([person(1), person(2, at="C", group="N2")], [coordinator("K1", 5, at="RXX")])) == {
        1: "K1",
        2: "K1",
    }


def test_no_coordinator_at_all_is_a_finding():
    outcome = propose([person(1, "G1")], [gp("G1", 3)])
    assert outcome.tables["assignment"][0]["coordinator_reason"] == "The practice has no coordinator"
    (finding,) = findings(outcome, "assign.no-coordinator")
    assert finding.what == "1 person of Abbey has no coordinator: there is no care coordinator."


def test_arrow_tables_do_as_well_and_order_does_not_matter():
    people = [person(n, f"G{n % 3}") for n in range(1, 30)]
    staff = [gp(f"G{n}", 8) for n in range(4)] + [coordinator("K1", 20)]
    straight = propose(people, staff)
    turned = propose(reversed(people), reversed(staff))
    tables = {
        "placement": pa.Table.from_pylist(people), "practitioner": pa.Table.from_pylist(staff),
        "familiar_clinician": pa.Table.from_pylist([seen(1, "G1", 2)]).slice(0, 0),
        "practice": pa.Table.from_pylist([ABBEY]), "decision": [], "wish": [], "assignment_before": [],
    }  # fmt: skip
    assert named(straight) == named(turned)
    assert len(decide(tables, AS_OF, proposal.step.params).tables["assignment"]) == 29


def test_an_empty_register_gives_empty_tables():
    outcome = propose([], [gp("G1", 3)])
    assert outcome.tables["assignment"] == []
    assert [r["people"] for r in outcome.tables["workload"]] == [0]
