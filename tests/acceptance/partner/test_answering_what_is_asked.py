"""A partner sees first what they were asked, answers in one tap, and says when it is done."""

import pytest
from tests.acceptance.care_coordinator.test_asking_and_waiting import floor, given_the_partners_team, when_they_ask


@pytest.fixture
def asked(visitor, enrolled):
    """What the partner's team was asked a moment ago."""
    when_they_ask(visitor("coordinator"), enrolled, given_the_partners_team(visitor), "Bring a hospital bed")
    return "Bring a hospital bed"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
def test_from_asked_to_done(visitor, asked, width, scripts):
    partner = visitor("partner", width=width, scripts=scripts)
    assert partner.heading() == "Asked of me"
    if scripts:
        floor(partner)
    partner.page.get_by_role("link", name=asked).last.click()
    partner.page.get_by_role("button", name="Accept", exact=True).click()
    assert partner.sees("Accepted.")
    if scripts:
        floor(partner)
    partner.page.get_by_label("How it came out").select_option(label="Done as agreed")
    partner.page.get_by_label("What was done, and what shows it").fill("Bed stands in the front room")
    partner.page.get_by_role("button", name="Record that it is done").click()
    assert partner.sees("Kept: Done as agreed")


def test_answering_takes_two_clicks_from_signing_in(visitor, asked):
    partner = visitor("partner")
    partner.page.get_by_role("link", name=asked).last.click()
    partner.page.get_by_role("button", name="Accept", exact=True).click()
    assert partner.sees("Accepted.")


def test_declining_without_a_reason_is_said_at_the_field(visitor, asked):
    partner = visitor("partner", scripts=False)
    partner.expect_refusals = True
    partner.page.get_by_role("link", name=asked).last.click()
    partner.page.locator("summary", has_text="Decline").click()
    partner.page.get_by_role("button", name="Decline", exact=True).click()
    assert partner.page.locator(".nhsuk-error-summary").inner_text().count("Say in a few words why.") == 1
    assert partner.page.locator("#reject-reason-error").is_visible()


def test_a_partner_sees_whom_they_were_asked_about_and_nobody_else(visitor, asked):
    partner = visitor("partner")
    partner.expect_refusals = True
    partner.page.locator("li", has_text=asked).last.get_by_role("link").last.click()
    assert "/people/" in partner.page.url
    assert partner.opens("/people/1000000/promises/").status == 403
