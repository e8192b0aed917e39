"""Who sees which part of the plan: what the person said, and a form for what they say now."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.headings import PARTS
from carestead.care.sharing import ALL_PARTS, AUDIENCES, may_see
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.models import ShareChoice
from carestead.store.care.sharing import RECORDERS, choices, choose_sharing
from carestead.web.plan.opened import Opened, open_person
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

_PARTS = [(ALL_PARTS, "Every part"), *((p.id, p.name) for p in PARTS)]


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="see-sharing")
def sharing(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """Each audience with the parts it may see now."""
    opened = open_person(actor, person_id)
    typed = Typed(request.POST)
    if request.method == "POST" and (sent := typed.send(request, actor, "part", lambda: _save(typed, opened))):
        return sent
    said = choices(person_id)
    rows = [(name, [may_see(p.id, a, said) for p in PARTS]) for a, name in AUDIENCES.items()]
    data = {**split_date("said", timezone.localdate()), **request.POST.dict()}
    return opened.page(
        "sharing", "Who sees the plan", typed.errors, data=data, rows=rows, columns=[p.name for p in PARTS],
        part_choices=_PARTS, audience_choices=list(AUDIENCES.items()), history=said_before(person_id),
        may_record=actor.role in RECORDERS,
    )  # fmt: skip


def _save(typed: Typed, opened: Opened) -> Outcome:
    part = typed.choice("part", dict(_PARTS), "Choose a part of the plan.")
    audience = typed.choice("audience", AUDIENCES, "Choose who is meant.")
    allowed = typed.choice("allowed", ("yes", "no"), "Choose whether they may see it.")
    day = typed.day("said")
    if typed.good and day:
        choose_sharing(
            person_id=opened.person_id, part=part, audience=audience, allowed=allowed == "yes", said_on=day,
            by=opened.actor,
        )  # fmt: skip
    return Outcome(reverse("plan-sharing", args=[opened.person_id]), "Written down. It holds from this moment.")


def said_before(person_id: int) -> list[dict[str, object]]:
    """The newest of what the person said, in words, the latest first."""
    return [_line(c) for c in ShareChoice.objects.filter(person_id=person_id).order_by("-pk")[:20]]


def _line(choice: ShareChoice) -> dict[str, object]:
    return {
        "audience_id": choice.audience,
        "part": dict(_PARTS)[choice.part],
        "audience": AUDIENCES[choice.audience],
        "allowed": choice.allowed,
        "said_on": choice.said_on,
        "recorded_by": choice.recorded_by,
    }
