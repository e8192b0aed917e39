"""Every page of a plan and of a meeting at a desk, on a tablet and on a phone."""

import pytest

from tests.acceptance.planning import a_coordinator_begins_a_meeting, a_coordinator_writes_a_plan, press, press_link

WIDTHS = [1280, 768, 390]
PLAN = ["", "print/", "write/plan/strengths/1/", "write/contingency/contingency-plan-name/1/", "details/", "agree/",
        "goal/", "action/", "../sharing/"]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_plan(visitor, enrolled, width):
    coordinator = visitor("coordinator", width=width)
    coordinator.opens(f"{enrolled}plan/")
    holds(coordinator)
    plan = a_coordinator_writes_a_plan(coordinator, enrolled)
    for page in PLAN:
        coordinator.opens(plan + page)
        holds(coordinator)
    gp = visitor("gp", width=width)
    gp.opens(f"{plan}sign/")
    holds(gp)
    press(gp, "Sign the plan")
    for page in ("", "review/", "hold/", "end/", "print/"):
        gp.opens(plan + page)
        holds(gp)
    gp.opens(plan)
    press_link(gp, "How far is it?")
    holds(gp)
    gp.opens(enrolled)
    holds(gp)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_meeting(visitor, enrolled, width):
    coordinator = visitor("coordinator", width=width)
    meeting = a_coordinator_begins_a_meeting(coordinator, enrolled)
    turn = coordinator.page.get_by_role("link", name="Go on").get_attribute("href")
    for page in (meeting, turn, f"{meeting}print/", "/mdt/", "/mdt/prepare/", "/mdt/lessons/", f"{enrolled}lesson/"):
        coordinator.opens(page)
        holds(coordinator)


def holds(somebody):
    somebody.meets_the_accessibility_floor()
    somebody.is_not_wider_than_the_screen()
    somebody.finds_every_table_named()
