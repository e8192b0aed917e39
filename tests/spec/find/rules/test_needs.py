"""Who can still be helped: each rule at the edges of its dates, from records to the action."""

from datetime import date

import pytest
from tests.spec.find.rules.ruled import AS_OF, ago

from carestead.find.rules.ruled import rule_steps

STEPS = [rule_steps()[n] for n in ("rule_fact", "rule_met", "need")]
LAST_YEAR, A_DAY_LATER = date(2025, 3, 31), date(2025, 4, 1)


@pytest.fixture
def needs(run_steps):
    """The needs of person 1, of 70 years unless said, from rows of contract tables: id to row."""

    def found(*, age=70, admissions=0, **tables):
        person = {"person_id": 1, "practice_code": "A81001", "age": age, "emergency_admissions": admissions}
        of_person_1 = {name: [{"person_id": 1, **r} for r in rows] for name, rows in tables.items()}
        return {r["need"]: r for r in run_steps(STEPS, AS_OF, feature=[person], **of_person_1)}

    return found


def item(name, last, *, score="need"):
    return {"score": score, "item": name, "first_date": last, "last_date": last, "times": 1, "code_id": 1}


def flag(name, since, last=None):
    return {"flag": name, "since": since, "last_date": last or since, "origin": "event"}


def stay(left, *, to="usual-residence", method="emergency"):
    return {
        "kind": "admission", "method": method, "start_date": ago(60), "end_date": left, "discharge_destination": to,
    }  # fmt: skip


def seen(day, kind="gp-appointment", attended=True):
    return {"kind": kind, "start_date": day, "attended": attended}


def test_a_need_says_what_the_record_shows_since_when_and_what_to_do(needs):
    assert needs(flag=[flag("fall", date(2026, 3, 8))])["falls-assessment"] == {
        "person_id": 1,
        "need": "falls-assessment",
        "points": 4,
        "since": date(2026, 3, 8),
        "because": "A fall in the last year (8 March 2026), 70 years old; no falls assessment since",
        "action": "Refer for a falls assessment: gait, blood pressure lying and standing, medicines, eyesight, home, "
        "bone health.",
    }


@pytest.mark.parametrize(("left", "listed"), [(2, False), (3, True), (29, True), (30, False)])
def test_contact_is_due_three_days_after_discharge_and_asked_for_a_month(needs, left, listed):
    assert ("contact-after-discharge" in needs(encounter=[stay(ago(left))])) is listed


@pytest.mark.parametrize(
    ("after", "listed"),
    [
        (seen(ago(10)), True),  # the day of leaving may be before it
        (seen(ago(9)), False),
        (seen(ago(9), attended=False), True),
        (seen(ago(9), kind="outpatient"), True),
        (seen(ago(9), kind="community-contact"), False),
        ({"kind": "admission", "method": "elective", "start_date": ago(5), "end_date": None}, False),
    ],
)
def test_whoever_spoke_to_them_after_they_left_met_it(needs, after, listed):
    assert ("contact-after-discharge" in needs(encounter=[stay(ago(10)), after])) is listed


@pytest.mark.parametrize(
    "end", [stay(ago(10), to="died"), stay(ago(10), to="other-hospital"), stay(ago(10), method="elective")]
)
def test_only_who_came_home_after_an_emergency_is_to_be_rung(needs, end):
    assert "contact-after-discharge" not in needs(encounter=[end])


@pytest.mark.parametrize(("assessed", "listed"), [(31, True), (30, False), (3, False)])
def test_an_assessment_on_the_day_of_the_last_fall_counts(needs, assessed, listed):
    found = needs(flag=[flag("fall", ago(90), ago(30))], item_fact=[item("falls-assessment", ago(assessed))])
    assert ("falls-assessment" in found) is listed


@pytest.mark.parametrize(("age", "listed"), [(64, False), (65, True), (None, False)])
def test_falls_are_assessed_from_65(needs, age, listed):
    assert ("falls-assessment" in needs(age=age, flag=[flag("fall", ago(9))])) is listed


YEARLY = [
    (flag("dementia", None), "dementia-review", "dementia-review"),
    (flag("learning-disability", ago(900)), "learning-disability-check", "learning-disability-check"),
    (flag("severe-mental-illness", ago(900)), "mental-health-check", "mental-health-check"),
]


@pytest.mark.parametrize(("who", "need", "met_by"), YEARLY, ids=[y[1] for y in YEARLY])
@pytest.mark.parametrize(("last", "listed"), [(LAST_YEAR, True), (A_DAY_LATER, False)])
def test_a_yearly_review_is_due_on_the_same_day_a_year_later(needs, who, need, met_by, last, listed):
    assert need in needs(flag=[who])
    assert (need in needs(flag=[who], item_fact=[item(met_by, last)])) is listed


CONDITIONS = ["diabetes", "heart-failure", "copd", "asthma", "stroke-tia", "chd", "atrial-fibrillation"]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(("last", "listed"), [(LAST_YEAR, True), (A_DAY_LATER, False)])
def test_a_long_term_condition_is_reviewed_yearly(needs, condition, last, listed):
    review = item(f"{condition.removesuffix('-tia')}-review", last)
    found = needs(item_fact=[item(condition, ago(2000), score="cambridge"), review])
    assert ("long-term-condition-review" in found) is listed


def test_the_review_of_one_condition_is_not_that_of_another(needs):
    both = [
        item("diabetes", ago(2000), score="cambridge"),
        item("ckd", ago(2000), score="efi"),
        item("diabetes-review", ago(9)),
    ]
    assert "no chronic kidney disease review" in needs(item_fact=both)["long-term-condition-review"]["because"]


