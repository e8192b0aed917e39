"""LACE and HOSPITAL at a person's last discharge."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carestead.find.diagnoses import icd10_group
from carestead.find.evidence import readmission_evidence
from carestead.find.readmission import hospital_part, lace_part
from carestead.find.scores import readmission
from carestead.find.use import discharge, hospital_visit
from carestead.reference import load
from tests.spec.find.codes import code_rows

AS_OF = "2025-06-30"
SCORES = ("lace", "hospital")
STEP = {s.name: s for s in readmission.steps}
DISCHARGED = [hospital_visit.step, discharge.step]
LACE = [icd10_group.step, *DISCHARGED, lace_part.step]
HOSPITAL = [*DISCHARGED, hospital_part.step]


def stay(end: str | None = "2025-06-20", *, nights: int = 0, start: str | None = None, **more) -> dict:
    """An emergency admission that ended on a day after so many nights."""
    begun = start or str(date.fromisoformat(end or AS_OF) - timedelta(days=nights))
    return {"person_id": 1, "kind": "admission", "method": "emergency", "start_date": begun, "end_date": end, **more}


def visit(start: str, **more) -> dict:
    return {"person_id": 1, "kind": "emergency-attendance", "start_date": start, **more}


@pytest.fixture
def points(run_steps):
    """`points(steps, *encounters, **tables)`: the parts of person 1, item to points; None without a discharge."""

    def run(steps, *encounters, as_of: str = AS_OF, **tables) -> dict[str, float] | None:
        person = tables.pop("person", [{"person_id": 1}])
        rows = run_steps(steps, as_of, encounter=list(encounters), person=person, **tables)
        return {r["item"]: r["points"] for r in rows} or None

    return run


@pytest.fixture
def lace(points):
    def run(*encounters, codes: tuple[str, ...] = (), on: str = "2025-06-20", **more) -> dict[str, float] | None:
        ids, table = code_rows(codes, "icd10")
        found = [{"person_id": 1, "date": on, "code_id": ids[c]} for c in codes]
        return points(LACE, *encounters, code=table, diagnosis=found, **more)

    return run


def scored(run_steps, score: str, parts: list[dict]) -> tuple[float, str]:
    (row,) = run_steps([STEP[score]], AS_OF, score_part=parts)
    return row["value"], row["band"]


# --- who was discharged ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "discharged"),
    [
        (stay(AS_OF), True),  # on the date itself
        (stay("2025-06-01"), True),  # 29 days before
        (stay("2025-05-31"), False),  # thirty days are over
        (stay("2025-07-01", start="2025-06-20"), False),  # not yet
        (stay(None, start="2025-06-20"), False),  # still in
        (stay(method="maternity"), False),
        (stay(discharge_destination="died"), False),
        (stay(discharge_destination="other-hospital"), False),
        (stay(discharge_destination="care-home"), True),
        (stay(method=None), True),
        (stay(attended=False), False),
    ],
)
def test_who_has_been_discharged(lace, told, discharged):
    assert (lace(told) is not None) == discharged


def test_who_has_died_since_has_no_score(lace):
    assert lace(stay(), person=[{"person_id": 1, "death_date": AS_OF}]) is None
    assert lace(stay(), person=[{"person_id": 1, "death_date": "2025-07-01"}])


def test_the_last_discharge_counts_and_who_is_in_again_keeps_it(run_steps):
    told = [stay("2025-06-10", nights=2), stay("2025-06-20", nights=3), stay(None, start="2025-06-29")]
    (row,) = run_steps(DISCHARGED, AS_OF, encounter=told, person=[{"person_id": 1}])
    assert (str(row["start_date"]), str(row["end_date"]), row["nights"]) == ("2025-06-17", "2025-06-20", 3)
    assert row["admissions"] == 1


def test_a_chain_of_transfers_and_two_suppliers_are_one_stay(lace):
    chain = [
        stay("2025-06-10", nights=2, discharge_destination="other-hospital"),
        stay("2025-06-20", nights=10, method="transfer"),
    ]
    assert lace(*chain)["length-of-stay"] == 5  # 12 nights
    assert lace(*chain)["acute-admission"] == 3
    twice = [stay(nights=4), stay(nights=4, method=None, source_id=2)]
    assert lace(*twice) == lace(stay(nights=4))


def test_before_a_leap_day_and_on_it(points):
    told = stay("2024-02-29", nights=1)
    assert points(LACE, told, as_of="2024-02-29")
    assert points(LACE, told, as_of="2024-03-29")  # 29 days later
    assert points(LACE, told, as_of="2024-03-30") is None
    six_months = visit("2023-08-29")
    index = stay("2024-03-02", start="2024-02-29")
    assert points(LACE, index, six_months, as_of="2024-03-10")["emergency-visits"] == 1
    assert "emergency-visits" not in points(LACE, index, visit("2023-08-28"), as_of="2024-03-10")


# --- LACE -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nights", "expected"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 4), (7, 5), (13, 5), (14, 7), (90, 7)],
)
def test_length_of_stay(lace, nights, expected):
    """Not 5 points for 5 days, 6 for 6, 7 for 7, as in some versions; not 6 for 14, as in a modified one."""
    assert lace(stay(nights=nights))["length-of-stay"] == expected


def test_acute_admission(lace):
    assert lace(stay())["acute-admission"] == 3
    assert not [i for i in lace(stay(method="elective")) if "acute" in i]
    for method in (None, "unknown", "transfer"):
        assert lace(stay(method=method))["acute-admission-not-known"] == 0


@pytest.mark.parametrize(
    ("codes", "weights"),
    [
        ((), {}),
        (("J18.9",), {}),  # not one of them
        (("I21.9",), {"myocardial-infarction": 1}),
        (("I50", "I50.1", "I50.9"), {"heart-failure": 2}),  # once
        (("F00",), {"dementia": 3}),  # not 1, as in Charlson 1987
        (("M05.9",), {"rheumatic-disease": 3}),  # not 1
        (("B24X",), {"hiv": 4, "comorbidity-of-four-or-more": 1}),  # not 6; and 4 is worth 5, not 4
        (("I21", "F03"), {"myocardial-infarction": 1, "dementia": 3, "comorbidity-of-four-or-more": 1}),
        (("C78.7", "C18.9"), {"metastatic-cancer": 6, "comorbidity-of-four-or-more": -1}),  # not cancer as well
        (("E11.9", "E11.2"), {"complicated-diabetes": 2}),
        (("K73", "I85.0"), {"severe-liver-disease": 4, "comorbidity-of-four-or-more": 1}),
        (("N18.3",), {"renal-disease": 2}),
        (("N18.5", "N18.3"), {"severe-renal-disease": 4, "comorbidity-of-four-or-more": 1}),
        (("I21", "K25", "G81"), {"myocardial-infarction": 1}),  # ulcer and hemiplegia have no weight
        (("F00", "I50"), {"dementia": 3, "heart-failure": 2}),  # five is five
    ],
)
def test_comorbidity(lace, codes, weights):
    found = lace(stay(nights=3), codes=codes)
    others = {"length-of-stay": 3, "acute-admission": 3} | ({} if codes else {"comorbidity-not-known": 0})
    assert found == others | weights
    total = sum(weights.values())
    assert total in (0, 1, 2, 3, 5)


def test_comorbidity_of_two_years_up_to_the_discharge(lace):
    for on, counts in (("2023-06-20", False), ("2023-06-21", True), ("2025-06-20", True), ("2025-06-21", False)):
        assert ("dementia" in lace(stay(), codes=("F00",), on=on)) == counts


@pytest.mark.parametrize(("visits", "expected"), [(0, None), (1, 1), (3, 3), (4, 4), (5, 4), (9, 4)])
def test_emergency_visits(lace, visits, expected):
    days = [visit(f"2025-03-{n:02}") for n in range(1, visits + 1)]
    assert lace(stay(), *days).get("emergency-visits") == expected


def test_the_visit_that_led_to_the_admission_is_not_one(lace):
    admitted = stay(start="2025-06-15")
    assert "emergency-visits" not in lace(admitted, visit("2025-06-15"))
    assert "emergency-visits" not in lace(admitted, visit("2025-06-14", end_date="2025-06-15"))  # over midnight
    assert lace(admitted, visit("2025-06-14"))["emergency-visits"] == 1  # sent home that day
    assert lace(admitted, visit("2024-12-15"))["emergency-visits"] == 1
    assert "emergency-visits" not in lace(admitted, visit("2024-12-14"))  # over six months
    assert "emergency-visits" not in lace(admitted, visit("2025-06-18"))  # in hospital


@pytest.mark.parametrize(
    ("nights", "method", "codes", "visits", "value", "band"),
    [
        # both examples of the help page of lace_readmission_index in the R package cliot 1.0.0
        (5, "emergency", ("F00", "I50"), 2, 14, "high"),
        (2, "elective", ("J18",), 0, 2, "low"),
        # the ends of the index, and the edges of its bands
        (20, "emergency", ("C78",), 4, 19, "high"),
        (0, "elective", ("J18",), 0, 0, "low"),
        (4, "elective", ("J18",), 0, 4, "low"),
        (3, "elective", ("I50",), 0, 5, "moderate"),
        (4, "emergency", ("I50",), 0, 9, "moderate"),
        (4, "emergency", ("F00",), 0, 10, "high"),
    ],
)
def test_the_whole_of_lace(run_steps, nights, method, codes, visits, value, band):
    ids, table = code_rows(codes, "icd10")
    parts = run_steps(
        LACE, AS_OF, person=[{"person_id": 1}], code=table,
        encounter=[stay(nights=nights, method=method), *(visit(f"2025-03-0{n}") for n in range(1, visits + 1))],
        diagnosis=[{"person_id": 1, "date": "2025-06-01", "code_id": ids[c]} for c in codes],
    )  # fmt: skip
    assert scored(run_steps, "lace", parts) == (value, band)


# --- HOSPITAL -------------------------------------------------------------------------------------------------------


def labs(*values: tuple[str, str, float, str | None]) -> dict[str, list[dict]]:
    """(day, code, value, unit) as tables."""
    ids, table = code_rows(v[1] for v in values)
    event = [
        {"person_id": 1, "kind": "observation", "date": d, "code_id": ids[c], "value": v, "unit": u}
        for d, c, v, u in values
    ]
    return {"code": table, "event": event}


HB, NA = "1022431000000105", "1000661000000107"
NOT_KNOWN = {"haemoglobin-not-known": 0, "sodium-not-known": 0, "oncology-service-not-known": 0}


def test_what_the_record_does_not_tell_has_no_points_and_says_so(points):
    assert points(HOSPITAL, stay(method=None)) == {**NOT_KNOWN, "urgent-admission-not-known": 0, "length-of-stay": 0}


@pytest.mark.parametrize(
    ("code", "value", "unit", "item", "expected"),
    [
        (HB, 119.9, "g/L", "haemoglobin", 1),
        (HB, 120, "g/L", "haemoglobin", 0),
        (HB, 11.9, "g/dL", "haemoglobin", 1),
        (HB, 12.0, "g/dL", "haemoglobin", 0),
        (HB, 11.9, "g/L", "haemoglobin-not-known", 0),  # g/dL sent as g/L is not believed
        (NA, 134.9, "mmol/L", "sodium", 1),
        (NA, 135, "mmol/L", "sodium", 0),
        (NA, 134, None, "sodium", 1),
        (NA, 134, "mg/dL", "sodium-not-known", 0),
    ],
)
def test_values_strictly_below_in_the_unit_sent(points, code, value, unit, item, expected):
    assert points(HOSPITAL, stay(), **labs(("2025-06-20", code, value, unit)))[item] == expected


def test_a_value_counts_from_the_day_it_was_written_down(points):
    late = labs(("2025-06-20", HB, 90, "g/L"))
    late["event"][0]["recorded_date"] = "2025-07-01"
    assert "haemoglobin-not-known" in points(HOSPITAL, stay(), **late)
    assert points(HOSPITAL, stay(), as_of="2025-07-01", **late)["haemoglobin"] == 1


def test_the_last_value_of_the_stay(points):
    told = stay(start="2025-06-10")
    low_then_high = labs(("2025-06-10", HB, 90, "g/L"), ("2025-06-20", HB, 130, "g/L"), ("2025-06-21", HB, 80, "g/L"))
    assert points(HOSPITAL, told, **low_then_high)["haemoglobin"] == 0
    assert "haemoglobin-not-known" in points(HOSPITAL, told, **labs(("2025-06-09", HB, 90, "g/L")))


@pytest.mark.parametrize(
    ("specialty", "expected"),
    [("370", {"oncology-service": 2}), ("800", {"oncology-service": 2}), ("303", {}), ("300", {})],
)
def test_oncology(points, specialty, expected):
    found = points(HOSPITAL, stay(specialty=specialty))
    assert {i: p for i, p in found.items() if "oncology" in i} == expected


def test_a_procedure_of_the_stay(points):
    for on, counts in (("2025-06-09", False), ("2025-06-10", True), ("2025-06-20", True), ("2025-06-21", False)):
        done = [{"person_id": 1, "date": on, "code_id": 1, "position": 1}]
        assert points(HOSPITAL, stay(start="2025-06-10"), procedure=done).get("procedure", 0) == int(counts)


@pytest.mark.parametrize(("before", "expected"), [(0, None), (1, 2), (2, 2), (5, 2), (6, 5), (9, 5)])
def test_admissions_before(points, before, expected):
    """Not nought for one, which is the simplified score of 2017."""
    earlier = [stay(f"2025-0{n % 3 + 1}-{n + 1:02}") for n in range(before)]
    assert points(HOSPITAL, stay(), *earlier).get("admissions-before") == expected


def test_admissions_of_the_year_before_admission(points):
    index = stay("2025-06-20", start="2025-06-10")
    assert points(HOSPITAL, index, stay("2024-06-10", nights=0))["admissions-before"] == 2
    assert "admissions-before" not in points(HOSPITAL, index, stay("2024-06-09", nights=0))


@pytest.mark.parametrize(("nights", "expected"), [(0, 0), (4, 0), (5, 2), (30, 2)])
def test_five_nights_and_more(points, nights, expected):
    assert points(HOSPITAL, stay(nights=nights))["length-of-stay"] == expected


@pytest.mark.parametrize(
    ("total", "band"), [(0, "low"), (4, "low"), (5, "intermediate"), (6, "intermediate"), (7, "high"), (13, "high")]
)
def test_the_bands_of_hospital(run_steps, total, band):
    part = {"person_id": 1, "score": "hospital", "item": "x", "points": total}
    assert scored(run_steps, "hospital", [part, {**part, "score": "lace"}]) == (total, band)


def test_the_highest_hospital_score_is_thirteen(run_steps):
    given_labs = labs(("2025-06-20", HB, 90, "g/L"), ("2025-06-20", NA, 120, "mmol/L"))
    parts = run_steps(
        HOSPITAL, AS_OF, person=[{"person_id": 1}], procedure=[{"person_id": 1, "date": "2025-06-20", "code_id": 1}],
        encounter=[stay(nights=9, specialty="370"), *(stay(f"2025-01-0{n}") for n in range(1, 8))], **given_labs,
    )  # fmt: skip
    assert scored(run_steps, "hospital", parts) == (13, "high")


# --- evidence and facts ---------------------------------------------------------------------------------------------

PERSON = st.lists(
    st.tuples(
        st.integers(1, 400), st.integers(0, 20), st.sampled_from(["emergency", "elective", "transfer", None]),
        st.sampled_from(["admission", "emergency-attendance"]), st.sampled_from([None, "370", "300"]),
    ),
    max_size=8,
)  # fmt: skip
CODES = ("I21", "I50", "F00", "C78", "C18", "E119", "E112", "K73", "K704", "N18", "N185", "B24", "J44", "M05", "J18")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PERSON, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300), st.sampled_from(CODES)), max_size=9),
)
def test_the_evidence_adds_up_to_the_score_and_stays_within_its_range(run_steps, people, diagnoses):
    day = date.fromisoformat(AS_OF)
    ids, table = code_rows(CODES, "icd10")
    given_rows = {
        "person": [{"person_id": p} for p in range(len(people))],
        "encounter": [
            {"person_id": p, "kind": k, "method": m, "specialty": s, "start_date": str(day - timedelta(days=ago)),
             "end_date": str(day - timedelta(days=max(ago - n, 0)))}
            for p, rows in enumerate(people) for ago, n, m, k, s in rows
        ],
        "diagnosis": [
            {"person_id": p, "date": str(day - timedelta(days=ago)), "code_id": ids[c]} for p, ago, c in diagnoses
        ],
        "code": table,
    }  # fmt: skip
    parts = {
        "lace": run_steps(LACE, AS_OF, **given_rows),
        "hospital": run_steps(HOSPITAL, AS_OF, **{k: v for k, v in given_rows.items() if k != "diagnosis"}),
    }
    for score, highest in (("lace", 19), ("hospital", 13)):
        evidence = run_steps([readmission_evidence.step], AS_OF, score_part=parts[score])
        total: Counter = Counter()
        for r in evidence:
            total[r["person_id"]] += r["points"]
        values = {r["person_id"]: r["value"] for r in run_steps([STEP[score]], AS_OF, score_part=parts[score])}
        assert values == dict(total)
        assert all(0 <= v <= highest for v in values.values())


def test_the_published_points(shared_data):
    """Each row of the tables of points; bands as `<1`, `4-6`, `>=14`."""
    with (shared_data / "clinical" / "lace_points.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    part = {"L": "length-of-stay", "C": "comorbidity", "E": "emergency-visits"}
    for row in rows:
        if row["component"] in part:
            assert {_step(part[row["component"]], n) for n in _numbers(row["band"])} == {int(row["points"])}
    assert load("scores", "lace")["acute_admission"] == 3


def _numbers(band: str) -> range:
    if band.startswith("<"):
        return range(int(band[1:]))
    if band.startswith(">="):
        return range(int(band[2:]), 60)
    low, _, high = band.partition("-")
    return range(int(low), int(high or low) + 1)


def _step(part: str, n: int) -> int:
    return next(p for name, low, high, p in lace_part.points.rows if name == part and low <= n <= high)


def test_every_weight_is_of_a_group_of_codes():
    """Peptic ulcer and hemiplegia are the groups without one."""
    groups = set(load("icd10", "charlson-quan-2005")["groups"])
    assert groups - {i for i, *_ in lace_part.weights.rows} == {"peptic-ulcer", "paralysis"}
    assert {i for i, *_ in lace_part.weights.rows} - groups == {"severe-renal-disease"}
