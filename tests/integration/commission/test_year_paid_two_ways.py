"""A small neighbourhood's year through the flow: counted, paid two ways, measured; nothing lost, nobody named."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.deliver import deliver

from carestead import flow, results
from carestead.commission.replay import replay
from carestead.core.area import Area, create_area
from carestead.engines.duckdb import DuckDB
from carestead.measure import funnel
from carestead.tables import table

AS_OF = date(2026, 3, 31)
PEOPLE = 120
AGGREGATES = ("activity", "activity_count", "list_count", "payment_line", "exposure", "rate")


def someone(n: int) -> dict[str, object]:
    born = date(1935 + n % 60, 1 + n % 12, 1 + n % 28)
    name = {"family_name": f"Family{n}", "given_name": f"Given{n}"}
    return {"source_person_id": f"p{n:03d}", "birth_date": born, "sex": "female" if n % 2 else "male", **name}


def admission(n: int) -> dict[str, object]:
    day = date(2025, 3, 20) + timedelta(n * 5 % 372)
    return {
        "source_person_id": f"p{n % PEOPLE:03d}", "kind": "admission", "method": "emergency" if n % 7 else "elective",
        "start_date": day, "end_date": day + timedelta(n % 4), "currency": "AA35A", "organisation_code": "RAA",
        "source_row_key": f"a{n}",
    }  # fmt: skip


ADMISSIONS = [admission(n) for n in range(300)]
WITHIN = [a for a in ADMISSIONS if date(2025, 4, 1) <= a["end_date"] <= AS_OF]
PACKAGES = [
    {"source_person_id": f"p{n:03d}", "kind": "home-care", "start_date": date(2025, 1, 1), "hours_per_week": 7.0,
     "provider_code": "HC1", "source_row_key": f"c{n}"}
    for n in range(10)
]  # fmt: skip


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Area:
    made = create_area(Path(tmp_path_factory.mktemp("year")) / "area", name="test", people=PEOPLE, synthetic=True)
    registrations = [
        {
            "source_person_id": f"p{n:03d}",
            "practice_code": "A81001" if n % 3 else "B82002",
            "start_date": date(2020, 1, 1),
        }
        for n in range(PEOPLE)
    ]
    deliver(made, "elm", {"patient": [someone(n) for n in range(PEOPLE)], "registration": registrations,
                          "encounter": ADMISSIONS, "care_package": PACKAGES}, sequence=1)  # fmt: skip
    flow.run(made, as_of=AS_OF, engine=DuckDB(made.scratch))
    return made


def rows(area: Area, sql: str, *tables: str) -> list[dict]:
    with results.latest(area) as snapshot:
        return snapshot.rows(sql, tables)


def test_every_admission_of_the_year_is_activity_once(area: Area):
    done = rows(
        area,
        "select sum(quantity)::int as n, sum(bed_days)::int as nights from activity where kind = 'admission'",
        "activity",
    )
    assert done == [{"n": len(WITHIN), "nights": sum((a["end_date"] - a["start_date"]).days for a in WITHIN)}]


def test_home_care_is_counted_in_hours(area: Area):
    done = rows(
        area,
        "select month, sum(quantity)::int as hours from activity where kind = 'home-care' group by month",
        "activity",
    )
    assert len(done) == 12
    assert sum(d["hours"] for d in done) == 365 * 10, "seven hours a week are one hour a day"


def test_every_unit_is_paid_once_at_its_price(area: Area):
    lines = rows(area, "from payment_line where rule = 'activity'", "payment_line")
    assert sum(x["quantity"] for x in lines) == len(WITHIN) + 3650
    assert all(x["amount_pence"] == x["quantity"] * x["unit_price_pence"] for x in lines)
    assert all(f"£{x['amount_pence'] // 100:,}" in x["explanation"] for x in lines)


def test_every_head_is_paid_for_twelve_times(area: Area):
    lines = rows(area, "from payment_line where rule = 'capitation'", "payment_line")
    assert sum(x["quantity"] for x in lines) == 12 * PEOPLE


def test_the_two_ways_agree_with_their_lines_to_the_penny(area: Area):
    lines = rows(area, "from payment_line", "payment_line")
    result = replay(lines)
    by_activity = sum(x["amount_pence"] for x in lines if x["rule"] == "activity")
    assert result.total.activity + result.paid_alike + result.unlisted == by_activity
    assert result.total.capitation == sum(x["amount_pence"] for x in lines if x["rule"] == "capitation")
    assert result.total.same_pot == result.total.activity
    assert [r.code for r in result.rows] == ["A81001", "B82002"]


def test_the_rates_have_all_events_and_all_time(area: Area):
    rates = rows(area, "from rate", "rate")
    old = [n for n in range(PEOPLE) if someone(n)["birth_date"] <= date(1960, 4, 1)]
    events = {
        (a["source_person_id"], a["start_date"])
        for a in ADMISSIONS
        if a["method"] == "emergency" and date(2025, 4, 1) <= a["start_date"] <= AS_OF
        and int(a["source_person_id"][1:]) in old
    }  # fmt: skip
    assert {r["organisation_code"] for r in rates} == {"A81001", "B82002"}
    assert sum(r["numerator"] for r in rates) == len(events)
    assert sum(r["denominator"] for r in rates) == pytest.approx(len(old) * 365 / 365.25, abs=6)
    assert funnel.chart(rates).sentence.startswith("Emergency admissions of people of 65 and over")


def test_nothing_that_commissioners_see_names_anybody(area: Area):
    for name in AGGREGATES:
        assert not any("person" in c and c != "person_years" for c in table(name).names())
    assert "Family" not in str(rows(area, "from payment_line", "payment_line"))


def test_what_has_no_price_of_its_own_is_a_finding_with_its_number(area: Area):
    planned = sum(a["method"] == "elective" for a in WITHIN)
    found = rows(area, "select code, count from finding where code like 'payment.%'", "finding")
    assert found == [{"code": "payment.family-price", "count": planned}]
