"""The page *What breaks if ...*: a form, the simulation, and what it found as a table and as CSV."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from carestead.assign import proposal
from carestead.assign.simulate import CHANGES, CLOSES, Broken, Change, simulate
from carestead.core.finding import UsageError
from carestead.store.actor import Actor, Role
from carestead.web.assign import around
from carestead.web.assign.told import Told
from carestead.web.find.people import names, seen
from carestead.web.published import Published, published
from carestead.web.shell.doors import Download, Page, door

FORMS = ("gp", "coordinator", "practice")
SHOWN = 100
"""People listed by name on the page; the table counts all."""


@require_GET
@door(Role.LEAD, discloses="people", action="see-what-breaks")
def what_breaks(request: HttpRequest, actor: Actor) -> Page:
    """What breaks if somebody goes; the choices alone when nothing was asked."""
    found = published()
    asked, errors, broken = request.GET, {}, None
    if asked:
        try:
            broken = _simulated(found, asked)
        except UsageError as error:
            errors[asked["of"] if asked.get("of") in FORMS else FORMS[0]] = str(error)
    context = {"as_of": found.as_of, "silent": found.silent, "errors": errors, "asked": asked, **choices(found)}
    if broken is None:
        return Page("assign/what_breaks.jinja", {"title": "What breaks if …", **context}, status=400 if errors else 200)
    shown = _people(found, actor, broken)
    told = Told(found, broken)
    context |= {"title": told.question, "told": told, "people": shown, "query": asked.urlencode()}
    return Page("assign/what_breaks.jinja", context, people=[p["person_id"] for p in shown], detail=dict(asked.items()))


@require_GET
@door(Role.LEAD, discloses="nobody", action="take-what-breaks")
def what_breaks_csv(request: HttpRequest, actor: Actor) -> Download | HttpResponse:
    """Who could take how many, as a table."""
    found = published()
    try:
        told = Told(found, _simulated(found, request.GET))
    except UsageError:
        return redirect("what-breaks")
    columns = ("code", "name", "organisation", "how", "people", "minutes_a_week", "minutes_left")
    return Download("what-breaks.csv", columns, told.rows())


def choices(found: Published) -> dict[str, list[tuple[str, str]]]:
    """Who may go: GPs, coordinators and practices, as choices of a form."""
    said: dict[str, dict[str, str]] = {"gp": {}, "care-coordinator": {}}
    for p in found.rows_once("assign/staff"):
        if p["organisation_code"]:
            where = found.organisation_name(p["organisation_code"])
            said[p["role"]].setdefault(p["practitioner_code"], f"{p['name'] or p['practitioner_code']}, {where}")
    return {
        "gps": sorted(said["gp"].items(), key=_by_text),
        "coordinators": sorted(said["care-coordinator"].items(), key=_by_text),
        "practices": sorted(((c, p["name"]) for c, p in found.practices.items()), key=_by_text),
        "changes": [(c, words) for c, words in CHANGES.items() if c != CLOSES],
    }


def _by_text(choice: tuple[str, str]) -> tuple[str, str]:
    return choice[1], choice[0]


def _simulated(found: Published, asked: Mapping[str, str]) -> Broken:
    """Raises UsageError when what was asked for is not there."""
    change = Change(asked.get("what", ""), asked.get("who", ""))
    if change.what not in CHANGES:
        raise UsageError("Choose what might happen.")
    if not change.who:
        raise UsageError("Choose who, or which practice.")
    tables = around.tables(found, change)
    promises = around.open_promises(tables["placement"])
    return simulate(tables, found.as_of, proposal.step.params, change, promises)


def _people(found: Published, actor: Actor, broken: Broken) -> list[dict[str, Any]]:
    """Those left bare whom the lead may see, the first by need, without anybody to take them first."""
    bare = {b.person_id: b for b in broken.bare}
    rows = found.rows("find/register", also=list(bare))
    mine = seen(found, actor, (r for r in rows if r["person_id"] in bare))
    mine.sort(key=lambda k: bare[k.person_id].taker is not None)
    known = names(found, [k.person_id for k in mine[:SHOWN]])
    return [
        {
            "person_id": k.person_id,
            "name": known[k.person_id]["name"],
            "taker": bare[k.person_id].taker and found.practitioner_name(bare[k.person_id].taker),
            "reason": bare[k.person_id].reason,
        }
        for k in mine[:SHOWN]
    ]
