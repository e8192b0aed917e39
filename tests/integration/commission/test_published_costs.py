"""The price list says what the National Cost Collection says."""

import csv
import gzip
from collections import defaultdict

import pytest

from carestead import reference

SETTINGS = {
    ("admission", "elective"): ("Elective Inpatients", "Daycase"),
    ("admission", None): ("Non-Elective Inpatient - Short Stay", "Non-Elective Inpatient - Long Stay"),
    ("outpatient", None): ("Outpatient Procedures",),
    ("emergency-attendance", None): ("Emergency Care",),
    ("community-contact", None): ("Community Health Service",),
    ("mental-health-contact", None): ("Mental Health Care Contact",),
}
ELSEWHERE = {("outpatient", ""), ("outpatient", "WF01")}
"""Prices of another source."""


@pytest.fixture(scope="module")
def collection(shared_data):
    with gzip.open(shared_data / "unit-costs" / "ncc.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def averages(collection, departments):
    total = defaultdict(lambda: [0.0, 0.0])
    for row in (r for r in collection if r["department_code"] in departments and float(r["activity"] or 0) > 0):
        for length in range(len(row["currency_code"]) + 1):
            total[row["currency_code"][:length]][0] += float(row["cost"] or 0)
            total[row["currency_code"][:length]][1] += float(row["activity"])
    return {code: cost / activity for code, (cost, activity) in total.items()}


def test_every_typed_price_is_the_published_average(collection):
    checked = 0
    for block in reference.load("prices", "health-2024-25")["prices"]:
        where = (block["kind"], block.get("method"))
        if where not in SETTINGS:
            continue
        published = averages(collection, SETTINGS[where])
        prices = {"": block["default"], **block.get("currencies", {})}
        for code, entry in ((c, e) for c, e in prices.items() if (block["kind"], c) not in ELSEWHERE):
            assert float(entry["price"]) == pytest.approx(published[code], abs=0.00501), f"{where} {code}"
            checked += 1
    assert checked > 250


def test_the_capitation_rates_spread_the_published_cost_over_the_registered_people(collection, shared_data):
    covered = {d for departments in SETTINGS.values() for d in departments}
    cost = sum(float(r["cost"] or 0) for r in collection if r["department_code"] in covered)
    people = [0, 0, 0]
    with gzip.open(shared_data / "gp-list-size" / "practice_age_sex_2026-04.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for age in range(96):
                people[(age >= 65) + (age >= 75)] += int(row[f"age_{age}"] or 0)
    unit = cost / sum(w * n for w, n in zip((3, 5, 7), people, strict=True)) / 12
    bands = reference.load("payments", "capitation")["bands"]
    assert [float(b["monthly"]) for b in bands] == [round(w * unit, 2) for w in (3, 5, 7)]
