"""A nurse at night meets somebody her service has no part in: she reads the record, the GP hears of it and looks at
whether it was right, and the person sees all of it."""

import re
from datetime import datetime

import pytest
from tests.acceptance.care_coordinator.test_asking_and_waiting import floor
from tests.acceptance.named_gp.test_handing_over import shot


@pytest.fixture
def found(visitor):
    """Somebody enrolled who has a page of their own: address, name, NHS number and date of birth, as the nurse would
    read them from the person's letter."""
    name = visitor("person").heading()
    gp = visitor("gp")
    gp.opens(f"/people/?whose=&q={name.partition(',')[0]}")
    gp.page.get_by_role("link", name=name, exact=True).first.click()
    banner = gp.page.locator(".cs-banner").inner_text()
    number = re.search(r"\d{3} \d{3} \d{4}", banner)[0]
    born = datetime.strptime(re.search(r"\d\d-[A-Z][a-z]{2}-\d{4}", banner)[0], "%d-%b-%Y")
    return re.sub(r"^.*(/people/\d+/).*$", r"\1", gp.page.url), name, number, born


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
def test_from_a_closed_door_to_a_reviewed_opening(visitor, found, width, scripts):
    address, name, number, born = found
    what = f"Found on the floor, {width} {'with' if scripts else 'without'} scripts"
    night = visitor("night", width=width, scripts=scripts)
    when_they_are_refused_and_ask(night, address, width)
    when_they_forget_to_say_why(night)
    when_they_say_who_and_why(night, number, born, what)
    then_the_record_is_open_to_read(night, address, name, width)
    when_they_end_it_and_say_what_they_found(night, address, f"Sent in: {what}", width)
    when_the_gp_looks_at_it_next_morning(visitor, what, width)
    then_the_person_sees_it(visitor, what)


def when_they_are_refused_and_ask(night, address, width):
    night.expect_refusals = True
    assert night.opens(address).status == 403
    floor(night)
    shot(night, f"refused-{width}")
    night.page.get_by_role("link", name="I need to see this record now").click()
    assert night.heading() == "See a record in an emergency"
    assert night.sees("read this one record for 4 hours")
    floor(night)
    shot(night, f"emergency-{width}")


def when_they_forget_to_say_why(night):
    night.page.get_by_role("button", name="Open the record").click()
    assert night.page.locator(".nhsuk-error-summary li").count() == 5
    assert night.sees("Choose why you must see the record now.")
    floor(night)


def when_they_say_who_and_why(night, number, born, what):
    page = night.page
    page.get_by_label("NHS number").fill(number)
    for label, value in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_label("They need care from me now").check()
    page.get_by_label("What has happened").fill(what)
    page.get_by_label("I am Night nurse").check()
    page.get_by_role("button", name="Open the record").click()


def then_the_record_is_open_to_read(night, address, name, width):
    assert night.page.url.endswith(address)
    assert night.sees("The record is open to you until")
    assert night.sees("You opened this record in an emergency.")
    floor(night)
    shot(night, f"opened-{width}")
    night.page.get_by_role("link", name="Record", exact=True).click()
    assert night.sees("You opened this record in an emergency.")
    night.opens("/break-glass/")
    assert night.page.get_by_role("link", name=name, exact=True).is_visible()
    floor(night)
    night.opens(f"{address}message/")
    night.page.get_by_role("button").last.click()
    assert night.sees("you may read it, and nothing else")


def when_they_end_it_and_say_what_they_found(night, address, words, width):
    night.opens(address)
    night.page.get_by_role("link", name="End it, and say what you found").click()
    floor(night)
    shot(night, f"ending-{width}")
    night.page.get_by_label("What should whoever looks after the person know?").fill(words)
    night.page.get_by_role("button", name="Close the record").click()
    assert night.sees("The record is closed to you again. What you found has been sent.")
    assert night.opens(address).status == 403


def when_the_gp_looks_at_it_next_morning(visitor, what, width):
    gp = visitor("gp", width=width)
    told = gp.page.locator(".cs-matters > li", has_text=what)
    assert "opened the record in an emergency" in told.inner_text()
    floor(gp)
    shot(gp, f"gp-today-{width}")
    told.get_by_role("link", name="Review it").click()
    assert gp.sees("Looked at whether it was right")
    floor(gp)
    shot(gp, f"review-{width}")
    gp.page.get_by_label("How it came out").select_option(label="It was right to look")
    gp.page.get_by_label("What was done, and what shows it").fill("Rang her and the nurse")
    gp.page.get_by_role("button", name="Record that it is done").click()
    assert gp.sees("Kept: It was right to look")
    gp.opens("/today/")
    gp.page.locator(".cs-matters > li", has_text=what).get_by_role("button", name="Seen").click()
    assert not gp.sees(what)
    gp.opens("/inbox/")
    assert gp.sees(f"Sent in: {what}")


def then_the_person_sees_it(visitor, what):
    person = visitor("person")
    assert person.sees("Look at whether it was right: Night nurse, out-of-hours service opened the record")
    person.page.get_by_role("link", name="Who looked", exact=True).click()
    row = person.page.locator("tr", has_text=what).first.inner_text()
    assert "opened the record in an emergency, without a part in the care" in row
    floor(person)


def test_the_banner_ends_it_in_one_click(visitor, found):
    address, _name, number, born = found
    night = visitor("night")
    night.expect_refusals = True
    night.opens("/break-glass/")
    when_they_say_who_and_why(night, number, born, "Cannot be woken")
    gp = visitor("gp")
    gp.opens(address)
    assert gp.sees("Opened in an emergency by Night nurse, out-of-hours service, until")
    floor(gp)
    shot(gp, "gp-sees-it-open")
    night.page.get_by_role("button", name="End it now").click()
    assert night.sees("The record is closed to you again.")
    assert night.opens(address).status == 403
