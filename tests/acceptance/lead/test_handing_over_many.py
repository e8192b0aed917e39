"""A GP leaves: the lead records it with a stand-in, offers their people to a colleague, and takes it back."""

from tests.acceptance.named_gp.test_handing_over import chooses, given_a_gp_with_somebody_enrolled, persona_name, shot


def test_the_lead_hands_many_over_and_takes_it_back(visitor):
    gp = given_a_gp_with_somebody_enrolled(visitor)
    colleague = persona_name(gp, "gp2")
    lead = visitor("lead")
    when_they_look_at_what_a_hand_over_would_do(lead, persona_name(gp, "gp"), colleague)
    then_they_see_loads_before_and_after(lead, colleague)
    lead.page.get_by_role("button", name="Offer them").click()
    assert lead.sees("Until they accept nothing changes.")
    lead.meets_the_accessibility_floor()
    then_the_colleague_accepts_all_in_one_act(visitor, lead.page.url)
    lead.page.get_by_text("Take it back").first.click()
    lead.page.get_by_label("Why?").fill("It was a mistake")
    lead.page.get_by_role("button", name="Take it back").click()
    assert lead.sees("offered back")
    assert "a way back" in _hand_overs(lead)


def test_the_lead_records_that_somebody_leaves(visitor):
    lead = visitor("lead")
    lead.opens("/hand-overs/leaving/")
    lead.meets_the_accessibility_floor()
    shot(lead, "leaving")
    lead.expect_refusals = True
    lead.page.get_by_role("button", name="Record it").click()
    assert lead.sees("Choose who leaves.")
    stand_in, leaver = persona_name(lead, "gp2"), _other_gps(lead)[-1]
    chooses(lead.page.get_by_label("Who leaves?"), leaver)
    for label, value in (("Day", "29"), ("Month", "2"), ("Year", "2028")):
        lead.page.get_by_label(label, exact=True).fill(value)
    lead.page.get_by_label("Why?").fill("Retires")
    lead.page.get_by_role("button", name="Record it").click()
    assert lead.sees("Nobody stands in for whomever")
    chooses(lead.page.get_by_label("Who stands in for whoever is left?"), stand_in)
    lead.page.get_by_role("button", name="Record it").click()
    assert lead.sees("Recorded. Next: offer the people of"), lead.page.locator("main").inner_text()[:500]
    assert "29 February 2028" in _hand_overs(lead)


def when_they_look_at_what_a_hand_over_would_do(lead, leaver, colleague):
    lead.opens("/hand-overs/many/")
    chooses(lead.page.get_by_label("Whose people are to go?"), leaver)
    lead.page.get_by_role("button", name="Show their people").click()
    chooses(lead.page.get_by_label("Who is asked to take them over?"), colleague)
    lead.page.get_by_label("Why?").fill("Leaves in June")
    lead.meets_the_accessibility_floor()
    shot(lead, "many-form")
    lead.page.get_by_role("button", name="See what it would do").click()


def then_they_see_loads_before_and_after(lead, colleague):
    assert lead.heading() == "Check before you offer"
    assert colleague in lead.page.get_by_role("table", name="People held, before and after").inner_text()
    lead.meets_the_accessibility_floor()
    shot(lead, "many-preview")


def then_the_colleague_accepts_all_in_one_act(visitor, address):
    colleague = visitor("gp2")
    colleague.opens(address)
    colleague.meets_the_accessibility_floor()
    shot(colleague, "many-receipt")
    colleague.page.get_by_role("button", name="Accept: I am responsible").click()
    assert colleague.sees("You are the named GP of")


def _other_gps(lead):
    """The GPs of the group whom no other story needs, by what the list says of them."""
    needed = [persona_name(lead, persona) for persona in ("gp", "gp2")]
    listed = lead.page.get_by_label("Who leaves?").locator("option").all_inner_texts()
    return [text for text in listed if text.startswith("Dr ") and not any(name in text for name in needed)]


def _hand_overs(lead):
    lead.opens("/hand-overs/")
    lead.meets_the_accessibility_floor()
    shot(lead, "hand-overs-lead")
    return lead.page.locator("main").inner_text()
