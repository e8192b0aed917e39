"""The letters an actor may send: those to people they may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from carestead.store.access import STRANGER
from carestead.store.actor import Actor
from carestead.store.care.models import Notice
from carestead.store.care.notices import LETTERS
from carestead.web.find.people import names, one, seen
from carestead.web.published import Published, Row
from carestead.web.shell.doors import Refused

SENT = ("given", "seen", "not-needed")


@dataclass(frozen=True)
class Waiting:
    """A letter that waits to be sent, with the person's name and number."""

    notice: Notice
    person: Row
    late: bool

    @property
    def about(self) -> str:
        """What the letter is about, in words."""
        return LETTERS.get(self.notice.about, self.notice.about)


def waiting(found: Published, actor: Actor, at: datetime) -> list[Waiting]:
    """Every letter not sent yet to a person whom the actor may see, the one due first first."""
    notices = list(_letters().exclude(state__in=SENT).order_by("due_at", "pk"))
    mine = _may_see(found, actor, {n.person_id for n in notices})
    people = names(found, mine)
    shown = [n for n in notices if n.person_id in mine]
    return [Waiting(n, people.get(n.person_id, {"name": "Name not known"}), n.due_at <= at) for n in shown]


def chosen(found: Published, actor: Actor, ids: Collection[int]) -> list[Notice]:
    """Those of the letters `ids` that are there, in their order. Raises Refused when one is to somebody whom the actor
    may not see."""
    notices = sorted(_letters().filter(pk__in=ids), key=lambda n: list(ids).index(n.pk))
    wanted = {n.person_id for n in notices}
    if hidden := wanted - _may_see(found, actor, wanted):
        raise Refused("A letter that you chose is to somebody whose care you have no part in.", sorted(hidden))
    return notices


def letter(found: Published, actor: Actor, notice_id: int) -> Notice:
    """One letter, whether sent or not. Raises Refused, in the same words where there is none."""
    notice = _letters().filter(pk=notice_id).first()
    if notice is None:
        raise Refused(STRANGER)
    one(found, actor, notice.person_id)
    return notice


def _letters() -> QuerySet[Notice]:
    return Notice.objects.filter(to_kind="person", about__in=LETTERS)


def _may_see(found: Published, actor: Actor, people: set[int]) -> set[int]:
    rows = found.rows("find/register", also=list(people)) if people else []
    return {k.person_id for k in seen(found, actor, (r for r in rows if r["person_id"] in people))}
