"""Funnel and load charts as data, and the sentences that say what they show."""

from datetime import date

import pytest

from carestead.measure import funnel, load, rate

AS_OF = date(2026, 3, 31)


def rates(*practices):
    names = ("organisation_code", "events", "person_years")
    common = {"measure": "emergency-admissions-65", "period_start": date(2025, 4, 1), "period_end": AS_OF}
    rows = [{**common, "events_squared": None, **dict(zip(names, p, strict=True))} for p in practices]
    return rate.step.decide({"exposure": rows}, AS_OF, rate.step.params).tables["rate"]


def test_a_practice_far_above_is_named_and_the_rest_are_counted():
    chart = funnel.chart(rates(("A", 400, 1000.0), ("B", 200, 1000.0), ("C", 405, 2000.0)), {"A": "Oak Surgery"})
    assert [p.mark for p in chart.points] == ["beyond-998", "beyond-998", "beyond-998"]
    assert chart.sentence.startswith(
        "Emergency admissions of people of 65 and over, 12 months to 31 March 2026: 251.2 per 1,000 person-years in "
        "all. Oak Surgery is above the 99.8% limits, more than chance would explain. B is below the 99.8% limits"
    )


def test_all_within_chance():
    chart = funnel.chart(rates(("A", 100, 1000.0), ("B", 101, 1000.0)))
    assert {p.mark for p in chart.points} == {"within"}
    assert chart.sentence.endswith("in all. All 2 practices are within what chance explains.")
    assert chart.points[0].note == (
        "A: 100.0 per 1,000 person-years (95% confidence interval 81.4 to 121.6), 100 in 1,000 person-years"
    )


def test_beyond_95_percent_calls_for_a_look():
    chart = funnel.chart(rates(("A", 130, 1000.0), ("B", 1000, 10000.0)))
    assert chart.points[0].mark == "beyond-95"
    assert "A is beyond the 95% limits, which calls for a look. The other practice is within" in chart.sentence


def test_withheld_practices_have_no_point_and_are_told():
    chart = funnel.chart(rates(("A", 3, 100.0), ("B", 20, 100.0), ("C", 25, 100.0)))
    assert [p.label for p in chart.points] == ["C"]
    assert chart.sentence.endswith("Small numbers: 2 practices are withheld.")


def test_the_limits_narrow_with_size_and_hold_the_target():
    target, *limits = funnel.chart(rates(("A", 100, 1000.0), ("B", 201, 2000.0))).curves
    assert target.points[0][1] == pytest.approx(1000 * 301 / 3000)
    lower, upper, far_lower, far_upper = (c.points for c in limits)
    assert lower[0][1] < lower[-1][1] < target.points[0][1] < upper[-1][1] < upper[0][1]
    assert far_lower[5][1] < lower[5][1]
    assert upper[5][1] < far_upper[5][1]


def test_no_rates_no_chart():
    assert funnel.chart([]).sentence == "There is nothing to show: no practice has people at risk."
    assert funnel.chart(rates(("A", 2, 10.0))).curves == ()


def test_load_against_capacity():
    rows = [
        {"practitioner_code": c, "role": "gp", "organisation_code": "A", "capacity": cap, "people": n}
        for c, cap, n in (("G1", 40, 11), ("G2", 40, 52), ("G3", 20, 20))
    ]
    chart = load.chart([*rows, {**rows[0], "role": "care-coordinator"}], "gp", {"G2": "Dr Ash"})
    assert [(b.label, b.over) for b in chart.bars] == [("Dr Ash", True), ("G3", False), ("G1", False)]
    assert chart.sentence == (
        "83 people for 3 named GPs with room for 100. 1 has more than they have room for: Dr Ash."
    )
    assert load.chart(rows, "care-coordinator").sentence == "There is no care coordinator."
