"""A named GP puts a plan on hold and resumes it; a coordinator and the GP say again how far a goal is."""

from datetime import date, timedelta

import pytest
from tests.acceptance.planning import a_coordinator_writes_a_plan, press, press_link

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def a_signed_plan(visitor, enrolled):
    plan = a_coordinator_writes_a_plan(visitor("coordinator"), enrolled)
    gp = visitor("gp")
    gp.opens(f"{plan}sign/")
    press(gp, "Sign the plan")
    return plan


def gives_the_day(gp, day):
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        gp.page.get_by_label(name, exact=True).fill(str(value))


@SCRIPTS
def test_a_gp_puts_a_plan_on_hold_and_resumes_it_early(visitor, enrolled, scripts):
    plan = a_signed_plan(visitor, enrolled)
    gp = visitor("gp", scripts=scripts)
    gp.opens(plan)
    press_link(gp, "Put the plan on hold")
    gp.meets_the_accessibility_floor()
    gp.page.get_by_label("Why is the plan put on hold?").fill("With her sister in Kent")
    gives_the_day(gp, date.today() + timedelta(days=30))
    press(gp, "Put the plan on hold")
    assert gp.sees("On hold since")
    assert "on hold" in gp.page.locator("h1 .nhsuk-tag").inner_text().lower()
    gp.meets_the_accessibility_floor()
    coordinator = visitor("coordinator", scripts=scripts)
    coordinator.opens(enrolled)
    assert coordinator.sees("The plan has been on hold since")
    assert coordinator.sees("With her sister in Kent.")
    coordinator.meets_the_accessibility_floor()
    gp.opens(enrolled)
    press_link(gp, "Resume the plan")
    gp.meets_the_accessibility_floor()
    press(gp, "Resume the plan")
    assert gp.sees("The plan goes on from now.")
    assert "agreed" in gp.page.locator("h1 .nhsuk-tag").inner_text().lower()


def test_holding_by_keyboard_alone(visitor, enrolled):
    plan = a_signed_plan(visitor, enrolled)
    gp = visitor("gp")
    gp.opens(plan)
    gp.tabs_to("Put the plan on hold", within=80)
    gp.page.keyboard.press("Enter")
    gp.page.wait_for_selector("#reason")
    gp.tabs_until("document.activeElement.id === text", "reason", within=20)
    day = date.today() + timedelta(days=30)
    for words in ("In Kent", day.day, day.month, day.year):
        gp.page.keyboard.type(str(words))
        gp.page.keyboard.press("Tab")
    gp.page.keyboard.press("Enter")
    gp.page.wait_for_selector(".cs-done")
    assert gp.sees("On hold since")


@SCRIPTS
def test_how_far_a_goal_is_is_said_again_and_its_course_stands_with_it(visitor, enrolled, scripts):
    plan = a_signed_plan(visitor, enrolled)
    for persona, words, came in (
        ("coordinator", "Getting closer", "As far as the gate"),
        ("gp", "Slipping further away", "Her knee"),
    ):
        somebody = visitor(persona, scripts=scripts)
        somebody.opens(plan)
        press_link(somebody, "How far is it?")
        somebody.page.get_by_label(words).check()
        somebody.page.get_by_label("What came of it?").fill(came)
        press(somebody, "Save how far it is")
        assert somebody.sees("Saved.")
    lines = somebody.page.locator(".cs-goal tbody").first.inner_text()
    assert lines.index("Her knee") < lines.index("As far as the gate")
    assert somebody.sees("Being worked on")
    somebody.meets_the_accessibility_floor()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_pages_of_a_plan_on_hold(visitor, enrolled, width):
    plan = a_signed_plan(visitor, enrolled)
    gp = visitor("gp", width=width)
    for page in ("hold/", "resume/", ""):
        gp.opens(plan + page)
        gp.meets_the_accessibility_floor()
        gp.is_not_wider_than_the_screen()
        gp.finds_every_table_named()
        if page == "hold/":
            gp.page.get_by_label("Why is the plan put on hold?").fill("In Kent")
            gives_the_day(gp, date.today() + timedelta(days=30))
            press(gp, "Put the plan on hold")
