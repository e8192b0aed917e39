"""A coordinator writes a plan with a person; the named GP reads it and signs it; it prints."""

import pytest
from tests.acceptance.planning import a_coordinator_writes_a_plan, press, press_link


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_named_gp_signs_a_plan_that_the_coordinator_wrote(visitor, enrolled, scripts):
    plan = a_coordinator_writes_a_plan(visitor("coordinator", scripts=scripts), enrolled)
    gp = visitor("gp", scripts=scripts)
    given_a_gp_who_finds_a_plan_to_sign(gp, enrolled)
    when_they_read_it_and_sign(gp)
    then_it_holds(gp, plan)
    then_the_log_says_who_read_and_who_signed(gp, enrolled)


def test_signing_by_keyboard_alone(visitor, enrolled):
    a_coordinator_writes_a_plan(visitor("coordinator"), enrolled)
    gp = visitor("gp")
    gp.opens(f"{enrolled}plan/")
    for wanted, comes in (("Read and sign", "h1:has-text('Sign the plan')"), ("Sign the plan", ".cs-done")):
        gp.tabs_to(wanted, within=80)
        gp.page.keyboard.press("Enter")
        gp.page.wait_for_selector(comes)
    assert gp.sees("Signed. The plan holds from now.")


def test_reading_and_signing_takes_two_clicks(visitor, enrolled):
    a_coordinator_writes_a_plan(visitor("coordinator"), enrolled)
    gp = visitor("gp")
    gp.opens(f"{enrolled}plan/")
    press_link(gp, "Read and sign")
    press(gp, "Sign the plan")
    assert gp.sees("Signed.")


def test_the_next_version_holds_only_when_it_is_signed(visitor, enrolled):
    coordinator = visitor("coordinator")
    a_coordinator_writes_a_plan(coordinator, enrolled)
    gp = visitor("gp")
    given_a_gp_who_finds_a_plan_to_sign(gp, enrolled)
    when_they_read_it_and_sign(gp)
    coordinator.opens(f"{enrolled}plan/")
    press(coordinator, "Begin the next version")
    press_link(coordinator, "Strengths")
    coordinator.page.get_by_label("Strengths").fill("Knows every plant by name")
    press(coordinator, "Save")
    gp.opens(f"{enrolled}plan/")
    assert gp.sees("A next version is being written")
    assert not gp.sees("Knows every plant by name")


def test_two_people_write_one_section(visitor, enrolled):
    coordinator = visitor("coordinator")
    a_coordinator_writes_a_plan(coordinator, enrolled)
    gp = visitor("gp")
    gp.expect_refusals = True
    for somebody in (coordinator, gp):
        somebody.opens(f"{enrolled}plan/")
        press_link(somebody, "Strengths")
        somebody.page.get_by_label("Strengths").fill(
            f"Written by the {somebody.page.locator('.cs-header__role').inner_text()}"
        )
    press(coordinator, "Save")
    press(gp, "Save")
    assert gp.heading().endswith("Two people wrote this at once")
    gp.meets_the_accessibility_floor()
    gp.is_not_wider_than_the_screen()
    gp.page.get_by_label("What it should say").fill("Written by both")
    press(gp, "Save this")
    assert gp.sees("Written by both")


def test_the_plan_prints_on_a4_in_black_and_white(visitor, enrolled):
    coordinator = visitor("coordinator")
    a_coordinator_writes_a_plan(coordinator, enrolled)
    press_link(coordinator, "Print this plan")
    coordinator.page.emulate_media(media="print")
    assert not coordinator.page.locator("header").is_visible()
    assert not coordinator.page.get_by_role("link", name="Back to the plan").is_visible()
    for fact in (
        "Care and support plan of",
        "My dog Bess",
        "I want to get to the allotment again",
        "Contingency plan 1",
    ):
        assert coordinator.sees(fact)
    colours = coordinator.asks(
        "[...new Set([...document.querySelectorAll('.cs-paper *')].map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    assert coordinator.page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def given_a_gp_who_finds_a_plan_to_sign(gp, person):
    gp.opens(person)
    gp.page.get_by_label("About this person").get_by_role("link", name="Plan").click()
    assert gp.sees("My dog Bess")
    gp.meets_the_accessibility_floor()


def when_they_read_it_and_sign(gp):
    press_link(gp, "Read and sign")
    for fact in ("I want to get to the allotment again", "Assess the steps", "I do not pick up the phone by ten"):
        assert gp.sees(fact)
    gp.meets_the_accessibility_floor()
    press(gp, "Sign the plan")


def then_it_holds(gp, plan):
    assert gp.sees("Signed. The plan holds from now.")
    assert gp.page.url == plan
    assert "agreed" in gp.page.locator("h1 .nhsuk-tag").inner_text().lower()
    who = gp.page.locator(".cs-header__who").inner_text().split("\n")[0]
    assert who.split(" · ")[0].strip()[:8] in gp.page.locator("dl.cs-facts").first.inner_text()


def then_the_log_says_who_read_and_who_signed(gp, person):
    gp.opens(f"{person}looked/")
    assert gp.sees("signed the plan")
    assert gp.sees("read the care and support plan")
