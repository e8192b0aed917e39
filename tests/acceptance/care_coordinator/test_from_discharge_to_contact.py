"""Somebody comes home from hospital while their GP is away and the cover has declined: the desk answers, the
coordinator makes the contact, and everybody can see that it was made."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

from tests.acceptance.named_gp.test_handing_over import chooses, persona_name

from carestead import results


def test_from_the_discharge_to_the_contact(visitor, enrolled, demo_area, url):
    gp = given_the_gp_goes_away_and_asks_a_colleague(visitor)
    when_the_colleague_declines_to_cover(visitor)
    when_the_hospital_says_that_they_went_home(demo_area, url, enrolled)
    name = then_the_desk_is_told(visitor, enrolled)
    then_the_coordinator_makes_the_contact(visitor, enrolled, name)
    then_the_page_says_who_answered(visitor, enrolled)
    then_the_gp_comes_back(gp)


def given_the_gp_goes_away_and_asks_a_colleague(visitor):
    gp = visitor("gp")
    gp.opens("/cover/")
    today = datetime.now().astimezone()
    away, back = (gp.page.locator("fieldset", has_text=t) for t in ("First day away", "First day back"))
    for group, day in ((away, today), (back, today + timedelta(days=3))):
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(label).fill(str(value))
    gp.page.get_by_label("Why?", exact=True).fill("Ill")
    chooses(gp.page.get_by_label("Who is asked to cover?"), persona_name(gp, "gp2"))
    gp.page.get_by_role("button", name="Plan the absence").click()
    assert gp.sees("is asked to cover; until they agree the duty desk answers.")
    return gp


def when_the_colleague_declines_to_cover(visitor):
    colleague = visitor("gp2")
    assert colleague.heading() == "Today"
    assert colleague.sees("Cover asked of you")
    colleague.meets_the_accessibility_floor()
    colleague.page.get_by_role("link", name=re.compile("Open ?: Cover asked of you")).first.click()
    colleague.page.get_by_text("No, I cannot").first.click()
    colleague.page.get_by_label("Why not?").first.fill("My own list is full")
    colleague.page.get_by_role("button", name="Decline").first.click()
    assert colleague.sees("Nobody has asked you to cover for them.")


def when_the_hospital_says_that_they_went_home(area, url, address):
    token = opened_feed(area, "story-hospital")
    person_id = int(re.search(r"/people/(\d+)/", address)[1])
    with results.latest(area) as snapshot:
        sql = "select nhs_number from patient where person_id = $person_id and nhs_number is not null"
        number = snapshot.rows(sql, ("patient",), person_id)[0]["nhs_number"]
    now = datetime.now(UTC)
    rows = ["visit_id,event,happened_at,nhs_number,ward,reason"]
    for event, hours in (("admit", 50), ("discharge", 1)):
        at = (now - timedelta(hours=hours)).isoformat(timespec="seconds")
        rows.append(f"story-1,{event},{at},{number},Ward 3,Fall at home")
    for _ in range(2):  # sent twice, as hospitals do: the second changes nothing
        send(url, token, "\n".join(rows))


def opened_feed(area, source):
    """The token of a feed that is opened for a story."""
    opened = subprocess.run(
        [sys.executable, "-m", "carestead", "feed", "open", source, "--name", "St Story", "--every", "60",
         "--area", str(area)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return next(w for w in opened.stdout.split() if len(w) > 30)


def send(url, token, body):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/csv"}
    request = urllib.request.Request(f"{url}/api/messages/", body.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        assert refused.code == 409, refused.read()
        return None


def then_the_desk_is_told(visitor, address):
    desk = visitor("desk")
    assert desk.sees("You are at the duty desk of")
    name = desk.page.locator(f"a[href='{address}']").first.inner_text()
    row = desk.page.locator("li", has_text=name).filter(has_text="Home from hospital").filter(has_text="Ward 3")
    assert row.count() == 1
    desk.meets_the_accessibility_floor()
    row.get_by_role("button", name="Seen").click()
    assert desk.sees("Noted that you have seen it.")
    return name


def then_the_coordinator_makes_the_contact(visitor, address, name):
    coordinator = visitor("coordinator")
    home = coordinator.page.locator("li", has_text=name).filter(has_text="Left ")
    home.get_by_role("link", name="Record the contact").click()
    coordinator.meets_the_accessibility_floor()
    form = coordinator.page.locator("#form-complete")
    form.get_by_label("How it came out").select_option(label="Spoke to or saw the person")
    form.get_by_label("What was done, and what shows it").fill("Rang at home: managing, tablets explained")
    form.get_by_role("button", name="Record that it is done").click()
    assert coordinator.sees("Kept.")
    coordinator.opens("/today/")
    home = coordinator.page.locator("li", has_text=name).filter(has_text="Contact made.")
    assert home.count() == 1


def then_the_page_says_who_answered(visitor, address):
    gp = visitor("gp")
    gp.opens(f"{address}responsibility/")
    day = next_working_day(datetime.now().astimezone())
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year), ("At what time?", "10:00")):
        gp.page.get_by_label(label, exact=True).fill(str(value))
    gp.page.get_by_role("button", name="Show who was responsible").click()
    said = gp.page.locator("main").inner_text()
    assert persona_name(gp, "gp") in said
    assert "duty desk" in said.lower(), said
    gp.meets_the_accessibility_floor()


def next_working_day(now):
    """Today where it is one, else the next: the GP is away for three days, so that one of them is a working day."""
    return next(d for d in (now + timedelta(days=n) for n in range(3)) if d.weekday() < 5)


def then_the_gp_comes_back(gp):
    gp.opens("/cover/")
    gp.page.get_by_role("button", name=re.compile("^Back now")).first.click()
    assert gp.page.get_by_role("button", name=re.compile("^Back now")).count() == 0
