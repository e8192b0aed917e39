"""A practice lead looks whether everything is as it must be, finds what is not, and knows what to do about it."""

import re


def test_a_lead_finds_what_is_not_so_and_for_whom(visitor):
    gp = visitor("gp")
    gp.opens("/proposed/")
    gp.page.locator("a[data-row]").first.click()
    gp.page.get_by_role("button", name="Enrol this person").click()

    lead = visitor("lead")
    # whatever other stories made of the rota: one of the next days loses its shift
    lead.opens("/cover/")
    lead.page.get_by_role("button", name=re.compile("^Take out")).nth(1).click()
    lead.page.get_by_role("link", name="Gaps", exact=True).click()
    assert lead.heading() == "Gaps"
    lead.page.get_by_role("button", name="Look again now").click()
    lead.page.get_by_text("Everything was looked through again.").wait_for()
    assert lead.sees("broken. Looked at")
    broken = lead.page.get_by_role("table", name="Broken").get_by_role("link")
    assert lead.sees("What to do: Put somebody on the rota for them.")
    broken.filter(has_text="The duty desk is staffed").click()
    assert lead.heading() == "The duty desk is staffed in all its opening hours"
    assert lead.page.locator("tbody tr").first.inner_text().count("duty desk") == 1
    assert lead.sees("hours of its opening time")
    assert lead.page.get_by_role("heading", name="How it has been").count() == 1
    lead.page.get_by_role("link", name="Back to all gaps").click()
    lead.page.get_by_role("link", name="Nothing changes by itself").click()
    assert lead.sees("Nothing was found. Looked through:")


def test_it_works_with_the_keyboard_alone_and_without_scripts(visitor):
    lead = visitor("lead", scripts=False)
    lead.opens("/gaps/")
    lead.page.get_by_role("button", name="Look again now").focus()
    lead.page.keyboard.press("Enter")
    lead.page.get_by_text("Everything was looked through again.").wait_for()


def test_both_pages_meet_the_floor(visitor):
    for width in (1280, 390):
        lead = visitor("lead", width=width)
        for address in ("/gaps/", "/gaps/R3/", "/gaps/R22/"):
            lead.opens(address)
            lead.meets_the_accessibility_floor()
            lead.is_not_wider_than_the_screen()
            lead.finds_every_table_named()


def test_planning_sees_counts_alone(visitor):
    analyst = visitor("analyst")
    analyst.expect_refusals = True
    analyst.page.get_by_role("link", name="Gaps", exact=True).click()
    assert analyst.heading() == "Gaps"
    assert analyst.page.locator("main td a, main th a").count() == 0
    assert analyst.opens("/gaps/R1/").status == 403
