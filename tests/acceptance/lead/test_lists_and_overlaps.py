"""A lead looks how the lists overlap and opens the people; a commissioner sees the counts and nobody."""

import re

import pytest


def test_a_lead_sees_how_frailty_and_risk_overlap_and_opens_the_people(visitor):
    lead = visitor("lead")
    lead.page.get_by_role("link", name="Measures").click()
    lead.page.get_by_role("link", name="Lists", exact=True).click()
    assert lead.heading() == "Lists and overlaps"
    assert lead.page.locator("figure svg.cs-chart--upset").count() == 1
    assert re.search(r"Of [\d,]+ people on a list", lead.page.locator("figcaption").first.inner_text())
    lead.page.get_by_role("link", name="Open the people of your practice on the lists").click()
    assert lead.heading() == "People on the lists"
    assert lead.page.locator("ol.cs-list > li").count() >= 1


def test_the_table_says_what_the_picture_draws(visitor):
    lead = visitor("lead")
    lead.opens("/lists/")
    drawn = [g.text_content() for g in lead.page.locator(".cs-chart--upset g > text").all()]
    lead.page.get_by_text("The same as a table").click()
    told = [c.inner_text() for c in lead.page.locator("details tbody tr th:not(:has-text('Other')) + td").all()]
    assert drawn == told
    with lead.page.expect_download() as taken:
        lead.page.locator("a[href$='/lists/table.csv']").click()
    lines = taken.value.path().read_text().splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines[1:]] == [n.replace(",", "") for n in told]
    assert all(int(n.replace(",", "")) >= 5 for n in told)


def test_the_bands_are_near_what_was_published_and_the_page_says_how_near(visitor):
    analyst = visitor("analyst")
    analyst.opens("/lists/")
    said = analyst.page.locator("figcaption").nth(1).inner_text()
    assert re.search(r"within \d+\.\d points of the published share", said) or "too few" in said


@pytest.mark.parametrize("who", ["commissioner", "analyst"])
def test_whoever_plans_sees_counts_and_never_a_way_to_a_person(visitor, who):
    planner = visitor(who)
    planner.expect_refusals = True
    planner.opens("/lists/")
    assert planner.page.locator("main a[href*='people']").count() == 0
    assert planner.opens("/lists/people/").status == 403


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_lists_at_every_width(visitor, width):
    lead = visitor("lead", width=width)
    for address in ("/lists/", "/lists/people/"):
        lead.opens(address)
        lead.meets_the_accessibility_floor()
        lead.is_not_wider_than_the_screen()
