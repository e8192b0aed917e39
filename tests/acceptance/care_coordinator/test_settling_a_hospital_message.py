"""A hospital mistypes the NHS number of somebody it sends home: the desk finds the person, contact within 72 hours is
promised, and the named GP is told."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.acceptance.care_coordinator.test_from_discharge_to_contact import opened_feed, send
from tests.acceptance.named_gp.test_handing_over import shot

from carestead import results

WARD = "Ward Nine"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_mistyped_number(visitor, enrolled, demo_area, url, width, scripts):
    who = whoever_is_at(enrolled, demo_area)
    when_the_hospital_mistypes_the_number(demo_area, url, who, f"slip-{width}")
    coordinator = visitor("coordinator", width=width, scripts=scripts)
    then_today_says_that_it_waits(coordinator)
    when_they_look_for_the_person(coordinator, who)
    then_the_difference_is_shown_and_they_confirm(coordinator, who)
    then_the_contact_is_promised(coordinator, who)
    then_the_named_gp_is_told(visitor, who)


def whoever_is_at(address, area):
    """Number, birth and names of the person at an address, as their practice has them."""
    person_id = int(re.search(r"/people/(\d+)/", address)[1])
    with results.latest(area) as snapshot:
        sql = """select nhs_number, birth_date, family_name, given_name from patient join source using (source_id)
        where person_id = $person_id and nhs_number is not null order by kind = 'gp' desc limit 1"""
        row = snapshot.rows(sql, ("patient", "source"), person_id)[0]
    return {**row, "address": address, "name": f"{row['family_name'].upper()}, {row['given_name']}"}


def when_the_hospital_mistypes_the_number(area, url, who, visit):
    number = who["nhs_number"]
    mistyped = number[:8] + str((int(number[8]) + 1) % 10) + number[9]
    at = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    header = "visit_id,event,happened_at,nhs_number,name,birth_date,ward"
    row = f"{visit},discharge,{at},{mistyped},{who['given_name']} {who['family_name']},{who['birth_date']},{WARD}"
    send(url, opened_feed(area, visit), f"{header}\n{row}")


def then_today_says_that_it_waits(coordinator):
    coordinator.meets_the_accessibility_floor()
    coordinator.page.get_by_role("link", name=re.compile("hospital messages? waits? at the duty desk")).click()
    assert coordinator.heading() == "Hospital messages"
    coordinator.meets_the_accessibility_floor()


def when_they_look_for_the_person(coordinator, who):
    called = f"{who['given_name']} {who['family_name']}"
    coordinator.page.get_by_role("link", name=called, exact=True).last.click()
    assert coordinator.sees("The NHS number is not valid")
    coordinator.page.get_by_label("Or by the right NHS number").fill("123")
    coordinator.expect_refusals = True
    coordinator.page.get_by_role("button", name="Show who this is").click()
    assert coordinator.sees("The NHS number has not ten digits.")
    coordinator.meets_the_accessibility_floor()
    coordinator.page.get_by_label("Or by the right NHS number").fill(who["nhs_number"])
    coordinator.page.get_by_role("button", name="Show who this is").click()


def then_the_difference_is_shown_and_they_confirm(coordinator, who):
    assert coordinator.sees(f"Is it {who['name']}?")
    assert coordinator.sees("digit 9 differs")
    assert coordinator.sees("contact after the discharge is promised")
    coordinator.meets_the_accessibility_floor()
    coordinator.is_not_wider_than_the_screen()
    coordinator.finds_every_table_named()
    shot(coordinator, f"hospital-message-{coordinator.page.viewport_size['width']}")
    coordinator.page.get_by_role("button", name=re.compile("Yes, it is about this person")).click()
    assert coordinator.sees(f"The message is about {who['name']}. Contact is promised by")


def then_the_contact_is_promised(coordinator, who):
    coordinator.opens("/today/")
    home = coordinator.page.locator("li", has_text=who["name"]).filter(has_text="Left ")
    assert home.get_by_role("link", name="Record the contact").count() >= 1


def then_the_named_gp_is_told(visitor, who):
    gp = visitor("gp")
    row = gp.page.locator("li", has_text=who["name"]).filter(has_text="Home from hospital").filter(has_text=WARD)
    assert row.count() >= 1
