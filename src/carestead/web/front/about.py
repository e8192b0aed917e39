"""About me, read and written by the person themselves, or by their carer whom they let."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.headings import ABOUT_ME, Heading
from carestead.store.actor import OWN_PAGE, Actor
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.care.models import PlanSection
from carestead.store.care.sections import sections, write_own_words
from carestead.web.front.own import Own, open_own
from carestead.web.plan.presenters import readers, readings
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

ASKED = {
    "what-is-most-important-to-me": "What should anybody who looks after you know first?",
    "people-who-are-important-to-me": "Family, friends, neighbours, pets. How do you keep in touch?",
    "how-i-communicate-and-how-to-communicate-with-me":
        "Your language, your hearing, your sight. What helps you to understand, and to be understood?",
    "my-wellness": "What is a good day like? What is a bad day like? What makes the difference?",
    "please-do-and-please-dont": "What should people do when they help you? What should they leave alone?",
    "how-and-when-to-support-me": "What do you need help with, and when? What do you do by yourself?",
    "also-worth-knowing-about-me": "Anything else: your work, what you enjoy, your faith, how you take your tea.",
    "supported-to-write-this-by": "If somebody helped you to write: their name, and who they are to you.",
    "location-to-multimedia-file": "If there is a photo, a film or a recording about you: where is it?",
}  # fmt: skip
"""What is asked under each heading, in plain words."""

_CALLED = {"location-to-multimedia-file": "A photo, a film or a recording of me"}
"""Headings whose name in the standard is no plain word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A heading and what stands under it, as the person's own pages show it."""

    heading: Heading
    section: PlanSection | None

    @property
    def name(self) -> str:
        """The heading in plain words."""
        return _CALLED.get(self.heading.id, self.heading.name)

    @property
    def asked(self) -> str:
        """What belongs there."""
        return ASKED[self.heading.id]

    @property
    def text(self) -> str:
        """What is written, as it was typed."""
        return self.section.text if self.section else ""

    @property
    def version(self) -> int:
        """How often it was written."""
        return self.section.version if self.section else 0


def said_in(own: Own) -> list[Said]:
    """Every heading of About me with what is written there, as far as the reader may see it."""
    there = sections(own.plan.pk) if own.plan and ABOUT_ME.id in own.parts else {}
    return [Said(h, there.get((ABOUT_ME.id, 1, h.id))) for h in ABOUT_ME.headings]


@require_GET
@door(*OWN_PAGE, discloses="people", action="see-about-me")
def about_me(request: HttpRequest, actor: Actor) -> Page:
    """What the plan says about the person, who wrote it when, and who has read it since."""
    own = open_own(actor)
    every = said_in(own)
    written = [s.section for s in every if s.section and s.text.strip()]
    newest = max((s.written_at for s in written), default=None)
    read_by = readers(readings(own.person_id), ABOUT_ME.id, newest) if newest else []
    return own.page("about_me", "About me", shown=[ABOUT_ME.id], every=every, written=len(written), read_by=read_by)


@require_http_methods(["GET", "POST"])
@door(*OWN_PAGE, discloses="people", action="write-about-me")
def write(request: HttpRequest, actor: Actor, heading: str) -> Page | HttpResponse:
    """The form of one heading."""
    own = open_own(actor)
    if ABOUT_ME.id not in own.parts:
        raise Refused("They have not said yet that you may see this.", [own.person_id])
    said = next((s for s in said_in(own) if s.heading.id == heading), None)
    if said is None or not own.enrolled:
        return redirect("about-me")
    if request.method == "GET":
        return _form(own, said, {"text": said.text, "version": said.version})
    typed, clash = Typed(request.POST), list[PlanSection | None]()
    done = typed.send(request, actor, "text", lambda: _save(typed, own, said, clash))
    if clash:
        return _both(own, said, clash[0], typed)
    return done or _form(own, said, request.POST, typed.errors)


def _save(typed: Typed, own: Own, said: Said, clash: list[PlanSection | None]) -> Outcome:
    """Save it; when somebody else did meanwhile, put what they wrote into `clash`."""
    text = typed.data.get("text", "").replace("\r\n", "\n")
    try:
        write_own_words(
            person_id=own.person_id, heading=said.heading.id, text=text, version=typed.whole("version"), by=own.actor
        )
    except ChangedMeanwhileError as changed:
        clash.append(changed.now if isinstance(changed.now, PlanSection) else None)
        raise
    address = f"{reverse('about-me')}#{said.heading.id}"
    return Outcome(address, "Saved. Those who may see your plan read it from now on.")


def _form(own: Own, said: Said, data: Mapping[str, Any], errors: dict[str, str] | None = None) -> Page:
    return own.page("write_about_me", said.name, errors, shown=[ABOUT_ME.id], said=said, data=data)


def _both(own: Own, said: Said, theirs: PlanSection | None, typed: Typed) -> Page:
    """Somebody else saved while this person wrote: both texts, and one to be saved in their place."""
    data = {"text": typed.data.get("text", ""), "version": theirs.version if theirs else 0}
    more = {"said": said, "theirs": theirs, "data": data}
    return own.page("both", "Two people wrote this", status=409, shown=[ABOUT_ME.id], **more)
