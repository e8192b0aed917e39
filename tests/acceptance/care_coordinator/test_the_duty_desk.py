"""A coordinator staffs the duty desk: the bare hours get fewer, and a shift that cannot be is refused in words."""

from datetime import datetime

import pytest
from tests.acceptance.named_gp.test_handing_over import chooses, shot


@pytest.mark.parametrize("width", [1280, 390])
def test_a_coordinator_staffs_the_desk(visitor, width):
    coordinator = visitor("coordinator", width=width)
    coordinator.opens("/cover/")
    bare = when_a_day_is_without_anybody(coordinator)
    when_they_take_it_themselves(coordinator, bare)
    assert coordinator.sees("staffs the desk.")
    assert bare not in coordinator.page.locator("main").inner_text()
    coordinator.expect_refusals = True
    when_they_take_it_themselves(coordinator, bare)
    assert coordinator.sees("already.")
    coordinator.meets_the_accessibility_floor()
    coordinator.is_not_wider_than_the_screen()
    coordinator.finds_every_table_named()
    shot(coordinator, f"desk-{width}")


def when_a_day_is_without_anybody(coordinator):
    """The last day that is bare; where every hour is staffed, a shift is taken out first."""
    if coordinator.sees("Every opening hour is staffed."):
        coordinator.page.get_by_role("button", name="Take out").last.click()
        assert coordinator.sees("The shift is taken out.")
    return coordinator.page.locator(".cs-notice li").last.inner_text()


def when_they_take_it_themselves(coordinator, bare):
    """Add a shift of one's own over the hours of `Friday 27 November 2026, 08:00 to 18:30`."""
    page, (day, hours) = coordinator.page, bare.split(", ")
    start, end = hours.split(" to ")
    chooses(page.get_by_label("Who is at the desk?"), page.locator(".cs-header__who").inner_text().split(" ")[1])
    form = page.locator("section", has_text="Add a shift")
    for label, value in (*_date(day), ("From", start), ("To", end), ("Telephone of the desk", "01632 960001")):
        form.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Add the shift").click()


def _date(words):
    """The fields of `Friday 27 November 2026`."""
    at = datetime.strptime(words.partition(" ")[2], "%d %B %Y")
    return ("Day", str(at.day)), ("Month", str(at.month)), ("Year", str(at.year))
