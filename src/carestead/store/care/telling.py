"""Telling professionals that something happened to somebody they are responsible for, and seeing that they saw it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from carestead.care.sides import Party
from carestead.reference.calendars import working_calendar
from carestead.store.actor import SYSTEM, Actor
from carestead.store.assign.now import holders, presence_at
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import BreakGlass, Notice, Promise, Stay
from carestead.store.care.things import CareEvent
from carestead.store.clocks import site_clocks

BOTH = ("named-gp", "coordinator")
OPENED = "break-glass"
"""What a notice is about, and of which kind of thing, that tells of an opening in an emergency."""

RESUMED = "plan-resumed"
"""What a notice is about that tells a named GP who was away that somebody let a plan go on instead of them."""

OWN_WORDS = "own-words"
"""What a notice is about that tells a coordinator what the person, or their carer, wrote on their own page."""

TO_KNOW = frozenset({RESUMED, OWN_WORDS})
"""Notices that are only to be known: they stand on *Today* until they are seen, are never late, and alarm nobody."""

UNSEEN = ("queued", "given", "escalated")
"""The states of a notice that nobody has seen yet."""


def holder(person_id: int, role: str) -> str:
    """The code of whoever holds a role for a person now; empty when nobody does."""
    return holders([person_id])[person_id].get(role, "")


def holder_or_cover(person_id: int, role: str, at: datetime, desk: str) -> Party:
    """Who is told instead of a holder who is away: their cover, once accepted and there; else the desk `desk`."""
    code, present = holder(person_id, role), presence_at(at)
    if code and present.here(code):
        return Party("practitioner", code)
    cover = present.instead_of(code)
    return Party("practitioner", cover) if cover else Party("desk", desk)


@transaction.atomic
def tell(
    *, person_id: int, about: str, stay: Stay, desk: str, roles: tuple[str, ...] = BOTH, by: Actor = SYSTEM,
    facts: Mapping[str, Any] | None = None, at: datetime | None = None, again: str = "",
) -> list[Notice]:  # fmt: skip
    """Tell holder or cover of each role about a stay, once: whoever has both roles has one notice, which names both.

    What was told before of the same stay is not told again, unless `again` says what is new.
    """
    now = at or timezone.now()
    to: dict[Party, list[str]] = {}
    for role in roles:
        if not CareEvent.objects.filter(key=_key(stay, about, role, again)).exists():
            to.setdefault(holder_or_cover(person_id, role, now, desk), []).append(role)
    return [_notice(person_id, about, stay, party, r, facts or {}, by, now, again) for party, r in to.items()]


@transaction.atomic
def tell_of_opening(
    *, glass: BreakGlass, review: Promise, desk: str, words: str, by: Actor, at: datetime
) -> Notice:  # fmt: skip
    """Tell the named GP, or whoever answers for them, that somebody broke the glass. `review` is the promise to look at
    it, named to whom it is asked of."""
    to = holder_or_cover(glass.person_id, "named-gp", at, desk)
    asked = {"promise": review.pk} if review.owner_kind == "practitioner" else {}
    notice = Notice(
        person_id=glass.person_id, state="given", about=OPENED, subject_kind=OPENED, subject_id=glass.pk,
        to_kind=to.kind, to_code=to.code, facts_told={"words": words, **asked}, queued_at=at, due_at=_due(at),
        channel="page", given_at=at,
    )  # fmt: skip
    return begin(notice, Act("tell", by, at, at, key=f"{OPENED}:{glass.pk}"))


def tell_to_know(*, person_id: int, about: str, to: str, words: str, by: Actor, at: datetime) -> Notice:
    """Put before the practitioner `to`, here or not, what is only to be known (`about` is one of TO_KNOW)."""
    return begin(to_know(person_id, about, to, {"words": words}, at), Act("tell", by, at, at))


def to_know(person_id: int, about: str, to: str, told: Mapping[str, Any], at: datetime) -> Notice:
    """A notice that is only to be known, not yet written."""
    return Notice(
        person_id=person_id, state="given", about=about, to_kind="practitioner", to_code=to, facts_told=dict(told),
        queued_at=at, due_at=_due(at), channel="page", given_at=at,
    )  # fmt: skip


@transaction.atomic
def see(*, notice: Notice, by: Actor, at: datetime | None = None) -> Notice:
    """Whoever was told, or answers for them, has seen it. A second time changes nothing."""
    now = at or timezone.now()
    if notice.state not in UNSEEN:
        return notice
    return change(notice, Act("see", by, now, now), version=notice.version, state="seen", seen_at=now, seen_by=by.name)


def _notice(
    person_id: int, about: str, stay: Stay, to: Party, roles: list[str], facts: Mapping[str, Any], by: Actor,
    at: datetime, again: str,
) -> Notice:  # fmt: skip
    first, *others = roles
    notice = Notice(
        person_id=person_id, state="given", about=about, subject_kind="stay", subject_id=stay.pk, to_kind=to.kind,
        to_code=to.code, facts_told={**facts, "roles": roles}, queued_at=at, due_at=_due(at), channel="page",
        given_at=at,
    )  # fmt: skip
    made = begin(notice, Act("tell", by, at, at, key=_key(stay, about, first, again)))
    for role in others:
        # The one notice tells the other role too: said in its log, so that it is not told once more.
        change(made, Act("tell", by, at, at, {"role": role}, _key(stay, about, role, again)), version=made.version)
    return made


def _due(at: datetime) -> datetime:
    return site_clocks()["telling-seen"].due(at, working_calendar())


def _key(stay: Stay, about: str, role: str, again: str) -> str:
    return f"stay:{stay.pk}:{about}:{role}{':' if again else ''}{again}"
