"""At 18:40 a GP opens who is proposed, looks at the rows behind a reason, and decides; each click is counted."""

import pytest


def test_from_proposed_to_the_rows_of_a_reason_and_back_to_accept(visitor):
    gp = given_a_gp_at_the_proposals(visitor)
    row = gp.page.locator("ol.cs-list > li").first
    name = row.locator("a[data-row]").inner_text()
    clicks = 0
    reason = row.locator(".cs-reasons a[href*='/why/'], .cs-reasons a[href*='/record/']").first
    reason.click()
    clicks += 1
    then_the_rows_are_in_sight(gp, name)
    gp.page.go_back()
    clicks += 1
    gp.page.locator("ol.cs-list > li").first.locator("a[data-row]").click()
    clicks += 1
    gp.page.get_by_role("button", name="Enrol this person").click()
    clicks += 1
    assert gp.sees("Enrolled.")
    print(f"Clicks from the proposals to a reason's rows, back and to enrolled: {clicks}")
    assert clicks <= 4


def test_from_the_rows_of_a_score_straight_to_the_decision(visitor):
    gp = given_a_gp_at_the_proposals(visitor)
    gp.page.locator(".cs-reasons a[href$='/why/efi/']").first.click()
    gp.page.get_by_role("link", name="Enrol, defer or decline").click()
    gp.page.get_by_role("button", name="Enrol this person").click()
    assert gp.sees("Enrolled.")


def test_everything_a_decision_needs_is_on_its_page_without_scrolling(visitor):
    gp = given_a_gp_at_the_proposals(visitor)
    gp.page.locator("a[data-row]").first.click()
    assert gp.sees("What could still help")
    for part in ("h1", "section:has-text('is proposed')", "form#decision h2"):
        box = gp.page.locator(part).first.bounding_box()
        assert box["y"] < 800, part


def test_why_this_person_says_what_is_known_and_what_is_not(visitor):
    gp = given_a_gp_at_the_proposals(visitor)
    first = gp.page.locator("a[data-row]").first.get_attribute("href").replace("decide/", "why/")
    gp.opens(first)
    assert gp.heading() == "Why this person"
    for part in ("lists", "needs", "scores", "flags", "segment", "history", "unknown"):
        assert gp.page.locator(f"section#{part} h2").count() == 1, part
    assert gp.page.locator("#lists a").count() >= 1
    gp.page.locator("#scores a").first.click()
    assert gp.sees("behind this number")
    gp.meets_the_accessibility_floor()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_filter_is_in_words_and_in_the_address(visitor, scripts):
    gp = visitor("gp", scripts=scripts)
    gp.opens("/proposed/?whose=")
    gp.page.get_by_label("On the list").select_option("frailty")
    gp.page.get_by_role("button", name="Show").click()
    assert "list=frailty" in gp.page.url
    assert gp.sees("on “Frailty”")
    assert all("Frailty" in row.inner_text() for row in gp.page.locator("ol.cs-list > li").all())


def test_reasons_open_by_keyboard(visitor):
    gp = given_a_gp_at_the_proposals(visitor)
    gp.page.keyboard.press("j")
    gp.page.keyboard.press("Tab")
    assert gp.asks("document.activeElement.tagName") in ("A", "SUMMARY")
    gp.page.keyboard.press("Enter")
    gp.page.wait_for_url("**/people/*/**")


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_proposals_and_why_at_every_width(visitor, width):
    gp = visitor("gp", width=width)
    gp.opens("/proposed/?whose=")
    gp.meets_the_accessibility_floor()
    gp.is_not_wider_than_the_screen()
    gp.opens(gp.page.locator("a[data-row]").first.get_attribute("href").replace("decide/", "why/"))
    gp.meets_the_accessibility_floor()
    gp.is_not_wider_than_the_screen()


def given_a_gp_at_the_proposals(visitor):
    gp = visitor("gp")
    gp.opens("/proposed/?whose=")
    assert gp.heading() == "Proposed people"
    assert gp.sees("sudden entries first")
    return gp


def then_the_rows_are_in_sight(gp, name):
    assert gp.page.locator(".cs-banner__name").inner_text() == name
    assert gp.page.locator("table tbody tr, ol.cs-timeline > li, section#flags li, section#lists li").count() >= 1
