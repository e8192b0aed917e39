"""A coordinator buys home care for an enrolled person, sees the fund go down, and cannot overspend it."""

import re


def test_a_coordinator_buys_home_care_and_the_fund_goes_down(visitor, enrolled):
    before = fund_left(visitor)
    coordinator = given_a_coordinator_at(visitor, enrolled)
    when_they_ask_for(coordinator, hours="7.5", weeks="4")
    cost = then_they_check_the_answers(coordinator)
    coordinator.page.get_by_role("button", name="Confirm and buy").click()
    assert coordinator.sees("Bought: 7.5 hours of home care a week for 4 weeks")
    assert (
        coordinator.page.locator("section", has_text="Care in place").inner_text().count("Home care from the fund") == 1
    )
    assert fund_left(visitor) == before - cost


def test_confirming_twice_buys_once(visitor, enrolled):
    coordinator = given_a_coordinator_at(visitor, enrolled)
    when_they_ask_for(coordinator, hours="1", weeks="1")
    before = fund_left(visitor)
    cost = then_they_check_the_answers(coordinator)
    address = coordinator.page.url
    hidden = {i.get_attribute("name"): i.get_attribute("value") for i in coordinator.page.locator("main input").all()}
    for _ in range(2):
        sent = coordinator.context.request.post(
            address, form={**hidden, "step": "confirm"}, headers={"Referer": address}
        )
        assert sent.ok
    coordinator.opens(enrolled)
    assert (
        coordinator.page.locator("section", has_text="Care in place").inner_text().count("Home care from the fund") == 1
    )
    assert fund_left(visitor) == before - cost


def test_overspending_is_refused_and_says_how_much_is_left(visitor, enrolled):
    before = fund_left(visitor)
    coordinator = given_a_coordinator_at(visitor, enrolled)
    coordinator.expect_refusals = True
    when_they_ask_for(coordinator, hours="168", weeks="104")
    said = coordinator.page.locator(".nhsuk-error-summary").inner_text()
    assert re.search(r"This costs £[\d,.]+ and the fund has £[\d,.]+ left", said)
    coordinator.meets_the_accessibility_floor()
    assert fund_left(visitor) == before


def test_wrong_answers_are_said_at_the_field(visitor, enrolled):
    coordinator = given_a_coordinator_at(visitor, enrolled, scripts=False)
    coordinator.expect_refusals = True
    when_they_ask_for(coordinator, hours="lots", weeks="0", day="31", month="2")
    for field in ("hours", "weeks", "start"):
        assert coordinator.page.locator(f"#{field}-error").is_visible()
    assert coordinator.page.get_by_label("Hours a week").input_value() == "lots"


def test_a_commissioner_sees_no_way_to_buy(visitor, enrolled):
    commissioner = visitor("commissioner")
    commissioner.expect_refusals = True
    assert commissioner.opens(f"{enrolled}buy/").status == 403


def given_a_coordinator_at(visitor, address, **options):
    coordinator = visitor("coordinator", **options)
    assert coordinator.heading() == "Today"
    coordinator.opens(address)
    coordinator.page.get_by_role("link", name="Buy home care").click()
    return coordinator


def when_they_ask_for(coordinator, *, hours, weeks, day=None, month=None):
    page = coordinator.page
    page.get_by_label("Who gives the care").select_option(index=1)
    page.get_by_label("Hours a week").fill(hours)
    page.get_by_label("For how many weeks").fill(weeks)
    if day:
        page.get_by_label("Day", exact=True).fill(day)
        page.get_by_label("Month", exact=True).fill(month)
    page.get_by_role("button", name="Go on to check").click()


def then_they_check_the_answers(coordinator):
    assert coordinator.heading() == "Check before you buy"
    coordinator.meets_the_accessibility_floor()
    row = coordinator.page.locator(".nhsuk-summary-list__row", has_text="Cost in all")
    return pence(row.locator("dd").inner_text())


def fund_left(visitor):
    commissioner = visitor("commissioner")
    return pence(commissioner.page.locator(".cs-big").first.inner_text())


def pence(text):
    return int(re.sub(r"[£,.]", "", text))
