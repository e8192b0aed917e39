"""What a team was asked for is long overdue: the practice is offered it, reads what a yes does, and takes it over."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.acceptance.care_coordinator.test_asking_and_waiting import floor, given_the_partners_team

ROOT = Path(__file__).parents[3]
SWEEP = """
import pathlib, sys
from carestead import store
store.configure(pathlib.Path(sys.argv[1]))
from carestead.store.care.sweep import sweep
sweep()
"""


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_from_long_overdue_to_taken_over(visitor, enrolled, demo_area, width, scripts):
    what = f"Mend the bed rail {width}"
    coordinator = visitor("coordinator")
    team = given_the_partners_team(visitor)
    when_it_was_due_a_month_ago(coordinator, enrolled, team, what)
    request = coordinator.page.url
    when_the_clocks_are_looked_at(demo_area)

    lead = visitor("lead", width=width, scripts=scripts)
    lead.page.get_by_label("Menu").get_by_role("link", name="Promises").click()
    lead.page.get_by_role("link", name="Late", exact=True).click()
    assert lead.sees("It is long overdue, and offered to your practice.")
    lead.page.get_by_role("link", name=what, exact=True).first.click()
    assert lead.heading() == f"Take over what is long overdue: {what}"
    assert lead.sees(f"the promise of {team} ends, and they are told.")
    assert lead.sees("To be taken over")
    for hidden in lead.page.locator("main summary").all():
        hidden.click()
    floor(lead)
    lead.page.get_by_role("button", name="Take it over", exact=True).click()
    assert lead.sees("Taken over. Whoever had it is told.")
    assert lead.heading() == what
    floor(lead)

    partner = visitor("partner")
    partner.opens("/inbox/")
    assert partner.sees(f"No longer wanted of you: {what}. Taken over by")
    coordinator.opens(request)
    in_turn = coordinator.page.get_by_role("list", name="Who was asked, in turn").inner_text()
    assert in_turn.count("Taken over by") == 1
    assert in_turn.count("Accepted") == 1


def when_it_was_due_a_month_ago(coordinator, enrolled, team, what):
    coordinator.opens(f"{enrolled}ask/")
    page, due = coordinator.page, date.today() - timedelta(days=30)
    page.get_by_label("Which team").select_option(label=team)
    page.get_by_label("What is to be done").fill(what)
    page.get_by_label("Why", exact=True).fill("She falls at night")
    page.get_by_label("Done means").fill("The rail holds")
    for name in ("day", "month", "year"):
        page.get_by_label(name.capitalize(), exact=True).fill(str(getattr(due, name)))
    page.get_by_role("button", name="Ask them").click()
    assert coordinator.heading() == what


def when_the_clocks_are_looked_at(area):
    """As a worker does every five minutes."""
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    subprocess.run([sys.executable, "-c", SWEEP, str(area)], check=True, env={**os.environ, "PYTHONPATH": paths})
