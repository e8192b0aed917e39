"""A model in use: the SQL says what the model says, reasons add up, and drift is counted."""

import numpy as np
import pytest
from tests.made_up_people import made_up_people

from carestead.find.naming import item_name
from carestead.find.risk import drift, model
from carestead.find.risk.fit import at_fitting
from carestead.find.risk.in_use import risk_steps
from carestead.find.risk.terms import labels, terms
from carestead.tables import table

PEOPLE = made_up_people(40)
MODEL = model.whole(terms(), np.random.default_rng(4).normal(0, 0.3, len(terms())), -2.5, PEOPLE.columns)
SPREAD, RANGES = at_fitting(MODEL, PEOPLE)
STEPS = {s.name: s for s in risk_steps("m", MODEL.as_dict(), {"spread": SPREAD, "ranges": RANGES})}
ROWS = [
    {"person_id": n, "practice_code": "P"}
    | {name: None if np.isnan(v[n]) else int(v[n]) for name, v in PEOPLE.columns.items()}
    for n in range(len(PEOPLE))
]
OUTCOMES = [
    {"person_id": n, "admitted": bool(a), "died": False, "left_area": False} for n, a in enumerate(PEOPLE.admitted)
]


@pytest.fixture
def told(run_steps):
    """The rows of the last of the named steps over everybody."""

    def tell(*names, **tables):
        steps = [STEPS[n] for n in names]
        given = {s.gives for s in steps}
        wanted = {t for s in steps for t in s.reads} - given
        known = {"risk_feature": ROWS, "risk_outcome": OUTCOMES, "opt_out": [], **tables}
        return run_steps(steps, "2026-03-31", **{t: known[t] for t in wanted})

    return tell


def test_the_score_is_that_of_the_model_for_everybody(told):
    points = MODEL.points(PEOPLE.columns)
    found = told("risk_reason", "admission_risk")
    assert [r["value"] for r in found] == points.tolist()
    assert {r["score"] for r in found} == {"admission-risk-evaluation"}


def test_evidence_adds_up_exactly_for_everybody(told):
    scores = {r["person_id"]: r["value"] for r in told("risk_reason", "admission_risk")}
    sums = dict.fromkeys(scores, 0.0)
    for row in told("risk_reason", "admission_risk_evidence"):
        sums[row["person_id"]] += row["points"]
        assert row["code_id"] is None
        assert row["item"] == "baseline" or row["points"] != 0
    assert sums == scores


def test_who_has_opted_out_of_research_has_no_risk(told):
    out = [{"person_id": n, "kind": "type-1", "purpose": p} for n, p in ((3, "research"), (4, "planning"))]
    found = {r["person_id"] for r in told("risk_reason", "admission_risk", opt_out=out)}
    assert found == set(range(len(PEOPLE))) - {3}


def test_who_is_above_the_cut(told):
    points = MODEL.points(PEOPLE.columns)
    cut = int(np.sort(points)[-8])
    STEPS["cut"] = next(
        s for s in risk_steps("m", MODEL.as_dict() | {"cut": cut}, {"spread": SPREAD, "ranges": RANGES})
        if s.name == "admission_risk"
    )  # fmt: skip
    found = told("risk_reason", "cut")
    assert sum(r["band"] == "above the cut" for r in found) == (points >= cut).sum() >= 8


def test_of_the_people_of_the_fitting_nothing_has_drifted(told):
    rows = told("risk_reason", "risk_summary")
    found = drift.decide({"risk_summary": rows}, None, STEPS["risk_drift"].params)
    assert found.findings == []
    assert {r["item"] for r in found.tables["risk_drift"]} == {*labels(), "score", "outcome"}
    assert all(r["value"] == pytest.approx(1 if r["item"] == "outcome" else 0) for r in found.tables["risk_drift"])


def test_reasons_have_words():
    said = {item: item_name("admission-risk-evaluation", item) for item in ("deficit_falls", "age", "baseline")}
    assert said == {
        "deficit_falls": "Falls",
        "age": "Age at the last birthday",
        "baseline": "The usual person of the fitting",
    }


def test_every_feature_is_a_column_and_every_column_has_words():
    columns = {c.name for c in table("risk_feature").columns} - {"person_id", "practice_code"}
    assert columns == set(labels())
    assert 40 <= len(columns) <= 60
