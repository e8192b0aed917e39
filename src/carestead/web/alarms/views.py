"""Late: the alarms addressed to whoever is signed in, those that interrupt first, the rest as the day's digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carestead.care.escalation import Does
from carestead.care.promise import ASKED
from carestead.care.templates import TAKE_OVER
from carestead.reference import shared
from carestead.store.actor import Actor, Role
from carestead.store.care.at_desk import LEADS
from carestead.store.care.digest import Parties, digest, see_alarms
from carestead.store.care.inbox import WAITS
from carestead.store.care.models import Alarm, Notice, Plan, Promise, Request
from carestead.store.care.notices import LETTERS
from carestead.web.alarms.at_desk import folded
from carestead.web.find.people import names, seen
from carestead.web.published import Published, published
from carestead.web.shell import once
from carestead.web.shell.doors import Page, door
from carestead.web.shell.formats import count

WHO = (Role.NAMED_GP, Role.CARE_COORDINATOR, Role.PARTNER, Role.LEAD)
CLOCKS = {
    "hold": "The day has come on which it was to go on.",
    "idle": "Nobody is asked for it any more: choose who is next.",
    "choose": "Nobody took it: choose who is asked next.",
    "not": "Several tries reached nobody: decide what to do.",
    "refused": "It was taken on, and refused after all: decide what happens instead.",
}
"""What an alarm says that is not about the due time, by the beginning of its milestone."""
READ_AT_ONCE = 500
"""So many alarms that say the same are read with one press: a form takes a thousand fields."""
NOT_YOURS = "Somebody whose page you cannot open"


@dataclass(frozen=True)
class Line:
    """One alarm as the page shows it: about whom, what is late, what is wanted, and where to do it; `rest` are others
    that say the same."""

    alarm: Alarm
    person: str
    what: str
    says: str
    href: str
    rest: Sequence[Alarm] = ()


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="see-alarms")
def late(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """What is late, and one button that says that it was read. What was read stays late until somebody acts."""
    if again := once.again(request, actor):
        return again
    told = digest(parties(actor))
    if request.method == "POST":
        return once.first(request, actor, lambda: _seen(request.POST.getlist("alarm"), told.every, actor))
    found = published()
    visible = _visible(found, actor, told.every)
    at_once, in_digest = (_lines(found, alarms, visible) for alarms in (told.at_once, told.in_digest))
    context = {
        "title": "Late", "as_of": found.as_of, "silent": found.silent,
        "parts_of_day": [("Now", at_once), ("Today's digest", in_digest)], "n": len(told.every),
    }  # fmt: skip
    return Page("alarms/late.jinja", context, people=sorted(visible))


def parties(actor: Actor) -> Parties:
    """As which parties somebody hears of alarms: themselves; for a lead their practice, for a partner their team, and
    for a coordinator the desk of their group. Leads hear together of what belongs to no practice yet."""
    leads = [("organisation", LEADS)] if actor.role is Role.LEAD else []
    kinds = {Role.LEAD: ("organisation",), Role.PARTNER: ("organisation",), Role.CARE_COORDINATOR: ("desk",)}
    own = [("practitioner", actor.practitioner_code)] if actor.practitioner_code else []
    home = [(kind, actor.organisation_code) for kind in kinds.get(actor.role, ()) if actor.organisation_code]
    return [*own, *home, *leads]


def _seen(ticked: Sequence[str], mine: Iterable[Alarm], actor: Actor) -> once.Outcome:
    ids = {a.pk for a in mine} & {int(i) for i in ticked if i.isdecimal()}
    read = see_alarms(alarm_ids=ids, by=actor)
    return once.Outcome(reverse("late"), f"{count(read, 'alarm')} read. What is late stays late until somebody acts.")


def _visible(found: Published, actor: Actor, alarms: Iterable[Alarm]) -> set[int]:
    people = {a.person_id for a in alarms if a.person_id is not None}
    rows = found.rows("find/register", also=list(people)) if people else []
    return {k.person_id for k in seen(found, actor, (r for r in rows if r["person_id"] in people))}


def _lines(found: Published, alarms: Sequence[Alarm], visible: set[int]) -> list[Line]:
    called = names(found, visible)
    whats, offers = _whats(alarms), _offers(alarms)
    messages = [Line(f.alarms[0], "", f.what, f.says, f.href, f.alarms[1:READ_AT_ONCE]) for f in folded(alarms)]
    others = (a for a in alarms if a.subject_kind != WAITS)
    return messages + [
        _line(a, called, whats.get((a.subject_kind, a.subject_id), ""), offers.get(a.pk, a.subject_id)) for a in others
    ]


def _line(alarm: Alarm, called: dict[int, Any], what: str, subject_id: int) -> Line:
    if alarm.person_id not in called:
        return Line(alarm, NOT_YOURS, "", _says(alarm.milestone), "")
    return Line(alarm, called[alarm.person_id]["name"], what, _says(alarm.milestone), _href(alarm, subject_id))


def _offers(alarms: Iterable[Alarm]) -> dict[int, int]:
    """Of each alarm that offers a promise to somebody else, the offer that waits for their answer."""
    late = {a.pk: a.subject_id for a in alarms if a.subject_kind == Promise.KIND and a.effect == Does.TRANSFERS}
    waiting = Promise.objects.filter(template=TAKE_OVER, state__in=ASKED, replaces_id__in=late.values())
    offer_of = dict(waiting.values_list("replaces_id", "pk"))
    return {alarm: offer_of[old] for alarm, old in late.items() if old in offer_of}


def _says(milestone: str) -> str:
    """What is wanted, in a sentence: of a clock beside the due time its own words, then those of the rung."""
    rungs = shared("care", "escalation")["rungs"]
    if milestone in rungs:
        return str(rungs[milestone]["says"])
    clock, _, rung = milestone.partition("-")
    asked = "" if rung == "overdue" or rung not in rungs else rungs[rung]["says"]
    return f"{CLOCKS.get(clock, '')} {asked}".strip()


def _href(alarm: Alarm, subject_id: int) -> str:
    if alarm.subject_kind in ("promise", "request"):
        return reverse(alarm.subject_kind, args=[alarm.person_id, subject_id])
    if alarm.subject_kind == "hand-over":
        return reverse("hand-over", args=[alarm.subject_id])
    return reverse("plan" if alarm.subject_kind == "plan" else "person", args=[alarm.person_id])


def _whats(alarms: Iterable[Alarm]) -> dict[tuple[str, int], str]:
    """What is late, in the words of each thing."""
    wanted: dict[str, set[int]] = {}
    for a in alarms:
        wanted.setdefault(a.subject_kind, set()).add(a.subject_id)
    found = {
        (model.KIND, thing.pk): _what(thing)
        for model in (Promise, Request, Notice, Plan)
        for thing in model._default_manager.filter(pk__in=wanted.get(model.KIND, ()))
    }
    others = {"interim": "Somebody stands in, and has not acknowledged it", "hand-over": "An offer of a hand-over"}
    return {**found, **{(kind, i): words for kind, words in others.items() for i in wanted.get(kind, ())}}


def _what(thing: Promise | Request | Notice | Plan) -> str:
    if isinstance(thing, Notice):
        return (
            f"Letter: {LETTERS[thing.about].lower()}"
            if thing.about in LETTERS
            else "Nobody has seen what they were told"
        )
    return "The care and support plan is on hold" if isinstance(thing, Plan) else thing.what
