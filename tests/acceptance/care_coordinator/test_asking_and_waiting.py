"""A coordinator promises something, asks a team, waits, chooses the next one, closes the loop with the person told."""

import pytest

WIDTHS = [1280, 390]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_request_round_its_whole_loop(visitor, enrolled, scripts):
    coordinator = visitor("coordinator", scripts=scripts)
    team = given_the_partners_team(visitor)
    when_they_ask(coordinator, enrolled, team, "Night sitting")
    request = coordinator.page.url
    then_they_wait_on(coordinator, "Night sitting", team)
    when_the_partner_declines(visitor, "Night sitting", "No nurses until May")
    then_they_must_choose_the_next(coordinator, request)
    when_the_outcome_comes_by_letter(coordinator, request)
    then_it_closes_only_reviewed_and_told(coordinator, request)


def test_a_yes_by_telephone_is_one_tap(visitor, enrolled):
    coordinator = visitor("coordinator")
    when_they_ask(coordinator, enrolled, given_the_partners_team(visitor), "Dress the leg")
    coordinator.page.get_by_role("link", name="Dress the leg").first.click()
    before = coordinator.page.url
    coordinator.page.get_by_role("button", name="Record their yes").click()
    assert coordinator.page.url == before
    assert coordinator.sees("Accepted, in the name you gave.")
    assert coordinator.page.locator(".cs-history").inner_text().count("by telephone") == 1


def test_a_template_fills_the_promise_in_and_it_is_kept(visitor, enrolled):
    coordinator = visitor("coordinator")
    coordinator.opens(f"{enrolled}promises/new/")
    coordinator.page.get_by_label("Start from").select_option(label="How the carer is")
    coordinator.page.get_by_role("button", name="Fill in").click()
    assert "carer's assessment" in coordinator.page.get_by_label("What is to be done").input_value()
    coordinator.page.get_by_label("Who does it").select_option(index=1)
    coordinator.page.get_by_role("button", name="Promise it").click()
    assert coordinator.sees("Promised.")
    coordinator.page.get_by_label("How it came out").select_option(label="Done as agreed")
    coordinator.page.get_by_role("button", name="Record that it is done").click()
    assert coordinator.sees("Kept.")
    coordinator.page.get_by_text("This was not done").click()
    coordinator.page.get_by_label("What did not happen").fill("Nobody rang her")
    coordinator.page.get_by_role("button", name="Say that it was not done").click()
    assert coordinator.heading().startswith("Was said to be done, and was not")


def test_two_people_at_one_promise(visitor, enrolled):
    """The slower one sees both values, keeps what they typed, and can go on from there."""
    coordinator, partner = visitor("coordinator"), visitor("partner")
    coordinator.expect_refusals = partner.expect_refusals = True
    when_they_ask(coordinator, enrolled, given_the_partners_team(visitor), "Fit a rail")
    partner.opens("/asked/")
    partner.page.get_by_role("link", name="Fit a rail").first.click()
    partner.page.locator("summary", has_text="Decline").click()
    partner.page.get_by_label("Why not", exact=True).fill("We have no fitter")
    coordinator.page.get_by_role("link", name="Fit a rail").first.click()
    coordinator.page.get_by_role("button", name="Record their yes").click()
    partner.page.get_by_role("button", name="Decline", exact=True).click()
    assert partner.heading() == "Somebody else changed this while you were typing"
    assert partner.page.get_by_label("Why not", exact=True).input_value() == "We have no fitter"
    assert partner.page.get_by_role("row", name="State Asked, not opened Accepted").is_visible()
    floor(partner)
    partner.page.get_by_role("button", name="Decline all the same").click()
    assert partner.sees("Declined.")


def test_by_keyboard_alone(visitor, enrolled):
    coordinator = visitor("coordinator")
    when_they_ask(coordinator, enrolled, given_the_partners_team(visitor), "Lend a commode")
    coordinator.opens("/waiting/")
    coordinator.page.keyboard.press("j")
    coordinator.page.keyboard.press("Enter")
    coordinator.page.wait_for_url("**/promises/*/")
    coordinator.tabs_to("Record their yes", within=40)
    coordinator.page.keyboard.press("Enter")
    coordinator.page.get_by_text("Accepted, in the name you gave.").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_promises_meets_the_floor(visitor, enrolled, width):
    coordinator = visitor("coordinator", width=width)
    coordinator.expect_refusals = True
    when_they_ask(coordinator, enrolled, given_the_partners_team(visitor), f"Bring a frame {width}")
    pages = [
        coordinator.page.url,
        coordinator.page.get_by_role("link", name=f"Bring a frame {width}").first.get_attribute("href"),
        *(f"{enrolled}{p}" for p in ("promises/", "promises/new/?template=falls-assessment", "ask/", "message/")),
        *("/waiting/", "/asked/", "/inbox/"),
    ]
    for address in pages:
        coordinator.opens(address)
        for hidden in coordinator.page.locator("main summary").all():
            hidden.click()
        floor(coordinator)
    coordinator.opens(f"{enrolled}ask/")
    coordinator.page.get_by_role("button", name="Ask them").click()
    assert coordinator.page.locator(".nhsuk-error-summary li").count() == 4
    floor(coordinator)


