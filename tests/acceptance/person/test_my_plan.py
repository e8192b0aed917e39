"""A person says what matters to them, how it goes, and who may see it; their carer writes once they are let."""

import re

import pytest
from tests.acceptance.planning import press, press_link

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def my_plan(visitor):
    """The address of the demonstration's person as professionals see them; their plan is signed."""
    person, gp = visitor("person"), visitor("gp")
    person.opens("/my-page/")
    name = person.heading()
    gp.opens(f"/people/?whose=&q={name.split(',')[0]}")
    address = gp.page.locator("a[data-row]", has_text=name).first.get_attribute("href")
    gp.opens(f"{address}plan/")
    if gp.page.get_by_role("link", name="Read and sign").count():
        press_link(gp, "Read and sign")
        press(gp, "Sign the plan")
    return address


@SCRIPTS
def test_a_person_writes_about_themselves_and_the_coordinator_sees_it(visitor, my_plan, scripts):
    words = f"I take my tea black, {'with' if scripts else 'without'} scripts."
    person = visitor("person", scripts=scripts)
    when_they_write(person, "Also worth knowing about me", words)
    assert person.sees("Saved.")
    assert person.sees(words)
    assert person.sees("Written by you")
    coordinator = visitor("coordinator", scripts=scripts)
    coordinator.opens(f"{my_plan}plan/")
    assert coordinator.sees(words)
    assert coordinator.sees("Written by the person themselves")
    coordinator.meets_the_accessibility_floor()
    person.opens("/my-page/about-me/")
    assert re.search(r"Read since it was last written by: .+\.", person.page.locator("main").inner_text())


def test_writing_by_keyboard_alone(visitor, my_plan):
    person = visitor("person")
    person.opens("/my-page/")
    person.tabs_to("About me", within=20)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/about-me/")
    person.tabs_until("document.activeElement.href?.includes(text)", "please-do", within=30)
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector("textarea")
    person.tabs_until("document.activeElement.id === text", "text", within=20)
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type("Please knock, and wait.")
    person.tabs_to("Save", within=2)
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector(".cs-done")
    assert person.sees("Please knock, and wait.")


def test_the_person_and_their_carer_write_at_once_and_nothing_is_lost(visitor, my_plan):
    person, carer = visitor("person"), visitor("carer")
    person.expect_refusals = True
    for somebody, words in ((person, "A good day is a quiet day."), (carer, "Mum likes company.")):
        somebody.opens("/my-page/about-me/my-wellness/")
        somebody.page.get_by_label("My wellness").fill(words)
    press(carer, "Save")
    press(person, "Save")
    assert person.heading().endswith("Two people wrote this at once")
    assert person.sees("Mum likes company.")
    assert person.sees("A good day is a quiet day.")
    person.meets_the_accessibility_floor()
    person.is_not_wider_than_the_screen()
    person.page.get_by_label("What it should say").fill("Some days quiet, some days company.")
    press(person, "Save this")
    assert person.sees("Some days quiet, some days company.")


@SCRIPTS
def test_a_person_says_how_it_goes_in_their_own_words(visitor, my_plan, scripts):
    person = visitor("person", scripts=scripts)
    person.opens("/my-page/")
    press_link(person, "How is it going?")
    person.meets_the_accessibility_floor()
    person.page.get_by_label("Getting closer").check()
    person.page.get_by_label("In your own words").fill("I got to the post box and back.")
    press(person, "Save how it goes")
    assert person.sees("It stands in your plan, as you said it.")
    assert person.sees("“I got to the post box and back.”")
    person.meets_the_accessibility_floor()
    gp = visitor("gp", scripts=scripts)
    gp.opens(f"{my_plan}plan/")
    assert gp.sees("I got to the post box and back.")
    assert gp.sees("The person themselves")


@SCRIPTS
def test_a_person_chooses_who_sees_what(visitor, my_plan, scripts):
    person = visitor("person", scripts=scripts)
    person.opens("/my-page/")
    press_link(person, "Who sees my plan")
    row = person.page.locator("tr", has_text="Care homes" if scripts else "Social care")
    assert "Nothing" in row.inner_text()
    row.get_by_role("link").click()
    person.page.locator("#about-me").check()
    press(person, "Save")
    assert person.sees("Saved. It holds from this moment.")
    assert "About me" in row.inner_text()
    coordinator = visitor("coordinator", scripts=scripts)
    coordinator.opens(f"{my_plan}plan/sharing/")
    assert coordinator.sees(f"{'Care homes' if scripts else 'Social care'} may see about me")


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_page_of_a_goal(visitor, my_plan, width):
    person = visitor("person", width=width)
    person.opens("/my-page/")
    press_link(person, "How is it going?")
    person.meets_the_accessibility_floor()
    person.is_not_wider_than_the_screen()
    person.finds_every_table_named()


def test_what_a_person_reads_and_writes_about_themselves_is_large_print(visitor, my_plan):
    person = visitor("person", width=390)
    person.opens("/my-page/about-me/my-wellness/")
    for what in ("#text", "#text-hint", "main .nhsuk-button"):
        size = person.page.locator(what).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 24, f"{what} is {size} px: large print is 18 point"


def when_they_write(person, heading, words):
    person.opens("/my-page/")
    press_link(person, "About me")
    person.meets_the_accessibility_floor()
    person.page.get_by_role("link", name=re.compile(f"(Write|Change) {heading}")).click()
    person.page.get_by_label(heading).fill(words)
    person.meets_the_accessibility_floor()
    press(person, "Save")
