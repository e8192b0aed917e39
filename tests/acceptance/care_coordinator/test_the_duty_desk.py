"""A coordinator staffs the duty desk: the bare hours get fewer, and a shift that cannot be is refused in words."""

import pytest
from tests.acceptance.named_gp.test_handing_over import shot


@pytest.mark.parametrize("width", [1280, 390])
def test_a_coordinator_staffs_the_desk(visitor, width):
    coordinator = visitor("coordinator", width=width)
    coordinator.opens("/cover/")
    bare = coordinator.page.locator(".cs-notice li").first.inner_text()
    day, month, year = _date(bare)
    when_they_add_a_shift(coordinator, day, month, year)
    assert coordinator.sees("staffs the desk.")
    assert bare not in coordinator.page.locator(".cs-notice").last.inner_text()
    coordinator.expect_refusals = True
    when_they_add_a_shift(coordinator, day, month, year)
    assert coordinator.sees("already.")
    coordinator.meets_the_accessibility_floor()
    coordinator.is_not_wider_than_the_screen()
    coordinator.finds_every_table_named()
    shot(coordinator, f"desk-{width}")
    coordinator.page.get_by_role("button", name="Take out").first.click()
    assert coordinator.sees("The shift is taken out.")


def when_they_add_a_shift(coordinator, day, month, year):
    page = coordinator.page
    page.get_by_label("Who is at the desk?").select_option(index=1)
    group = page.locator("section", has_text="Add a shift")
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Telephone of the desk").fill("01632 960001")
    page.get_by_role("button", name="Add the shift").click()


def _date(words):
    """Day, month and year of `Friday 27 November 2026, 08:00 to 18:30`."""
    from datetime import datetime

    at = datetime.strptime(words.partition(",")[0].partition(" ")[2], "%d %B %Y")
    return str(at.day), str(at.month), str(at.year)
