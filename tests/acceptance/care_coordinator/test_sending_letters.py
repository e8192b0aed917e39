"""A GP enrols somebody; the coordinator finds the letter that tells them, reads, prints and posts it."""

import pytest


@pytest.mark.parametrize("scripts", [True, False])
def test_a_letter_from_the_enrolment_to_the_post(visitor, scripts):
    name = given_somebody_newly_enrolled(visitor)
    clerk = visitor("coordinator", scripts=scripts)
    when_the_coordinator_reads_the_letter(clerk, name)
    then_it_can_be_printed_in_large_print(clerk)
    when_it_is_posted_with_the_others(clerk, name)
    then_nothing_waits(clerk)


def test_letters_on_a_phone_and_for_everybody(visitor):
    given_somebody_newly_enrolled(visitor)
    for width in (1280, 390):
        clerk = visitor("coordinator", width=width)
        clerk.opens("/letters/")
        floor(clerk)
        clerk.page.get_by_role("link", name="Read").first.click()
        floor(clerk)


def test_a_letter_is_put_aside_only_with_a_reason(visitor):
    given_somebody_newly_enrolled(visitor)
    clerk = visitor("coordinator")
    clerk.expect_refusals = True
    clerk.opens("/letters/")
    clerk.page.get_by_role("link", name="Read").first.click()
    clerk.page.get_by_text("Put it aside").click()
    clerk.page.get_by_role("button", name="Put the letter aside").click()
    assert clerk.sees("put aside without a reason")
    floor(clerk)
    clerk.page.get_by_label("Why not?").fill("Told at home today")
    clerk.page.get_by_role("button", name="Put the letter aside").click()
    assert clerk.sees("Put aside: the person is not told by letter.")


@pytest.mark.parametrize("persona", ["analyst", "lead"])
def test_delivery_is_shown_as_distributions(visitor, persona):
    for width in (1280, 390):
        reader = visitor(persona, width=width)
        reader.opens("/delivery/")
        assert reader.heading() == "Delivery: is what was promised done?"
        floor(reader)
        reader.page.locator("summary").first.click()
        assert reader.sees("nothing drops out by waiting")


def floor(somebody) -> None:
    somebody.meets_the_accessibility_floor()
    somebody.is_not_wider_than_the_screen()
    somebody.finds_every_table_named()


def given_somebody_newly_enrolled(visitor) -> str:
    gp = visitor("gp")
    gp.opens("/proposed/")
    gp.page.locator("a[data-row]").first.click()
    name = gp.page.locator(".cs-banner__name").inner_text()
    gp.page.get_by_role("button", name="Enrol this person").click()
    assert gp.sees("Enrolled.")
    return name


def when_the_coordinator_reads_the_letter(clerk, name):
    clerk.opens("/letters/")
    row = clerk.page.locator("tr", has_text=name)
    assert "Who their named GP is" in row.inner_text()
    row.get_by_role("link", name="Read").click()
    assert clerk.sees("is your named GP")
    assert clerk.sees("When we are closed, ring 111.")


def then_it_can_be_printed_in_large_print(clerk):
    href = clerk.page.get_by_role("link", name="Large print (PDF)", exact=True).get_attribute("href")
    answer = clerk.context.request.get(clerk.url + href)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def when_it_is_posted_with_the_others(clerk, name):
    clerk.page.get_by_role("link", name="Back to letters to send").click()
    assert clerk.page.get_by_role("checkbox", name=name).is_checked()
    clerk.page.get_by_role("button", name="Record those ticked as posted").click()
    assert clerk.sees("recorded as posted.")


def then_nothing_waits(clerk):
    assert clerk.sees("No letter waits.")


@pytest.mark.parametrize("persona", ["gp", "coordinator", "partner", "lead"])
def test_the_page_of_what_is_late_meets_the_floor(visitor, persona):
    somebody = visitor(persona, width=390)
    somebody.opens("/late/")
    assert somebody.heading() == "Late"
    floor(somebody)
