"""The rows behind every score of diagnoses add up to it, whatever the record and whatever the caller chose."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carestead.find.diagnoses import icd10_group
from carestead.find.diagnoses.diagnosis_scores import diagnosis_scores, prefix_table
from carestead.find.evidence.icd10_evidence import icd10_evidence
from carestead.find.scores.icd10 import icd10_score
from tests.spec.find.scores.diagnosed import AS_OF, tables

CODES = sorted({prefix for prefix, _, _, _ in prefix_table().rows} | {"J00", "Z99"})
DAYS = ["2022-01-01", "2023-06-30", "2023-07-01", "2024-05-05", "2025-06-30", "2025-07-01"]
records = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(DAYS), st.sampled_from(CODES), st.sampled_from([None, 1, 2])),
    max_size=150,
)
choices = st.fixed_dictionaries(
    {"hierarchy": st.booleans(), "primary": st.booleans(), "lookback_years": st.sampled_from([1, 2, 5])}
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records, choices, st.booleans())
def test_points_add_up_exactly(run_steps, diagnoses, chosen, with_age):
    every = {s.name: dict(chosen) for s in diagnosis_scores()}
    every["charlson-1987"]["with_age"] = with_age
    record = {**tables(diagnoses), "person": [{"person_id": 1, "birth_date": "1950-01-01"}]}
    scores = run_steps([icd10_group.step, icd10_score(every)], AS_OF, **record)
    evidence = run_steps([icd10_group.step, icd10_evidence(every)], AS_OF, **record)
    totals: dict[tuple[int, str], Fraction] = {}
    for row in evidence:
        who = row["person_id"], row["score"]
        totals[who] = totals.get(who, Fraction(0)) + Fraction(str(row["points"]))
    assert totals == {(r["person_id"], r["score"]): Fraction(str(r["value"])) for r in scores}