def test_a_message_is_written_read_and_answered(visitor, enrolled):
    coordinator, gp = visitor("coordinator"), visitor("gp")
    coordinator_asks_the_gp(coordinator, enrolled, gp)
    gp.opens("/inbox/")
    row = gp.page.locator("li", has_text="Shall she start it today?").last
    assert row.is_visible()
    row.get_by_role("link").first.click()
    floor(gp)
    gp.page.get_by_label("Answer").fill("Yes, half a tablet")
    gp.page.get_by_role("button", name="Answer").click()
    assert gp.sees("Answered.")
    coordinator.opens("/inbox/")
    assert coordinator.sees("Yes, half a tablet")


def coordinator_asks_the_gp(coordinator, enrolled, gp):
    name = gp.page.locator(".cs-header__who").inner_text().split(" Named GP")[0].strip()
    coordinator.opens(f"{enrolled}message/")
    to = coordinator.page.locator("#to option", has_text=name).first.get_attribute("value")
    coordinator.page.get_by_label("To", exact=True).select_option(to)
    coordinator.page.get_by_label("Message").fill("Shall she start it today?")
    coordinator.page.get_by_label("When is an answer needed?").select_option(label="Within 4 hours")
    coordinator.page.get_by_role("button", name="Send").click()
    assert coordinator.sees("Sent to")


def given_the_partners_team(visitor) -> str:
    partner = visitor("partner")
    return partner.page.locator(".cs-header__who").inner_text().split(" at ")[1].split(" Partner")[0].strip()


def when_they_ask(coordinator, enrolled, team, what):
    coordinator.opens(f"{enrolled}ask/")
    page = coordinator.page
    page.get_by_label("Which team").select_option(label=team)
    page.get_by_label("What is to be done").fill(what)
    page.get_by_label("Why", exact=True).fill("She falls at night")
    page.get_by_label("Done means").fill("Somebody was there")
    page.get_by_role("button", name="Ask them").click()
    assert coordinator.heading() == what


def then_they_wait_on(coordinator, what, team):
    coordinator.opens("/waiting/")
    assert team in coordinator.page.locator("li", has_text=what).first.inner_text()


def when_the_partner_declines(visitor, what, why):
    partner = visitor("partner")
    partner.page.get_by_role("link", name=what).first.click()
    partner.page.locator("summary", has_text="Decline").click()
    partner.page.get_by_label("Why not", exact=True).fill(why)
    partner.page.get_by_role("button", name="Decline", exact=True).click()
    assert partner.sees("Whoever asked is asked to decide what next.")


def then_they_must_choose_the_next(coordinator, request):
    coordinator.opens("/asked/")
    assert coordinator.sees("Choose the next team: Night sitting")
    coordinator.opens(request)
    assert "Ask the next team" in coordinator.page.locator("section[aria-label='What you can do']").inner_text()
    coordinator.page.get_by_label("Which team").select_option(index=1)
    coordinator.page.get_by_role("button", name="Ask them").click()
    assert coordinator.sees("Asked.")


def when_the_outcome_comes_by_letter(coordinator, request):
    assert coordinator.page.get_by_role("button", name="Close it").count() == 0
    summary = coordinator.page.locator("summary", has_text="The outcome came back")
    if summary.count():
        summary.click()
    coordinator.page.get_by_label("The outcome", exact=True).fill("They sat three nights")
    coordinator.page.get_by_role("button", name="Record the outcome").click()
    assert coordinator.sees("Recorded.")


def then_it_closes_only_reviewed_and_told(coordinator, request):
    page = coordinator.page
    page.get_by_label("What it means for the plan").fill("Go on for two weeks")
    page.get_by_role("button", name="Write the review").click()
    assert page.get_by_role("button", name="Close it").count() == 0
    told = page.locator("summary", has_text="The person was told")
    if told.count():
        told.click()
    page.get_by_label("How", exact=True).fill("at home")
    page.get_by_role("button", name="Record that they were told").click()
    close = page.get_by_role("button", name="Close it")
    close.click()
    assert coordinator.sees("Closed: the outcome is back, reviewed and told.")


def floor(somebody):
    somebody.meets_the_accessibility_floor()
    somebody.is_not_wider_than_the_screen()
    somebody.finds_every_table_named()
