"""A GP goes on leave and hands somebody over: the colleague agrees to cover, takes the person on, and the page says
who was responsible when."""

from pathlib import Path

import pytest


def test_a_gp_hands_somebody_over(visitor):
    gp = given_a_gp_with_somebody_enrolled(visitor)
    name = when_they_offer_the_person_to_a_colleague(gp)
    colleague = then_the_colleague_sees_what_is_asked(visitor, name)
    when_they_accept(colleague)
    then_the_page_says_who_is_responsible_since_when(colleague)
    then_the_person_waits_for_nobody(gp, name)


def test_declining_without_a_reason_says_what_to_type(visitor):
    gp = given_a_gp_with_somebody_enrolled(visitor)
    name = when_they_offer_the_person_to_a_colleague(gp)
    colleague = then_the_colleague_sees_what_is_asked(visitor, name)
    colleague.expect_refusals = True
    colleague.page.get_by_text("Decline", exact=True).first.click()
    colleague.page.get_by_role("button", name="Decline").click()
    assert "Say in a few words why." in colleague.page.locator(".nhsuk-error-summary").inner_text()
    colleague.meets_the_accessibility_floor()
    colleague.page.get_by_label("Why not?").fill("My list is full")
    colleague.page.get_by_role("button", name="Decline").click()
    assert colleague.sees("Declined.")
    gp.opens("/hand-overs/")
    assert gp.sees("To be offered again")
    assert gp.sees("My list is full")


def test_a_gp_hands_over_by_keyboard_alone_and_without_scripts(visitor):
    gp = given_a_gp_with_somebody_enrolled(visitor, scripts=False)
    gp.page.get_by_role("link", name="Responsibility").click()
    gp.page.get_by_role("link", name="Hand over", exact=True).focus()
    gp.page.keyboard.press("Enter")
    gp.page.get_by_label("Who is asked?").focus()
    gp.page.keyboard.press("ArrowDown")
    gp.page.keyboard.press("Tab")
    gp.page.keyboard.type("Moving to another practice")
    gp.page.keyboard.press("Enter")
    gp.page.get_by_text("Until they accept nothing changes.").wait_for()


def test_going_away_asks_a_colleague_and_until_then_the_desk_answers(visitor):
    gp = visitor("gp")
    gp.opens("/cover/")
    gp.meets_the_accessibility_floor()
    assert gp.sees("outside these hours NHS 111 (111) answers.")
    when_they_plan_a_week_away(gp)
    assert gp.sees("is asked to cover; until they agree the duty desk answers.")
    colleague = visitor("gp2")
    colleague.opens("/cover/")
    asked = colleague.page.locator("section", has_text="Annual leave")
    asked.get_by_role("button", name="Yes, I cover for").click()
    assert colleague.sees("while they are away.")
    assert colleague.sees("I cover for")
    gp.opens("/cover/")
    gp.page.get_by_role("row", name="Annual leave").get_by_role("button", name="Cancel").click()
    assert gp.sees("Cancelled.")


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_pages_of_a_hand_over_meet_the_floor(visitor, width, tmp_path):
    gp = given_a_gp_with_somebody_enrolled(visitor, width=width)
    person = gp.page.url
    for address in (
        "/hand-overs/",
        "/hand-overs/many/",
        "/cover/",
        f"{person}responsibility/",
        f"{person}hand-over/",
        f"{person}end/",
    ):
        gp.opens(address)
        gp.meets_the_accessibility_floor()
        gp.is_not_wider_than_the_screen()
        gp.finds_every_table_named()
        shot(gp, f"{address.rstrip('/').rsplit('/', 1)[-1]}-{width}")


