"""A practice lead asks what breaks if a GP leaves, before it happens."""

import csv

import pytest

WIDTHS = [1280, 768, 390]


def asks(lead, card: str, who: int = 1, what: str | None = None) -> None:
    """Fill one of the three forms and send it; `who` is the place in the list of choices."""
    lead.opens("/load/")
    form = lead.page.locator("form", has=lead.page.get_by_role("heading", name=card, exact=True))
    form.locator("select[name=who]").select_option(index=who)
    if what:
        form.locator("select[name=what]").select_option(what)
    form.get_by_role("button", name="See what breaks").click()


def figures(lead) -> dict[str, str]:
    rows = lead.page.locator("table").first.locator("tr").all()
    return {r.locator("th").inner_text(): r.locator("td").inner_text() for r in rows}


def test_a_lead_asks_what_breaks_if_a_gp_leaves(visitor):
    lead = visitor("lead")
    for who in range(1, 9):  # until one who has people
        asks(lead, "A GP", who, "leaves")
        found = figures(lead)
        bare = int(found["Left without a named GP"])
        if bare:
            break
    assert lead.heading().startswith("What breaks if ")
    assert lead.heading().endswith(" leaves?")
    assert bare == int(found["Somebody could take"]) + int(found["Would stay without"])
    assert lead.page.locator("#answer").inner_text().startswith(f"{bare} ")
    people = lead.page.locator("table", has_text="Could be with").locator("tbody tr")
    assert people.count() == min(bare, 100)
    with lead.page.expect_download() as taken:
        lead.page.get_by_role("link", name="Take this table away as CSV").click()
    rows = list(csv.DictReader(taken.value.path().read_text().splitlines()))
    assert sum(int(r["people"]) for r in rows if r["how"] == "by the rule") == int(found["Somebody could take"])
    name = people.first.locator("a").inner_text()
    people.first.locator("a").click()
    assert lead.sees(name)


def test_nothing_is_changed_by_asking(visitor):
    lead = visitor("lead")
    lead.opens("/load/")
    before = lead.page.locator("figure + .cs-scroll tbody").all_inner_texts()
    asks(lead, "A practice closes")
    lead.opens("/load/")
    assert lead.page.locator("figure + .cs-scroll tbody").all_inner_texts() == before


def test_a_practice_closes_and_a_coordinator_leaves(visitor):
    lead = visitor("lead")
    asks(lead, "A practice closes")
    assert lead.heading().endswith(" closes?")
    assert "Would stay without" in figures(lead)
    asks(lead, "A care coordinator", 1, "leaves")
    assert "Left without a care coordinator" in figures(lead)


def test_a_question_without_a_name_is_answered_beside_the_field(visitor):
    lead = visitor("lead")
    lead.expect_refusals = True
    asks(lead, "A GP", 0)
    assert lead.page.locator("#gp-error").inner_text().endswith("Choose who, or which practice.")
    lead.meets_the_accessibility_floor()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_meet_the_floor_at_every_width(visitor, width):
    lead = visitor("lead", width=width)
    for card, what in (("A GP", "away"), ("A care coordinator", "leaves"), ("A practice closes", None)):
        asks(lead, card, 1, what)
        lead.meets_the_accessibility_floor()
        lead.is_not_wider_than_the_screen()
        lead.finds_every_table_named()


def test_it_works_without_scripts(visitor):
    lead = visitor("lead", scripts=False, width=390)
    asks(lead, "A GP", 1, "retires")
    assert lead.heading().endswith(" retires?")
