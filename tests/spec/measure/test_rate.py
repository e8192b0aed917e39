"""Rates with their intervals and funnel limits, and what is withheld."""

from datetime import date

import pytest

from carestead.measure.rate import step

MEASURE = "emergency-admissions-65"
AS_OF = date(2026, 3, 31)


def exposure(practice, events, years, squared=None):
    return {
        "measure": MEASURE,
        "organisation_code": practice,
        "period_start": date(2025, 4, 1),
        "period_end": AS_OF,
        "events": events,
        "events_squared": squared,
        "person_years": years,
    }


def rates(*rows):
    outcome = step.decide({"exposure": list(rows)}, AS_OF, step.params)
    return {r["organisation_code"]: r for r in outcome.tables["rate"]}, outcome.findings


def test_ten_events_in_a_hundred_person_years():
    rows, findings = rates(exposure("A", 10, 100.0))
    a = rows["A"]
    assert (a["numerator"], a["denominator"], a["value"], a["target"]) == (10, 100.0, 100.0, 100.0)
    assert (round(a["lower"], 2), round(a["upper"], 2)) == (47.95, 183.90), "exact Poisson: 4.795 to 18.390 events"
    assert not a["suppressed"]
    assert findings == []


def test_funnel_limits_are_those_of_the_published_test_table():
    """15 expected events: ratios 0.5596924, 1.649348 at 95% and 0.3862650, 2.082907 at 99.8% (FunnelPlotR)."""
    rows, _ = rates(exposure("A", 15, 150.0), exposure("B", 30, 300.0))
    limits = [rows["A"][f"limit_{p}_{e}"] / 100 for p in ("95", "998") for e in ("lower", "upper")]
    assert limits == pytest.approx([0.5596924, 1.649348, 0.3862650, 2.082907], abs=5e-7)


def test_the_buckets_of_a_practice_add_up():
    rows, _ = rates(exposure("A", 4, 40.0), exposure("A", 6, 60.0))
    assert (rows["A"]["numerator"], rows["A"]["denominator"]) == (10, 100.0)


def test_repeat_admissions_widen_the_interval():
    """Five people admitted twice: variance 20 where ten people admitted once would have 10, so √2 times as wide."""
    once = rates(exposure("A", 10, 100.0, 10))[0]["A"]
    twice = rates(exposure("A", 10, 100.0, 20))[0]["A"]
    assert (100 - twice["lower"]) / (100 - once["lower"]) == pytest.approx(2**0.5)
    assert (twice["upper"] - 100) / (once["upper"] - 100) == pytest.approx(2**0.5)


def test_a_small_number_is_withheld_with_the_next_smallest():
    rows, findings = rates(exposure("A", 4, 50.0), exposure("B", 20, 100.0), exposure("C", 90, 300.0))
    assert [code for code, r in rows.items() if r["suppressed"]] == ["A", "B"]
    assert rows["A"]["numerator"] is rows["B"]["denominator"] is rows["B"]["limit_998_upper"] is None
    assert rows["C"]["numerator"] == 90
    assert rows["A"]["target"] == pytest.approx(1000 * 114 / 450)
    assert [(f.code, f.count) for f in findings] == [("measure.suppressed", 2)]


def test_one_small_practice_alone_hides_the_total_too():
    rows, _ = rates(exposure("A", 3, 50.0))
    assert rows["A"]["suppressed"]
    assert rows["A"]["target"] is None


def test_no_people_at_risk_gives_no_rows():
    assert rates(exposure("A", 0, 0.0)) == ({}, [])
    assert rates() == ({}, [])
