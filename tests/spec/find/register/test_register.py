"""The register: separate lists, places shared out over them, agreed by a clinician, steady between runs."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.find.conftest import before, draw_all, efi, people, severe

from carestead.find.register import answer, place, rule, tolerance


def hfrs(person_id: int, value: float, band: str) -> dict:
    return {"person_id": person_id, "score": "hfrs", "value": value, "band": band}


def flag(person_id: int, name: str) -> dict:
    return {"person_id": person_id, "flag": name, "origin": "event"}


def need(person_id: int, points: int) -> dict:
    return {"person_id": person_id, "need": f"n{points}", "points": points, "because": "so", "action": "this"}


def fell(person_id: int, day: str = "2025-06-28", is_new: bool = True) -> dict:
    return {
        "person_id": person_id, "entry": "discharge-after-fall", "since": day, "is_new": is_new,
        "because": f"Left hospital on {day} after a fall or fracture",
    }  # fmt: skip


def declined(person_id: int, shown: str | None = "frailty:1", **more) -> dict:
    return {
        "person_id": person_id, "kind": "declined", "decided_on": "2025-03-03", "reason": "family helps",
        "shown_on": "2025-03-01", "shown_cohorts": shown, **more,
    }  # fmt: skip


def ids(rows: list[dict]) -> list[int]:
    return [r["person_id"] for r in sorted(rows, key=lambda r: (r["practice_code"], r["rank"]))]


# -- the lists

RECORDED = {"person_id": 1, "score": "recorded_frailty", "value": 2.0, "band": "moderate"}


@pytest.mark.parametrize(
    ("said", "cohort", "level", "because"),
    [
        ({"score": [efi(1, 15, "severe")]}, "frailty", 2, "Severe frailty: 15 of 36 deficits (eFI)"),
        ({"score": [efi(1, 9, "moderate")]}, "frailty", 1, "Moderate frailty: 9 of 36 deficits (eFI)"),
        ({"score": [hfrs(1, 5.0, "intermediate")]}, "frailty", 1, "Hospital frailty score 5, intermediate"),
        ({"score": [hfrs(1, 15.1, "high")]}, "frailty", 2, "Hospital frailty score 15.1, high"),
        ({"score": [RECORDED]}, "frailty", 1, "Moderate frailty recorded by a clinician"),
        ({"flag": [flag(1, "severe-mental-illness")]}, "complexity", 1, "Severe mental illness"),
        ({"flag": [flag(1, "learning-disability")]}, "complexity", 1, "Learning disability"),
        ({"flag": [flag(1, "palliative")]}, "end-of-life", 1, "Palliative care recorded"),
    ],
)
def test_what_puts_a_person_on_a_list(draw, said, cohort, level, because):
    (row,) = draw("cohort_member", feature=people(2), **said)
    assert (row["person_id"], row["cohort"], row["level"], row["because"]) == (1, cohort, level, because)


def test_several_reasons_of_one_list_are_one_row_the_strongest_first(draw):
    (row,) = draw("cohort_member", feature=people(1), score=[efi(1, 9, "moderate"), hfrs(1, 22.5, "high")])
    assert row["level"] == 2
    assert row["because"] == "Hospital frailty score 22.5, high; Moderate frailty: 9 of 36 deficits (eFI)"
    assert row["value"] == 9.0


def test_the_same_thing_is_said_once(draw):
    """Four admissions meet the rule for four and the rule for two."""
    given = people(1, p1={"emergency_admissions": 4, "emergency_bed_days": 1})
    (row,) = draw("cohort_member", feature=given)
    assert (row["cohort"], row["level"]) == ("risk", 2)
    assert row["because"] == "4 emergency admissions in the last year, 1 night (counted, not modelled)"


def test_two_records_of_one_thing_are_said_once(draw):
    given = people(1, p1={"care_home": True})
    (row,) = draw("cohort_member", feature=given, flag=[flag(1, "care-home")])
    assert (row["cohort"], row["because"]) == ("care", "Lives in a care home")


def test_frailty_words_are_for_older_people(draw):
    given = people(1, p1={"age": 40})
    (row,) = draw("cohort_member", feature=given, score=[efi(1, 9, "moderate"), hfrs(1, 20.0, "high")])
    assert (row["cohort"], row["because"]) == ("complexity", "9 long-term problems of the 36 of the eFI")


def test_a_model_for_evaluation_puts_nobody_on_a_list_and_ranks_nobody(draw):
    given = people(3, p1={"emergency_admissions": 3}, p3={"emergency_attendances": 9})
    risk = {"score": "admission-risk-evaluation", "band": "above the cut"}
    model = [{"person_id": p, "value": value, **risk} for p, value in ((1, -900.0), (2, 2000.0), (3, 900.0))]
    assert draw("cohort_member", feature=given, score=model) == draw("cohort_member", feature=given)
    names = {name for table in (rule.criterion_table(), rule.value_table()) for row in table.rows for name in row}
    assert not [n for n in names if str(n).startswith("admission-risk")]


def test_children_and_people_of_unknown_age_are_on_no_list(draw):
    given = people(2, p1={"age": 17}, p2={"age": None})
    assert draw("cohort_member", feature=given, flag=[flag(1, "palliative"), flag(2, "palliative")]) == []


def test_a_list_ranks_by_expected_benefit_then_level_then_its_own_measure(draw):
    scores = [efi(1, 14, "severe"), efi(2, 20, "severe"), efi(3, 10, "moderate"), efi(4, 20, "severe")]
    rows = draw("cohort_member", feature=people(4), score=scores, need=[need(3, 2), need(3, 1), need(1, 1)])
    assert [(r["person_id"], r["benefit"]) for r in sorted(rows, key=lambda r: r["rank"])] == [
        (3, 3), (1, 1), (2, 0), (4, 0),
    ]  # fmt: skip


def test_an_unknown_word_in_the_rule_is_refused():
    wrong = {"lists": {"frailty": {"any": [{"score": "efi", "bnad": "severe", "level": 1, "words": "x"}]}}}
    with pytest.raises(TypeError, match=r"Rule 1 of list frailty .* has bnad; known are"):
        rule.criterion_table(wrong)
    with pytest.raises(TypeError, match="names one of score, flag"):
        rule.criterion_table({"lists": {"x": {"any": [{"level": 1, "words": "x"}]}}})


# -- places


@pytest.mark.parametrize(("adults", "proposed"), [(24, 0), (25, 1), (50, 1), (74, 1), (75, 2), (100, 2), (1000, 20)])
def test_two_in_a_hundred_of_the_adults_half_a_person_rounded_up(draw, adults, proposed):
    rows = draw("register_entry", feature=people(adults), score=severe(*range(1, 31)))
    assert sorted(r["rank"] for r in rows) == list(range(1, proposed + 1))


def test_each_practice_has_places_of_its_own(draw):
    given = people(75) + [p | {"person_id": 100 + p["person_id"], "practice_code": "B"} for p in people(50)]
    rows = draw("register_entry", feature=given, score=severe(*range(1, 9), *range(101, 109)))
    assert ids(rows) == [1, 2, 101]


def test_a_number_of_people_may_take_the_place_of_the_share(draw):
    assert ids(draw("register_entry", capacity=3, feature=people(9), score=severe(*range(1, 9)))) == [1, 2, 3]


def test_the_lists_take_turns_by_their_weights(draw):
    """Frailty weighs 3 and care 2: of five places three and two, as votes share out seats."""
    given = people(40, **{f"p{p}": {"care_home": True} for p in range(21, 41)})
    rows = draw("register_entry", capacity=5, feature=given, score=severe(*range(1, 20)))
    assert [(r["rank"], r["cohort"]) for r in sorted(rows, key=lambda r: r["rank"])] == [
        (1, "frailty"), (2, "care"), (3, "frailty"), (4, "care"), (5, "frailty"),
    ]  # fmt: skip


def test_places_that_a_short_list_leaves_go_to_the_others(draw):
    given = people(40, p30={"care_home": True})
    assert ids(draw("register_entry", capacity=4, feature=given, score=severe(1, 2, 3, 4))) == [1, 30, 2, 3]


def test_a_person_on_two_lists_has_one_place_and_both_reasons(draw):
    given = people(9, p7={"emergency_admissions": 3, "emergency_bed_days": 21, "care_home": True})
    (row, *_) = draw("register_entry", capacity=1, feature=given, score=[efi(7, 15, "severe")])
    assert row == {
        "person_id": 7, "state": "proposed", "rank": 1, "rule": "needs-cohorts-1", "cohort": "frailty",
        "cohorts": "frailty:2,risk:1,care:2", "priority": 0.0,
        "reasons": "Severe frailty: 15 of 36 deficits (eFI); 3 emergency admissions in the last year, 21 nights "
        "(counted, not modelled); Lives in a care home",
        "earlier_decision": None, "practice_code": "A81001",
    }  # fmt: skip


def test_nobody_is_proposed_without_a_reason(draw):
    assert draw("register_entry", feature=people(100)) == []


# -- a clinician's yes, no and not yet


def test_agreed_people_hold_their_places_and_keep_them_when_they_are_on_no_list(draw):
    yes = [{"person_id": 9, "kind": "accepted", "decided_on": "2025-01-02"}]
    rows = draw("register_entry", capacity=2, feature=people(9), score=severe(1, 2, 3), decision=yes)
    assert {(r["person_id"], r["state"]) for r in rows} == {(1, "proposed"), (9, "agreed")}
    assert next(r["reasons"] for r in rows if r["person_id"] == 9) == "On no list now"


def test_a_declined_person_does_not_come_back_unchanged_and_the_next_takes_the_place(draw):
    rows = draw(
        "register_entry", capacity=1, feature=people(9), score=severe(1, 2), decision=[declined(1, "frailty:2")]
    )
    assert ids(rows) == [2]


@pytest.mark.parametrize(
    ("more", "news"),
    [
        ({"score": [efi(1, 13, "severe")]}, "Severe frailty: 13 of 36 deficits (eFI)"),
        ({"score": [efi(1, 9, "moderate")], "flag": [flag(1, "palliative")]}, "Palliative care recorded"),
        ({"score": [efi(1, 9, "moderate")], "sudden_entry": [fell(1)]}, fell(1)["because"]),
    ],
    ids=["a higher level", "another list", "something sudden"],
)
def test_a_declined_person_comes_back_when_something_changed_and_the_proposal_says_so(draw, more, news):
    (row,) = draw("register_entry", capacity=1, feature=people(9), decision=[declined(1)], **more)
    assert row["earlier_decision"] == f"Declined on 3 March 2025 because: family helps; since then: {news}"


@pytest.mark.parametrize("shown", ["frailty:2", "frailty:1,care:1", None])
def test_less_than_was_shown_or_nobody_knows_what_was_is_no_change(draw, shown):
    assert (
        draw("register_entry", feature=people(50), score=[efi(1, 9, "moderate")], decision=[declined(1, shown)]) == []
    )


def test_what_happened_before_the_decision_is_no_news(draw):
    old = [fell(1, "2025-02-27")]
    assert draw("register_entry", feature=people(50), sudden_entry=old, decision=[declined(1, None)]) == []


def test_a_deferred_person_comes_back_on_the_day(draw):
    no = {
        "person_id": 1,
        "kind": "deferred",
        "decided_on": "2025-03-03",
        "reason": "in hospital",
        "shown_cohorts": "frailty:2",
    }
    late, due = no | {"until": "2025-07-01"}, no | {"until": "2025-06-30"}
    common = {"feature": people(50), "score": severe(1)}
    assert draw("register_entry", decision=[late], **common) == []
    (row,) = draw("register_entry", decision=[due], **common)
    assert row["earlier_decision"] == "Deferred on 3 March 2025 until 30 June 2025 because: in hospital"


def test_the_last_of_several_decisions_counts(draw):
    then_yes = {"person_id": 1, "kind": "accepted", "decided_on": "2025-04-01"}
    (row,) = draw("register_entry", feature=people(50), score=severe(1), decision=[then_yes, declined(1, "frailty:2")])
    assert row["state"] == "agreed"


# -- sudden entries


def test_sudden_entries_come_first_even_when_every_place_is_taken(draw):
    yes = [{"person_id": 9, "kind": "accepted", "decided_on": "2025-01-02"}]
    rows = draw(
        "register_entry", capacity=1, feature=people(9), score=severe(1, 2), sudden_entry=[fell(5)], decision=yes
    )
    assert ids(rows) == [5, 9]


def test_a_sudden_proposal_stays_until_somebody_decides(draw):
    old = fell(5, "2025-06-20", is_new=False)
    was = before(5, cohorts="sudden:1")
    assert ids(draw("register_entry", feature=people(50), sudden_entry=[old], register_before=was)) == [5]
    assert draw("register_entry", feature=people(50), sudden_entry=[old]) == []


# -- steady between runs


def test_who_was_proposed_keeps_the_place_near_the_line_and_loses_it_further_down(draw):
    """Ten places, so a margin of one: number 11 stays when it was there, number 12 does not."""
    given = {"capacity": 10, "feature": people(40), "score": severe(*range(1, 31))}
    assert ids(draw("register_entry", **given, register_before=before(*range(1, 10), 11))) == [*range(1, 10), 11]
    assert ids(draw("register_entry", **given, register_before=before(*range(1, 10), 12))) == [*range(1, 11)]


def test_why_people_entered_stayed_and_left(draw):
    given = people(40, p13={"age": 17})
    gone = [p for p in given if p["person_id"] not in (14, 15)]
    rows = draw(
        "register_change",
        capacity=10,
        feature=gone,
        score=severe(*range(1, 13), 13),
        sudden_entry=[fell(30)],
        decision=[
            declined(16, "frailty:2"),
            {"person_id": 2, "kind": "accepted", "decided_on": "2025-06-25"},
        ],
        person=[
            {"person_id": p, "death_date": "2025-06-29" if p == 14 else None, "practice_code": None}
            for p in range(1, 41)
        ],
        register_before=before(2, 3, 4, 11, 12, 13, 14, 15, 16, 17),
    )
    told = {r["person_id"]: (r["change"], r["cause"], r["because"]) for r in rows}
    assert told[30] == ("entered", "sudden", "Left hospital on 2025-06-28 after a fall or fracture")
    assert told[1] == ("entered", "chosen", "Severe frailty: 36 of 36 deficits (eFI)")
    assert told[2] == ("stayed", "agreed", "Agreed on 25 June 2025")
    assert told[3][:2] == ("stayed", "stays")
    assert told[12] == ("left", "overtaken", "Overtaken by 7 people: now number 12 for 9 open places")
    assert told[13] == ("left", "not-an-adult", "Not known to be an adult")
    assert told[14] == ("left", "died", "Died on 29 June 2025")
    assert told[15] == ("left", "not-registered", "No longer registered with a practice here")
    assert told[16] == ("left", "declined", "Declined on 3 March 2025 because: family helps")
    assert told[17] == ("left", "off-lists", "On no list any more; before: frailty")
    assert {str(r["before"]) for r in rows if r["change"] != "entered"} == {"2025-06-23"}


def test_who_has_fewer_open_needs_leaves_for_that(draw):
    rows = draw(
        "register_change", capacity=1, feature=people(5), score=severe(1, 2, 3), need=[need(1, 3)],
        person=[], register_before=before(3, priority=5.0),
    )  # fmt: skip
    assert [r["because"] for r in rows if r["person_id"] == 3] == [
        "Fewer open needs (0 points of expected benefit, 5 before), so now number 3 for 1 open place"
    ]


# -- laws

WORLD = st.fixed_dictionaries(
    {
        "capacity": st.none() | st.integers(0, 12),
        "people": st.lists(
            st.tuples(
                st.sampled_from("AB"),
                st.integers(10, 95),
                st.integers(0, 20),
                st.integers(0, 4),
                st.booleans(),
                st.sampled_from(["", "", "", "palliative", "severe-mental-illness"]),
                st.integers(0, 5),
                st.sampled_from(["", "", "", "accepted", "declined", "deferred"]),
                st.sampled_from(["", "", "before", "before", "fell"]),
            ),
            min_size=1,
            max_size=40,
        ),
    }
)


def tables_of(world: dict) -> dict:
    """The tables of a made-up world, one tuple a person."""
    made = {
        n: [] for n in ("feature", "score", "flag", "need", "decision", "register_before", "sudden_entry", "person")
    }
    for p, (practice, age, deficits, admissions, home, flagged, points, said, more) in enumerate(world["people"], 1):
        facts = people(1)[0] | {"person_id": p, "practice_code": practice, "age": age, "care_home": home}
        made["feature"].append(facts | {"emergency_admissions": admissions})
        made["person"].append({"person_id": p, "practice_code": practice})
        band = "fit" if deficits < 5 else "mild" if deficits < 9 else "moderate" if deficits < 13 else "severe"
        made["score"].append(efi(p, deficits, band))
        made["flag"] += [flag(p, flagged)] if flagged else []
        made["need"] += [need(p, points)] if points else []
        made["decision"] += [declined(p, "frailty:1") | {"kind": said, "until": "2025-08-01"}] if said else []
        made["register_before"] += before(p, practice_code=practice) if more == "before" else []
        made["sudden_entry"] += [fell(p)] if more == "fell" else []
    return made


@settings(max_examples=25, deadline=None)
@given(world=WORLD)
def test_laws_of_the_register(world):
    made, capacity = tables_of(world), world["capacity"]
    drawn = draw_all(capacity, **made)
    entries, changes, candidates = (drawn[n] for n in ("register_entry", "register_change", "register_candidate"))
    places = {r["practice_code"]: r for r in drawn["register_place"]}

    assert all(e["reasons"] and e["rule"] for e in entries)
    agreed = {d["person_id"] for d in made["decision"] if d["kind"] == "accepted"}
    assert {e["person_id"] for e in entries if e["state"] == "agreed"} == agreed
    assert not [c for c in candidates if c["standing"] in ("declined", "deferred") and c["since_then"]]
    for practice, room in places.items():
        here = [e for e in entries if e["practice_code"] == practice]
        assert sorted(e["rank"] for e in here) == list(range(1, len(here) + 1))
        # the capacity is exceeded by nobody but those agreed to and sudden entries
        by_line = [e for e in here if e["state"] == "proposed" and "sudden" not in e["cohorts"]]
        assert len(by_line) <= max(0, room["places"] - room["agreed"])
        for c in (c for c in candidates if c["practice_code"] == practice and c["line"]):
            was = c["person_id"] in {b["person_id"] for b in made["register_before"]}
            if c["line"] > c["places"] + (room["margin"] if was else 0) and "sudden" not in c["cohorts"]:
                assert c["standing"] == "waiting"
            if c["line"] <= c["places"] - (0 if was else room["margin"]):
                assert c["standing"] == "proposed"
    on, was_on = {e["person_id"] for e in entries}, {b["person_id"] for b in made["register_before"]}
    assert {c["person_id"]: c["change"] for c in changes} == {
        p: "stayed" if p in on and p in was_on else "entered" if p in on else "left" for p in on | was_on
    }
    assert all(c["because"] for c in changes)


@settings(max_examples=10, deadline=None)
@given(world=WORLD, seed=st.integers(0, 99))
def test_the_order_of_rows_never_matters(world, seed):
    made = tables_of(world)
    shuffled = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in made.items()}
    assert draw_all(world["capacity"], **shuffled) == draw_all(world["capacity"], **made)


# -- the tolerance


@pytest.mark.parametrize(
    ("agreed", "capacity", "found"),
    [(0, None, [(18, "0 of at least 18")]), (17, None, [(1, "17 of at least 18")]), (18, None, []), (3, 3, [])],
)
def test_an_agreed_register_below_eighteen_in_a_thousand_is_told(run_steps, agreed, capacity, found):
    yes = [{"person_id": p, "kind": "accepted", "decided_on": "2025-01-02"} for p in range(1, agreed + 1)]
    steps = [answer.step, place.place_step(capacity), tolerance.step]
    rows = run_steps(steps, "2025-06-30", feature=people(1000), decision=yes)
    assert [(r["count"], r["what"].split(" people")[0]) for r in rows] == found
    assert {r["severity"] for r in rows} <= {"information"}