@pytest.mark.parametrize(("since", "listed"), [(LAST_YEAR, True), (A_DAY_LATER, False), (None, True)])
def test_a_yearly_review_is_not_due_in_the_first_year(needs, since, listed):
    assert ("dementia-review" in needs(flag=[flag("dementia", since)])) is listed
    found = needs(item_fact=[item("copd", since, score="cambridge")])
    assert ("long-term-condition-review" in found) is listed


def test_an_undated_review_may_be_long_ago(needs):
    assert "dementia-review" in needs(flag=[flag("dementia", None)], item_fact=[item("dementia-review", None)])


@pytest.mark.parametrize(
    ("met_by", "listed"),
    [
        ({}, True),
        ({"item_fact": [item("home-visit", date(2025, 9, 30))]}, True),
        ({"item_fact": [item("home-visit", date(2025, 10, 1))]}, False),
        ({"encounter": [seen(date(2025, 10, 1), kind="community-contact")]}, False),
        ({"encounter": [seen(date(2025, 10, 1))]}, True),
    ],
)
def test_who_cannot_come_is_visited_twice_a_year(needs, met_by, listed):
    assert ("home-visit" in needs(flag=[flag("housebound", ago(900))], **met_by)) is listed


@pytest.mark.parametrize(
    ("band", "age", "listed"), [("mild", 80, 0), ("moderate", 80, 1), ("severe", 80, 1), ("severe", 64, 0)]
)
def test_frailty_by_index_asks_for_a_clinician(needs, band, age, listed):
    score = {"score": "efi", "value": 13.0, "band": band}
    assert ("frailty-assessment" in needs(age=age, score=[score])) is bool(listed)
    graded = [item("frailty-assessment", A_DAY_LATER)]
    assert "frailty-assessment" not in needs(age=age, score=[score], item_fact=graded)


def test_a_carer_is_asked_every_two_years(needs):
    carer = [flag("carer", ago(900))]
    assert "carer-assessment" in needs(flag=carer, item_fact=[item("carer-assessment", date(2024, 3, 31))])
    assert "carer-assessment" not in needs(flag=carer, item_fact=[item("carer-assessment", date(2024, 4, 1))])


def test_advance_care_planning_once_is_enough(needs):
    dying = [flag("palliative", ago(30))]
    assert "advance-care-plan" in needs(flag=dying)
    assert "advance-care-plan" not in needs(flag=dying, item_fact=[item("advance-care-plan", ago(3000))])


@pytest.mark.parametrize(
    ("admissions", "plan", "listed"), [(1, None, 0), (2, None, 1), (2, LAST_YEAR, 1), (2, A_DAY_LATER, 0)]
)
def test_admitted_twice_without_a_plan(needs, admissions, plan, listed):
    given = [item("care-plan", plan)] if plan else []
    assert ("emergency-plan" in needs(admissions=admissions, item_fact=given)) is bool(listed)


@pytest.mark.parametrize(
    ("since", "reviewed", "listed"), [(6, None, 0), (7, None, 1), (90, None, 0), (20, 21, 1), (20, 20, 0)]
)
def test_new_in_a_care_home(needs, since, reviewed, listed):
    home = [{"kind": "nursing", "start_date": ago(since)}]
    given = [item("care-home-review", ago(reviewed))] if reviewed else []
    assert ("care-home-review" in needs(care_package=home, item_fact=given)) is bool(listed)


def test_three_days_missed_in_a_year(needs):
    def missed(*days):
        return needs(encounter=[seen(d, attended=False) for d in days])

    assert "missed-appointments" in missed(ago(9), ago(99), A_DAY_LATER)
    assert "missed-appointments" not in missed(ago(9), ago(99), LAST_YEAR)
    assert "missed-appointments" not in missed(ago(9), ago(9), ago(99))


def test_nobody_is_listed_who_is_not_registered(run_steps):
    assert run_steps(STEPS, AS_OF, flag=[{"person_id": 2, **flag("palliative", ago(9))}]) == []


def test_what_lies_after_the_day_is_not_known_yet(needs):
    due = needs(encounter=[stay(ago(10)), seen(ago(-1))], care_package=[{"kind": "nursing", "start_date": ago(-1)}])
    assert set(due) == {"contact-after-discharge"}


def burden(value):
    return {"score": "anticholinergic-burden-acb", "value": float(value), "band": "alert"}


@pytest.mark.parametrize(
    ("value", "fell", "forgets", "listed"), [(3, 1, 0, 1), (3, 0, 1, 1), (2, 1, 1, 0), (9, 0, 0, 0)]
)
def test_a_burden_of_three_in_who_falls_or_forgets(needs, value, fell, forgets, listed):
    flags = [flag("fall", ago(9))] * fell + [flag("dementia", ago(900))] * forgets
    assert ("anticholinergic-burden" in needs(score=[burden(value)], flag=flags)) is bool(listed)


@pytest.mark.parametrize(
    ("score", "review", "listed"),
    [
        ({"score": "polypharmacy", "value": 10.0}, None, True),
        ({"score": "polypharmacy", "value": 9.0}, None, False),
        ({"score": "polypharmacy", "value": 12.0}, item("structured-medication-review", A_DAY_LATER), False),
        ({"score": "polypharmacy", "value": 12.0}, item("structured-medication-review", LAST_YEAR), True),
        ({"score": "polypharmacy", "value": 12.0}, item("medication-review", A_DAY_LATER), True),
        (burden(3), None, True),
        (burden(2), None, False),
    ],
)
def test_ten_medicines_or_a_high_burden_ask_for_a_structured_review(needs, score, review, listed):
    found = needs(score=[score], item_fact=[review] if review else [])
    assert ("structured-medication-review" in found) is listed
