"""Which meetings somebody may open, and which of the people on an agenda they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from carestead.store.access import Action, may
from carestead.store.actor import Actor, Role
from carestead.store.care.meetings import items
from carestead.store.care.models import Meeting, MeetingItem
from carestead.web.find.people import Known, lookup, names
from carestead.web.published import Published, published
from carestead.web.shell.doors import Refused

RUN = (Role.CARE_COORDINATOR, Role.LEAD)
"""Who runs meetings."""

READ = (*RUN, Role.NAMED_GP)
"""Who may open one."""

UNSEEN = "Somebody whose care you have no part in"


def organisations(found: Published, actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of those whose meetings the actor may open: their own organisation, its group, or its practices."""
    home = actor.organisation_code
    group = (found.practices.get(home) or {}).get("group_code")
    members = [c for c, p in found.practices.items() if p["group_code"] == home]
    codes = dict.fromkeys(c for c in (home, group, *members) if c)
    return [(c, found.organisation_name(c)) for c in codes]


def practices(found: Published, organisation_code: str) -> list[str]:
    """The practices that an organisation meets about: itself, or those of the group."""
    members = [c for c, p in found.practices.items() if p["group_code"] == organisation_code]
    return members or [organisation_code]


@dataclass(frozen=True)
class Agenda:
    """A meeting with its people: `known` those whom the reader may see, `names` what they are called."""

    found: Published
    actor: Actor
    meeting: Meeting
    items: list[MeetingItem]
    known: dict[int, Known]
    names: dict[int, str]

    def name(self, person_id: int) -> str:
        """What the reader may call a person."""
        return self.names.get(person_id, UNSEEN)

    @property
    def open_items(self) -> list[MeetingItem]:
        """The people still to be talked about, in order."""
        return [i for i in self.items if i.state == "open"]

    def line(self, item: MeetingItem) -> dict[str, Any]:
        """A person on the agenda, as a list shows them."""
        seen = item.person_id in self.known
        return {"item": item, "name": self.name(item.person_id), "seen": seen}


def open_agenda(actor: Actor, meeting_id: int) -> Agenda | None:
    """The meeting and whom the actor may see of it; None when there is none. Raises Refused for another's meeting."""
    found = published()
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        return None
    if meeting.organisation_code not in dict(organisations(found, actor)):
        raise Refused("This is a meeting of another organisation.")
    there = list(items(meeting_id))
    known = visible(found, actor, (i.person_id for i in there))
    return Agenda(found, actor, meeting, there, known, called(found, known))


def visible(found: Published, actor: Actor, people: Iterable[int]) -> dict[int, Known]:
    """Those of `people` whom the actor may see."""
    known = {p: lookup(found, actor, p) for p in dict.fromkeys(people)}
    return {p: k for p, k in known.items() if k and may(actor, Action.SEE, k.facts).allowed}


def called(found: Published, people: Iterable[int]) -> dict[int, str]:
    """Names by person."""
    return {p: n["name"] for p, n in names(found, people).items()}
