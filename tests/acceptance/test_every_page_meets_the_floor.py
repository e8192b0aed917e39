"""Every page of every role at a desk, on a tablet and on a phone: no axe violation, not too wide, tables captioned."""

import pytest

PERSON = [
    "@person",
    "@person record/",
    "@person medicines/",
    "@person looked/",
    "@person why/",
    "@person why/efi/",
    "@person why/hfrs/",
    "@person why/polypharmacy/",
    "@person why/usual-provider-continuity/",
    "@person why/admission-risk-evaluation/",
    "@person promises/",
    "@person promises/new/?template=falls-assessment",
    "@person ask/",
    "@person message/",
]
PROMISES = ["/asked/", "/waiting/", "/inbox/", "/break-glass/"]
AT_DESK = ["/hospital-messages/", "@message 0", "@message -1"]
PAGES = {
    "gp": [
        "/people/",
        "/people/?q=zzzz",
        "/proposed/",
        "@person decide/",
        *PERSON,
        *PROMISES,
        "/lists/people/",
        "/data/",
        "/data/refused/",
        "/data/doubtful/",
    ],
    "coordinator": ["/people/", *PERSON, *PROMISES, *AT_DESK, "/lists/people/", "/data/"],
    "lead": [
        "/load/",
        "/gaps/",
        "/gaps/R3/",
        "/load/what-breaks/",
        "/people/",
        "/proposed/",
        *PERSON,
        *PROMISES,
        *AT_DESK,
        "/lists/",
        "/lists/people/",
        "/model-card/",
        "/code-lists/",
        "/code-lists/efi/",
        "/data/",
        "/data/refused/",
        "/data/doubtful/",
    ],
    "partner": ["/people/", *PERSON, *PROMISES],
    "person": [
        "/my-page/",
        "/my-page/about-me/",
        "/my-page/about-me/my-wellness/",
        "/my-page/sharing/",
        "/my-page/sharing/acute-trust/",
        "/my-page/looked/",
    ],
    "carer": ["/my-page/", "/my-page/about-me/", "/my-page/about-me/my-wellness/", "/my-page/looked/"],
    "commissioner": [
        "/fund/",
        "/ways-to-pay/",
        "@line",
        "/how-we-are-doing/",
        "/gaps/",
        "/lists/",
        "/data/",
        "/people/",
    ],
    "analyst": [
        "/how-we-are-doing/",
        "/gaps/",
        "/lists/",
        "/ways-to-pay/",
        "@line",
        "/model-card/",
        "@version",
        "/code-lists/",
        "/code-lists/efi/",
        "/data/",
    ],
}
WIDTHS = [1280, 768, 390]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("persona", PAGES)
def test_every_page(visitor, persona, width):
    somebody = visitor(persona, width=width)
    somebody.expect_refusals = True
    for address in PAGES[persona]:
        somebody.opens(_resolved(somebody, address))
        somebody.meets_the_accessibility_floor()
        somebody.is_not_wider_than_the_screen()
        somebody.finds_every_table_named()


@pytest.mark.parametrize("width", WIDTHS)
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
        return _somebody_not_enrolled(somebody) + address.partition(" ")[2]
    if address.startswith("@message"):
        somebody.opens("/hospital-messages/")
        rows = somebody.page.locator("a[data-row]").all()
        return rows[int(address.partition(" ")[2])].get_attribute("href")
    if address == "@version":
        somebody.opens("/model-card/")
        return "/model-card/" + somebody.page.locator("h2:has-text('Versions') ~ ul strong").inner_text() + "/"
    if address == "@line":
        somebody.opens("/ways-to-pay/")
        return somebody.page.locator("td a").first.get_attribute("href")
    return address


def _somebody_not_enrolled(somebody):
    """The address of a person who may still be decided on: the stories may have decided on everybody proposed."""
    for status in ("Proposed", "Deferred", "Declined"):
        somebody.opens(f"/people/?whose=&status={status}")
        if somebody.page.locator("a[data-row]").count():
            break
    return somebody.page.locator("a[data-row]").first.get_attribute("href")
