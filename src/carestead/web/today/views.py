"""Today: what needs a decision, and for a coordinator what falls due and who came home."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.care.seen import see_alarm, see_notice
from carestead.store.care.standing import standpoint
from carestead.store.care.today import covered_by
from carestead.web.published import published
from carestead.web.shell import once
from carestead.web.shell.doors import Page, door
from carestead.web.today import presenters


@require_GET
@door(Role.NAMED_GP, Role.CARE_COORDINATOR, discloses="people", action="see-today")
def today(request: HttpRequest, actor: Actor) -> Page:
    """The first page of a named GP and of a coordinator."""
    context = presenters.today(published(), actor, timezone.now())
    return Page("today/today.jinja", context, people=context.pop("people_shown"))


@require_POST
@door(Role.NAMED_GP, Role.CARE_COORDINATOR, discloses="nobody", action="see-told")
def seen(request: HttpRequest, actor: Actor, kind: str, subject_id: int) -> HttpResponse:
    """One tap: I have seen it."""
    if answered := once.again(request, actor):
        return answered
    now = timezone.now()
    mine = frozenset(
        [actor.practitioner_code, *covered_by(actor.practitioner_code, now), *standpoint(actor, now).desks]
    )

    def say() -> once.Outcome:
        try:
            if kind == "alarm":
                see_alarm(alarm_id=subject_id, by=actor, mine=mine)
            else:
                see_notice(notice_id=subject_id, by=actor, mine=mine)
        except CaresteadError as refused:
            return once.Outcome(reverse("today"), str(refused))
        return once.Outcome(reverse("today"), "Noted that you have seen it. It stays in the person's history.")

    return once.first(request, actor, say)
