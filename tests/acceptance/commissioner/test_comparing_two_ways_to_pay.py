"""A commissioner compares the two ways to pay and finds no name anywhere."""

import html
import re

import pytest

from carestead import results

START = ("/fund/", "/ways-to-pay/", "/how-we-are-doing/", "/data/")


def test_a_commissioner_compares_two_ways_to_pay(visitor):
    commissioner = visitor("commissioner")
    assert commissioner.heading().startswith("Neighbourhood fund")
    commissioner.page.get_by_role("link", name="Ways to pay").click()
    assert commissioner.heading() == "Two ways to pay for the same year"
    assert re.search(r"Payment by head comes to .* beside payment by activity", commissioner.page.inner_text("main"))
    commissioner.page.locator("td a").first.click()
    assert "How many" in commissioner.page.locator("thead").inner_text()
    commissioner.meets_the_accessibility_floor()


@pytest.mark.parametrize("persona", ["commissioner", "analyst"])
def test_there_is_no_name_and_no_nhs_number_anywhere(visitor, demo_area, persona):
    somebody = visitor(persona)
    somebody.expect_refusals = True
    names, numbers = everybody(demo_area)
    texts = dict(every_page(somebody))
    assert len(texts) >= 5
    for address, text in texts.items():
        words = set(re.findall(r"[A-Za-z'’-]+", text))
        digits = re.sub(r"(?<=\d) (?=\d)", "", text)
        assert not numbers & set(re.findall(r"\d{10}", digits)), f"{address} shows an NHS number"
        shown = {f"{family} {given}" for family, given in names if family in words and given in words}
        assert not shown, f"{address} shows {shown}"
        assert not re.search(r"/people/\d", address + text), f"{address} leads to a person"


@pytest.mark.parametrize("persona", ["commissioner", "analyst"])
def test_every_page_about_a_person_is_refused(visitor, persona):
    somebody = visitor(persona)
    somebody.expect_refusals = True
    for address in (
        "people/",
        "people/0/",
        "people/0/record/",
        "people/0/medicines/",
        "people/0/looked/",
        "people/0/buy/",
        "people/0/decide/",
        "proposed/",
        "data/refused/",
        "data/doubtful/",
        "api/people/0/",
        "api/people/",
    ):
        assert somebody.opens(f"/{address}").status == 403, address


def everybody(area):
    with results.latest(area) as snapshot:
        rows = snapshot.rows("select distinct family_name, given_name, nhs_number from patient", ("patient",))
    names = {(r["family_name"], r["given_name"]) for r in rows if r["family_name"] and r["given_name"]}
    return names, {r["nhs_number"] for r in rows if r["nhs_number"]}


def every_page(somebody):
    """Every page that links from the first ones lead to, with its source as sent, CSV too."""
    waiting, met = [a for a in START if somebody.opens(a).status == 200], set()
    while waiting:
        address = waiting.pop()
        if address in met:
            continue
        met.add(address)
        answer = somebody.context.request.get(somebody.url + address)
        text = answer.text()
        yield address, html.unescape(text)
        links = re.findall(r'href="(/[^"#]*)"', text)
        waiting += [a for a in links if not a.startswith(("/static/", "/sign-"))]
