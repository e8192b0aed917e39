"""A lead finds what stands in the second row of the menu: by keyboard alone, without scripts, at each width."""

import pytest


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_a_lead_finds_the_letters_by_keyboard(visitor, width):
    lead = visitor("lead", scripts=False, width=width)
    lead.tabs_to("People", within=12)
    lead.page.keyboard.press("Enter")
    lead.page.get_by_role("navigation", name="People").wait_for()
    lead.tabs_to("Letters", within=16)
    lead.page.keyboard.press("Enter")
    lead.page.get_by_role("heading", name="Letters to send").wait_for()
    assert lead.page.get_by_label("Menu").locator("[aria-current]").all_inner_texts() == ["People"]
    lead.is_not_wider_than_the_screen()


@pytest.mark.parametrize("persona", ["gp", "coordinator", "lead", "partner", "commissioner", "analyst"])
def test_the_menu_takes_one_row_on_a_tablet(visitor, persona):
    somebody = visitor(persona, width=768)
    tops = {e.bounding_box()["y"] for e in somebody.page.get_by_label("Menu").get_by_role("link").all()}
    assert len(tops) == 1
