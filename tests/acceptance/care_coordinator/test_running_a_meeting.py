"""A coordinator runs a meeting at a tablet: one person at a time, and nobody leaves with nothing."""

import pytest
from tests.acceptance.planning import a_coordinator_begins_a_meeting, press, press_link


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_coordinator_runs_a_meeting(visitor, enrolled, scripts):
    coordinator = visitor("coordinator", width=768, scripts=scripts)
    coordinator.expect_refusals = True
    meeting = a_coordinator_begins_a_meeting(coordinator, enrolled)
    name = when_they_try_to_close_too_early(coordinator)
    then_they_are_told_who_leaves_with_nothing(coordinator, name)
    when_everybody_leaves_with_something(coordinator, meeting)
    then_the_meeting_closes(coordinator, meeting)
    coordinator.opens(enrolled)
    assert coordinator.sees(name)


def test_a_turn_is_settled_in_under_three_clicks(visitor, enrolled):
    coordinator = visitor("coordinator", width=768)
    meeting = a_coordinator_begins_a_meeting(coordinator, enrolled)
    coordinator.opens(meeting)
    press_link(coordinator, "Go on")
    clicks = 1
    press(coordinator, "Promise this")
    assert clicks < 3
    assert coordinator.sees("is asked:")


def test_no_action_is_said_with_a_reason_by_keyboard_alone(visitor, enrolled):
    coordinator = visitor("coordinator", width=768)
    meeting = a_coordinator_begins_a_meeting(coordinator, enrolled)
    coordinator.opens(meeting)
    press_link(coordinator, "Go on")
    coordinator.page.locator("input[name=because]").first.focus()
    coordinator.page.keyboard.press("Space")
    coordinator.page.keyboard.press("Tab")
    coordinator.page.keyboard.press("Tab")
    coordinator.page.keyboard.press("Enter")
    coordinator.page.wait_for_selector(".cs-done")
    assert coordinator.sees("no action, with the reason")


def test_a_lesson_from_a_turn(visitor, enrolled):
    coordinator = visitor("coordinator")
    meeting = a_coordinator_begins_a_meeting(coordinator, enrolled)
    coordinator.opens(meeting)
    press_link(coordinator, "Go on")
    press_link(coordinator, "Something went wrong")
    coordinator.page.get_by_label("What went wrong?").fill("Nobody told the daughter")
    coordinator.page.get_by_text("Somebody was not told").click()
    press(coordinator, "Write it down")
    press_link(coordinator, "Nobody told the daughter")
    assert coordinator.sees("Next: Promise to do something about it")
    coordinator.meets_the_accessibility_floor()


def when_they_try_to_close_too_early(coordinator):
    name = coordinator.page.locator("ol.cs-list .cs-list__name").last.inner_text()
    coordinator.page.locator("summary", has_text="Close the meeting").click()
    press(coordinator, "Close the meeting")
    return name


def then_they_are_told_who_leaves_with_nothing(coordinator, name):
    said = coordinator.page.locator(".nhsuk-error-summary").inner_text()
    assert name in said
    assert "with nothing" in said
    coordinator.meets_the_accessibility_floor()


def when_everybody_leaves_with_something(coordinator, meeting):
    coordinator.opens(meeting)
    press_link(coordinator, "Go on")
    coordinator.meets_the_accessibility_floor()
    coordinator.is_not_wider_than_the_screen()
    for _ in range(30):
        if coordinator.page.url == meeting:
            return
        press(coordinator, "Promise this")
    raise AssertionError("The meeting does not come to its end.")


def then_the_meeting_closes(coordinator, meeting):
    press(coordinator, "Close the meeting")
    assert coordinator.sees("The meeting is closed. Everybody on its agenda leaves with a promise or a reason.")
    assert coordinator.sees("Leaves with a promise")
