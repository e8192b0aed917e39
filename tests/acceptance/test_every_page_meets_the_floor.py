"""Every page of every role, at a desk and on a phone: no axe violation, nothing wider than the screen."""

import pytest

PAGES = {
    "gp": [
        "/people/",
        "/people/?q=zzzz",
        "/proposed/",
        "@person",
        "@person record/",
        "@person medicines/",
        "@person looked/",
        "@person decide/",
        "@person why/",
        "@person why/efi/",
        "/lists/people/",
        "/data/",
        "/data/refused/",
        "/data/doubtful/",
    ],
    "coordinator": ["/people/", "@person", "/lists/people/"],
    "lead": ["/load/", "/people/", "/proposed/", "/lists/", "/lists/people/", "/model-card/", "/data/"],
    "partner": ["/people/"],
    "commissioner": ["/fund/", "/ways-to-pay/", "@line", "/how-we-are-doing/", "/lists/", "/data/", "/people/"],
    "analyst": ["/model-card/", "/how-we-are-doing/", "/lists/", "/code-lists/", "/code-lists/efi/"],
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("persona", PAGES)
def test_every_page(visitor, persona, width):
    somebody = visitor(persona, width=width)
    somebody.expect_refusals = True
    for address in PAGES[persona]:
        somebody.opens(_resolved(somebody, address))
        somebody.meets_the_accessibility_floor()
        somebody.is_not_wider_than_the_screen()


@pytest.mark.parametrize("width", [1280, 390])
def test_signing_in(visitor, width):
    nobody = visitor(width=width)
    nobody.expect_refusals = True
    nobody.opens("/sign-in/")
    nobody.meets_the_accessibility_floor()
    nobody.page.get_by_label("User name").fill("nobody")
    nobody.page.get_by_label("Password").fill("nothing")
    nobody.page.get_by_role("button", name="Sign in", exact=True).click()
    assert nobody.sees("do not belong together")
    nobody.meets_the_accessibility_floor()
    nobody.is_not_wider_than_the_screen()


def _resolved(somebody, address):
    if address.startswith("@person"):
        somebody.opens("/people/?whose=&status=Proposed")
        return somebody.page.locator("a[data-row]").first.get_attribute("href") + address.partition(" ")[2]
    if address == "@line":
        somebody.opens("/ways-to-pay/")
        return somebody.page.locator("td a").first.get_attribute("href")
    return address