def test_who_was_responsible_before_anybody_was(visitor):
    gp = given_a_gp_with_somebody_enrolled(visitor)
    gp.opens(f"{gp.page.url}responsibility/")
    for name, value in (("Day", "3"), ("Month", "5"), ("Year", "2026"), ("At what time?", "02:10")):
        gp.page.get_by_label(name, exact=True).fill(value)
    gp.page.get_by_role("button", name="Show who was responsible").click()
    assert gp.sees("Named GP, 3 May 2026 at 02:10")
    assert gp.sees("nobody: not enrolled then")
    gp.expect_refusals = True
    gp.page.get_by_label("At what time?").fill("quarter past")
    gp.page.get_by_role("button", name="Show who was responsible").click()
    assert gp.sees("Type a time such as 14:30.")


def given_a_gp_with_somebody_enrolled(visitor, **options):
    gp = visitor("gp", **options)
    gp.opens("/proposed/?whose=")
    gp.page.locator("a[data-row]").first.click()
    chooses(gp.page.get_by_label("Named GP"), persona_name(gp, "gp"))
    gp.page.get_by_role("button", name="Enrol this person").click()
    assert gp.sees("Enrolled."), gp.page.locator("main").inner_text()[:600]
    return gp


def when_they_offer_the_person_to_a_colleague(gp):
    name = gp.page.locator(".cs-banner__name").inner_text()
    gp.page.get_by_role("link", name="Responsibility").click()
    gp.meets_the_accessibility_floor()
    shot(gp, "responsibility")
    gp.page.get_by_role("link", name="Hand over", exact=True).click()
    gp.meets_the_accessibility_floor()
    chooses(gp.page.get_by_label("Who is asked?"), persona_name(gp, "gp2"))
    gp.page.get_by_label("Why?").fill("I leave the practice in June")
    gp.page.get_by_role("button", name="Offer it").click()
    assert gp.sees("Until they accept nothing changes.")
    return name


def persona_name(somebody, persona):
    """The name of a persona, as the sign-in page says it."""
    page = somebody.context.browser.new_page()
    try:
        page.goto(f"{somebody.url}/sign-in/")
        return page.locator(f"button[value={persona}]").inner_text().replace("Named GP", "").strip()
    finally:
        page.close()


def chooses(field, name):
    """Choose the line of a list that has the name in it."""
    field.select_option(label=next(t for t in field.locator("option").all_inner_texts() if name in t))


def then_the_colleague_sees_what_is_asked(visitor, name):
    colleague = visitor("gp2")
    colleague.opens("/hand-overs/")
    colleague.meets_the_accessibility_floor()
    shot(colleague, "hand-overs")
    colleague.page.get_by_role("link", name=name).first.click()
    assert colleague.sees("What to know")
    colleague.meets_the_accessibility_floor()
    shot(colleague, "hand-over")
    return colleague


def when_they_accept(colleague):
    colleague.page.get_by_role("button", name="Accept: I am responsible").click()
    assert colleague.sees("You are the named GP from now.")


def then_the_page_says_who_is_responsible_since_when(colleague):
    assert colleague.heading() == "Who was responsible?"
    assert colleague.sees("after 1 change")
    colleague.meets_the_accessibility_floor()
    shot(colleague, "responsibility-after")


def then_the_person_waits_for_nobody(gp, name):
    gp.opens("/hand-overs/")
    assert gp.page.get_by_role("table", name="Waiting for an answer").get_by_role("link", name=name).count() == 0


def when_they_plan_a_week_away(gp):
    first = gp.page.locator("fieldset", has_text="First day away")
    back = gp.page.locator("fieldset", has_text="First day back")
    for group, day in ((first, "1"), (back, "8")):
        for label, value in (("Day", day), ("Month", "3"), ("Year", "2027")):
            group.get_by_label(label).fill(value)
    gp.page.get_by_label("Why?", exact=True).fill("Annual leave")
    chooses(gp.page.get_by_label("Who is asked to cover?"), persona_name(gp, "gp2"))
    shot(gp, "cover")
    gp.page.get_by_role("button", name="Plan the absence").click()


def shot(somebody, name):
    """A picture for people to look at, where CARESTEAD_SHOTS names a folder."""
    import os

    if folder := os.environ.get("CARESTEAD_SHOTS"):
        somebody.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
