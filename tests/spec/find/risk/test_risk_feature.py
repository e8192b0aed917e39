"""What the model of risk asks: each column by a small example, and no column changed by anything later."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.spec.find.looking import looking

from carestead.core.step import SetStep
from carestead.find.risk.in_use import looking_steps
from carestead.find.risk.terms import labels
from carestead.find.use import feature, hospital_visit, meeting_count
from carestead.reference import Codelist

AS_OF = date(2025, 3, 31)
LIST = Codelist("efi", "test", "A code", "made up", ({"group": "falls", "code": "fall"},), "snomed")
STEPS: list[SetStep] = [
    *looking("item_mask", releases={"efi": LIST}),
    hospital_visit.step,
    meeting_count.step,
    feature.step,
    looking_steps()[0],
]
PERSON = {"person_id": 1, "birth_date": "1945-04-01", "sex": "female", "imd_decile": 3, "practice_code": "P"}
CODE = {"code_id": 1, "system": "snomed", "code": "fall"}


def day(before: int) -> str:
    """So many days before the date; after it, when below nought."""
    return str(AS_OF - timedelta(days=before))


@pytest.fixture
def features(run_steps):
    """Column → value of the one person."""

    def of(**tables):
        found = run_steps(STEPS, AS_OF, **{"person": [PERSON], "code": [CODE], **tables})
        assert len(found) == 1
        return found[0]

    return of


def met(kind, before, **more):
    return {"person_id": 1, "kind": kind, "start_date": day(before), **more}


def test_somebody_of_whom_nothing_is_known_but_the_practice_has_a_row(features):
    found = features(person=[{"person_id": 1, "practice_code": "P"}])
    not_known = {n for n in labels() if found[n] is None}
    assert not_known == {"age", "female", "imd_decile"}
    assert all(found[n] == 0 for n in labels() if n not in not_known)


def test_who_they_are(features):
    assert {n: features()[n] for n in ("age", "female", "imd_decile")} == {"age": 79, "female": 1, "imd_decile": 3}


@pytest.mark.parametrize(
    ("column", "kind", "more"),
    [
        ("elective_admissions", "admission", {"method": "elective"}),
        ("emergency_admissions", "admission", {"method": "emergency"}),
        ("emergency_attendances", "emergency-attendance", {}),
        ("outpatient_attended", "outpatient", {}),
        ("outpatient_missed", "outpatient", {"attended": False}),
        ("gp_contacts", "gp-appointment", {"attended": True}),
        ("gp_missed", "gp-appointment", {"attended": False}),
        ("community_contacts", "community-contact", {}),
        ("mental_health_contacts", "mental-health-contact", {}),
    ],
)
def test_meetings_of_twelve_months_are_counted_in_days(features, column, kind, more):
    rows = [met(kind, n, **more) for n in (0, 0, 100, 364, 365, 400)]
    assert features(encounter=rows)[column] == 3


@pytest.mark.parametrize(
    ("column", "kind", "more"),
    [
        ("emergency_admissions_30", "admission", {"method": "emergency"}),
        ("emergency_attendances_30", "emergency-attendance", {}),
        ("outpatient_attended_30", "outpatient", {}),
        ("gp_contacts_30", "gp-appointment", {}),
        ("community_contacts_30", "community-contact", {}),
    ],
)
def test_meetings_of_thirty_days(features, column, kind, more):
    rows = [met(kind, n, **more) for n in (0, 29, 30)]
    assert features(encounter=rows)[column] == 2


def test_of_a_stay_that_goes_on_only_the_nights_before_the_date_count(features):
    rows = [met("admission", 3, method="emergency", end_date=day(-40), length_of_stay=43)]
    assert features(encounter=rows)["emergency_bed_days"] == 3


def test_medicines_are_distinct_codes(features):
    rows = [{"person_id": 1, "date": day(n), "code_id": c} for n, c in ((0, 5), (10, 5), (89, 6), (90, 7), (365, 8))]
    found = features(medication=rows)
    assert (found["medicines"], found["medicines_90"]) == (3, 2)


def test_care_arranged_on_the_date(features):
    rows = [
        {"person_id": 1, "kind": "home-care", "start_date": day(10)},
        {"person_id": 1, "kind": "equipment", "start_date": day(10), "end_date": day(0)},
        {"person_id": 1, "kind": "nursing", "start_date": day(10), "end_date": day(1)},
    ]
    found = features(care_package=rows)
    assert (found["home_care"], found["other_care"], found["care_home"]) == (1, 1, 0)


def test_a_deficit_dated_back_is_not_known_before_it_was_written_down(features):
    row = {"person_id": 1, "kind": "condition", "code_id": 1, "date": day(100)}
    assert features(event=[row])["deficit_falls"] == 1
    assert features(event=[row | {"recorded_date": day(0)}])["deficit_falls"] == 1
    assert features(event=[row | {"recorded_date": day(-1)}])["deficit_falls"] == 0
    assert features(event=[row | {"date": None, "recorded_date": day(-1)}])["deficit_falls"] == 0


later = st.integers(-800, -1)
encounters = st.builds(
    lambda kind, method, attended, n, nights: met(
        kind, n, method=method, attended=attended, end_date=day(n - nights), length_of_stay=nights, specialty="300"
    ),
    st.sampled_from(["admission", "emergency-attendance", "outpatient", "gp-appointment", "community-contact"]),
    st.sampled_from(["emergency", "elective", None]),
    st.sampled_from([True, False, None]),
    later,
    st.integers(0, 30),
)
records = st.fixed_dictionaries(
    {
        "encounter": st.lists(encounters, max_size=4),
        "medication": st.lists(
            st.builds(lambda n, c: {"person_id": 1, "date": day(n), "code_id": c}, later, st.integers(1, 9)), max_size=4
        ),
        "event": st.lists(
            st.builds(
                lambda n, onset: {
                    "person_id": 1, "kind": "condition", "code_id": 1, "recorded_date": day(n),
                    "date": None if onset is None else day(onset),
                },
                later,
                st.one_of(st.none(), st.integers(0, 4000)),
            ),
            max_size=4,
        ),
        "care_package": st.lists(
            st.builds(
                lambda kind, n: {"person_id": 1, "kind": kind, "start_date": day(n)},
                st.sampled_from(["home-care", "nursing", "equipment"]),
                later,
            ),
            max_size=3,
        ),
    }
)  # fmt: skip
BEFORE = {
    "encounter": [met("admission", 5, method="emergency", length_of_stay=2), met("outpatient", 40, specialty="300")],
    "medication": [{"person_id": 1, "date": day(20), "code_id": 3}],
    "event": [],
    "care_package": [{"person_id": 1, "kind": "home-care", "start_date": day(300)}],
}


@settings(deadline=None, max_examples=3, suppress_health_check=list(HealthCheck))
@given(st.lists(records, min_size=15, max_size=15))
def test_no_later_record_changes_a_feature(run_steps, after):
    """Person 0 has the records before; each other has them too, and later ones."""
    people = range(len(after) + 1)
    tables = {"person": [PERSON | {"person_id": n} for n in people], "code": [CODE]}
    for name, rows in BEFORE.items():
        more = [(n, r) for n, each in enumerate(after, 1) for r in each[name]]
        tables[name] = [r | {"person_id": n} for n, r in [*((n, r) for n in people for r in rows), *more]]
    first, *others = [{**r, "person_id": 0} for r in run_steps(STEPS, AS_OF, **tables)]
    assert others == [first] * len(after)


@pytest.mark.parametrize("ended", [day(-1), day(-300), None])
@pytest.mark.parametrize("died", [day(-1), None])
def test_no_end_told_later_changes_a_feature(features, ended, died):
    """A discharge, a stop, a death after the date: what was known on the date is the same."""
    tables = {
        "encounter": [met("admission", 5, method="emergency", end_date=ended)],
        "medication": [{"person_id": 1, "date": day(20), "code_id": 3, "end_date": ended, "is_repeat": True}],
        "care_package": [{"person_id": 1, "kind": "nursing", "start_date": day(300), "end_date": ended}],
    }
    found = features(person=[PERSON | {"death_date": died}], **tables)
    assert (found["emergency_bed_days"], found["medicines"], found["care_home"]) == (5, 1, 1)
