"""Cover and rota: my absences and who covers me, what I am asked, whom I cover, the duty desk with its bare hours."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.rota import in_words
from carestead.core.calendar import LONDON, local_day
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.assign.absence import answer_cover, ask_cover, end_absence, plan_absence, taken_from
from carestead.store.assign.desk import bare, cancel_shift, hours, plan_shift, shifts
from carestead.store.assign.models import Absence
from carestead.web.assign.staff import OWN_ROLE, choices, group_of, mine
from carestead.web.published import Published, published
from carestead.web.shell import once
from carestead.web.shell.doors import Page, door
from carestead.web.shell.typed import Typed

WHO = (Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD)
DAYS_AHEAD = 14


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="nobody", action="see-cover")
def cover(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """Everything of the page; each form names its act."""
    found = published()
    if request.method == "GET":
        return _page(found, actor, {}, {})
    if seen := once.again(request, actor):
        return seen
    act = ACTS.get(request.POST.get("act", ""))
    try:
        errors: dict[str, str] = {}
        told = once.first(request, actor, lambda: _done(act, found, actor, request.POST.dict(), errors))
    except _Incomplete:
        return _page(found, actor, request.POST, errors)
    except CaresteadError as refused:
        return _page(found, actor, request.POST, {_FIELD.get(request.POST.get("act", ""), "asked"): str(refused)})
    return told


class _Incomplete(Exception):
    """Something was not typed; what, stands in the errors."""


Act = Callable[[Published, Actor, Mapping[str, str], dict[str, str]], str]


def _done(
    act: Act | None, found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]
) -> once.Outcome:
    said = act(found, actor, typed, errors) if act else ""
    if errors or not said:
        raise _Incomplete
    return once.Outcome(reverse("cover"), said)


def _plan(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> str:
    form = Typed(typed, errors)
    first, back = form.day("first"), form.day("back", optional=True)
    if first is None or not form.good:
        return ""
    who = typed.get("who") or actor.practitioner_code
    made = plan_absence(
        practitioner_code=who, start=_midnight(first), end=_midnight(back) if back else None,
        reason=typed.get("absence_reason", ""), cover_code=typed.get("cover", ""), by=actor, staff=mine(found, actor),
    )  # fmt: skip
    name = found.practitioner_name(made.cover_code) if made.cover_code else ""
    asked = f"{name} is asked to cover; until they agree the" if name else "The"
    bared = [found.practitioner_name(a.code) for a in taken_from(made)]
    said = f"Planned. {asked} duty desk answers. Who is accountable does not change."
    return f"{said} The desk also answers for {', '.join(bared)}, who counted on this cover." if bared else said


def _reply(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> str:
    accept = typed.get("answer") == "accept"
    absence = answer_cover(
        **_which(typed), accept=accept, reason=typed.get("cover_reason", ""), by=actor, staff=mine(found, actor)
    )
    name = found.practitioner_name(absence.practitioner_code)
    return f"You answer for {name} while they are away." if accept else f"Declined: the duty desk answers for {name}."


def _another(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> str:
    absence = ask_cover(**_which(typed), cover_code=typed.get("cover", ""), by=actor, staff=mine(found, actor))
    name = found.practitioner_name(absence.cover_code) if absence.cover_code else ""
    return f"{name} is asked to cover; until they agree the duty desk answers." if name else "The duty desk answers."


def _back(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> str:
    absence = end_absence(**_which(typed), by=actor)
    return "Cancelled." if absence.cancelled_at else "Back: the absence ended now."


def _shift(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> str:
    form = Typed(typed, errors)
    start, end = form.moment("shift", "shift-time"), form.moment("shift", "shift-until")
    if start is None or end is None or not form.good:
        return ""
    who = typed.get("staffed_by", "")
    plan_shift(
        group_code=_group(found, actor), start=start, end=end, staffed_by=who, staff_name=found.practitioner_name(who),
        phone=typed.get("phone", ""), by=actor,
    )  # fmt: skip
    return f"{found.practitioner_name(who)} staffs the desk."


def _unshift(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> str:
    cancel_shift(shift_id=Typed(typed).whole("shift_id"), by=actor)
    return "The shift is taken out. Bare hours are listed below."


ACTS: dict[str, Act] = {
    "plan": _plan, "reply": _reply, "another": _another, "back": _back, "shift": _shift, "unshift": _unshift,
}  # fmt: skip
_FIELD = {"plan": "first-day", "shift": "shift-day", "reply": "asked", "another": "mine", "back": "mine"}
"""Where on the page a refusal of an act is shown."""


def _page(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> Page:
    now = timezone.now()
    staff = mine(found, actor)
    own, leads = actor.practitioner_code, actor.role is Role.LEAD
    coming = [a for a in _absences(now) if a.practitioner_code in staff]
    role = OWN_ROLE.get(actor.role, "named-gp")
    roles = ("named-gp", "coordinator") if leads else (role,)
    people = [c for r in roles for c in choices(found, staff, r)]
    context = {
        "title": "Cover and rota",
        "as_of": found.as_of,
        "leads": leads,
        "plans_shifts": actor.role is not Role.NAMED_GP,
        "mine": [_absence(found, a, now) for a in coming if a.practitioner_code == own or leads],
        "asked": [_absence(found, a, now) for a in coming if a.cover_code == own and a.cover_state == "asked"],
        "covering": [_absence(found, a, now) for a in coming if a.cover_code == own and a.cover_state == "accepted"],
        "people": people,
        "covers": [c for c in people if c[0] != own],
        "everybody": [c for r in ("named-gp", "coordinator") for c in choices(found, staff, r)],
        "data": typed,
        "errors": errors,
        **_rota(found, actor, now),
    }
    return Page("assign/cover.jinja", context, status=400 if errors else 200)


def _rota(found: Published, actor: Actor, now: datetime) -> dict[str, Any]:
    group = _group(found, actor)
    first = local_day(now)
    last = first + timedelta(days=DAYS_AHEAD - 1)
    rows = shifts(group, _midnight(first), _midnight(last + timedelta(days=1)))
    empty = [in_words(span) for span in bare(group, first, last)]
    opening = hours()
    return {
        "group": found.organisation_name(group),
        "last": last,
        "shifts": rows,
        "bare": empty,
        "desk_hours": opening.words,
        "elsewhere": opening.elsewhere,
    }


def _absences(now: datetime) -> list[Absence]:
    current = Absence.objects.filter(cancelled_at__isnull=True).order_by("start", "pk")
    return [a for a in current if a.end is None or a.end > now]


def _absence(found: Published, absence: Absence, now: datetime) -> dict[str, Any]:
    name = found.practitioner_name(absence.cover_code)
    answers = {
        "desk": "the duty desk",
        "asked": f"the duty desk, until {name} agrees",
        "accepted": name,
        "declined": f"the duty desk: {name} declined ({absence.cover_answer})",
    }
    return {
        "row": absence,
        "who": found.practitioner_name(absence.practitioner_code),
        "answers": answers[absence.cover_state],
        "begun": absence.start <= now,
    }


def _group(found: Published, actor: Actor) -> str:
    return group_of(found, actor.organisation_code)


def _which(typed: Mapping[str, str]) -> dict[str, int]:
    return {name: Typed(typed).whole(name) for name in ("absence_id", "version")}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)
