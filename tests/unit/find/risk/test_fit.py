"""A fit on made-up people: it learns what is there, tells the truth about it, and is the same each time."""

import json

import numpy as np
import pytest
from tests.made_up_people import QUICK, made_up_people

from carestead.core.finding import UsageError
from carestead.find.risk import train, validate
from carestead.find.risk.fit import fit

pytest.importorskip("lightgbm")


@pytest.fixture(scope="module")
def fitted():
    people, others = made_up_people(4000), made_up_people(4000, 2, ("X", "Y"))
    return fit(people, others, people, QUICK), others


def test_the_same_people_give_the_same_model_and_card(fitted):
    people = made_up_people(4000)
    again = fit(people, fitted[1], people, QUICK)
    assert again.model == fitted[0].model
    assert again.trees == fitted[0].trees
    assert json.dumps(again.figures) == json.dumps(fitted[0].figures)


def test_it_is_as_good_as_the_risks_the_people_were_made_by(fitted):
    found, others = fitted
    columns = others.columns
    from carestead.find.risk import measures

    best = measures.auroc(others.admitted, columns["age"] / 40 + columns["emergency_admissions"]).value
    reached = found.figures["models"]["logistic"]["measures"]
    assert best - 0.02 < reached["auroc"]["value"] <= best + 0.01
    assert reached["slope"]["lower"] < 1 < reached["slope"]["upper"]
    assert reached["intercept"]["lower"] < 0 < reached["intercept"]["upper"]
    assert {t["feature"] for t in found.figures["importance"][:2]} == {"age", "emergency_admissions"}


def test_about_the_capacity_is_above_the_cut_at_fitting(fitted):
    points = fitted[0].model.points(made_up_people(4000).columns)
    assert (points >= fitted[0].model.cut).mean() == pytest.approx(0.02, abs=0.004)


def test_tenths_hold_everybody_and_no_small_number():
    outcome = np.arange(1000) % 100 == 0
    found = validate.tenths(outcome, np.linspace(0.001, 0.02, 1000))
    assert sum(t["people"] for t in found) == 1000
    assert all(t["happened"]["value"] * t["people"] >= 5 for t in found)


def test_a_cut_with_few_people_admitted_is_withheld():
    outcome = np.arange(1000) < 4
    found = validate.measured(outcome, -np.arange(1000.0) / 100, QUICK)
    assert all(c["withheld"] and "right" not in c for c in found["cuts"])


def test_isotonic_recalibration_is_scikit_learn_s_and_never_falls():
    draw = np.random.default_rng(1)
    odds = draw.normal(0, 1, 500)
    rising = train.isotonic(odds, draw.random(500) < 0.3)(np.linspace(-3, 3, 50))
    assert (np.diff(rising) >= 0).all()


def test_without_the_extra_it_says_what_to_type(monkeypatch):
    import importlib

    def gone(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", gone)
    with pytest.raises(UsageError, match="carestead\\[ml\\]"):
        train.versions()
