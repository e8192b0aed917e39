"""A GP signs in, opens my list, opens a person, sees why they are on it, enrols them."""

import pytest

from carestead import results


def test_a_gp_enrols_somebody(visitor):
    gp = given_a_gp_at_their_list(visitor)
    name = when_they_open_the_first_proposed_person(gp)
    then_they_see_why(gp)
    when_they_accept(gp)
    then_the_person_has_a_named_gp_and_a_coordinator(gp, name)
    then_the_log_says_who_looked(gp)


def test_the_same_without_scripts(visitor):
    gp = given_a_gp_at_their_list(visitor, scripts=False)
    name = when_they_open_the_first_proposed_person(gp)
    when_they_accept(gp)
    then_the_person_has_a_named_gp_and_a_coordinator(gp, name)


def test_the_same_by_keyboard_alone(visitor):
    gp = visitor("gp")
    gp.opens("/proposed/")
    gp.page.keyboard.press("j")
    gp.page.keyboard.press("Enter")
    gp.page.wait_for_url("**/decide/")
    gp.tabs_to("Skip to the decision", within=2)  # however many reasons there are, they need not be walked through
    gp.page.keyboard.press("Enter")
    gp.tabs_to("Enrol this person", within=3)
    gp.page.keyboard.press("Enter")
    gp.page.get_by_text("Enrolled.").wait_for()


def test_accepting_a_proposed_person_takes_two_clicks(visitor):
    gp = visitor("gp")
    gp.opens("/proposed/")
    gp.page.locator("a[data-row]").first.click()
    gp.page.get_by_role("button", name="Enrol this person").click()
    assert gp.sees("Enrolled.")


def test_declining_needs_a_reason_and_says_so_twice(visitor):
    gp = visitor("gp")
    gp.expect_refusals = True
    gp.opens("/proposed/?whose=")  # the stories before this one may have decided on everybody of their own
    gp.page.locator("a[data-row]").last.click()
    gp.page.get_by_text("Decline: do not enrol").click()
    gp.page.get_by_role("button", name="Decline to enrol").click()
    assert gp.page.locator(".nhsuk-error-summary").inner_text().count("Say in a few words why you decline.") == 1
    assert gp.page.locator("#decline_reason-error").is_visible()
    gp.meets_the_accessibility_floor()
    gp.page.get_by_label("Why not?").fill("Has moved in with her daughter in Wales")
    gp.page.get_by_role("button", name="Decline to enrol").click()
    assert gp.sees("Declined. Nothing changes for the person.")


@pytest.mark.parametrize("q", ["cottle", "999 01"])
def test_searching_my_list_keeps_the_filter_in_the_address(visitor, q):
    gp = visitor("gp")
    gp.opens("/people/?whose=")
    gp.page.get_by_label("Name or NHS number").fill(q)
    gp.page.get_by_role("button", name="Show").click()
    assert "q=" in gp.page.url
    assert gp.sees(f"found by “{q}”")


def test_a_gp_cannot_open_somebody_of_another_practice(visitor, demo_area):
    gp = visitor("gp")
    gp.expect_refusals = True
    gp.opens("/people/")
    for person_id in strangers(demo_area, gp.page.locator(".cs-person__side").first.inner_text()):
        for page in ("", "record/", "medicines/", "looked/", "decide/", "why/efi/"):
            assert gp.opens(f"/people/{person_id}/{page}").status == 403
    assert gp.sees("You have no part in this person's care")


def strangers(area, side):
    """Two people of practices other than the one named at the side of a list's row."""
    with results.latest(area) as snapshot:
        sql = """select min(person_id) as person_id from person join practice using (practice_code)
            where not contains($side, name) group by practice_code order by practice_code limit 2"""
        return [r["person_id"] for r in snapshot.rows(sql, ("person", "practice"), side=side)]


def given_a_gp_at_their_list(visitor, **options):
    gp = visitor("gp", **options)
    gp.page.get_by_role("link", name="My list").click()
    assert gp.heading() == "My list"
    assert gp.sees("most in need first")
    return gp


def when_they_open_the_first_proposed_person(gp):
    row = gp.page.locator("ol.cs-list > li", has_text="Proposed GP").first
    name = row.locator("a[data-row]").inner_text()
    row.locator("a[data-row]").click()
    assert gp.page.locator(".cs-banner__name").inner_text() == name
    return name


def then_they_see_why(gp):
    assert gp.page.locator("section", has_text="Why on the register").locator("li").count() >= 1
    gp.page.get_by_role("link", name="Why this person").click()
    gp.page.locator("#scores a").first.click()
    assert gp.sees("behind this number")
    gp.page.go_back()
    gp.page.get_by_role("link", name="Now").click()


def when_they_accept(gp):
    gp.page.get_by_role("link", name="Enrol, defer or decline").click()
    gp.page.get_by_role("button", name="Enrol this person").click()


def then_the_person_has_a_named_gp_and_a_coordinator(gp, name):
    assert gp.sees("Enrolled.")
    assert gp.page.locator(".cs-banner__name").inner_text() == name
    who = gp.page.locator("section", has_text="Who looks after").inner_text()
    assert who.count("since ") == 2


def then_the_log_says_who_looked(gp):
    gp.page.get_by_role("link", name="Who looked").click()
    assert gp.sees("enrolled the person")
    assert gp.sees("opened the first page")
