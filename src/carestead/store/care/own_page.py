"""Telling the care coordinator what the person, or their carer, wrote on their own page: one notice a day and person,
however often they save."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from carestead.core.calendar import local_day
from carestead.core.listing import listed
from carestead.store.actor import OWN_PAGE, Actor
from carestead.store.care.log import Act, begin, change, done_before
from carestead.store.care.models import Notice
from carestead.store.care.telling import OWN_WORDS, holder, to_know

Did = Mapping[str, Sequence[str]]
"""What was done, by who did it: `{"person": ["about-me"]}`."""

DONE = {"about-me": "wrote in About me", "goal": "said how a goal goes", "sharing": "changed who may see the plan"}
"""What a person or carer does that the coordinator is told of, in the order in which it is said."""

_WHO = {"person": "The person", "carer": "Their carer"}


@transaction.atomic
def tell_of_own_page(*, person_id: int, did: str, by: Actor, at: datetime) -> Notice | None:
    """Put before the coordinator that `by` did one of DONE; nothing when professionals write, or nobody coordinates.
    What is saved later that day is added, and is to be seen again. Call it in the transaction of the act."""
    to = holder(person_id, "coordinator")
    if by.role not in OWN_PAGE or not to:
        return None
    key = f"{OWN_WORDS}:{person_id}:{local_day(at)}"
    first = to_know(person_id, OWN_WORDS, to, said({by.role.value: [did]}), at)
    if made := _first(first, key, by, at):
        return made
    earlier = done_before(key)
    assert earlier is not None
    notice = Notice.objects.select_for_update().get(pk=earlier.subject_id)
    sets = {"state": "given", "to_code": to, "given_at": at, "seen_at": None, "seen_by": ""}
    told = said(_with(notice.facts_told["did"], by, did))
    return change(notice, Act("tell", by, at, at), version=notice.version, **sets, facts_told=told)


def said(did: Did) -> dict[str, object]:
    """What the notice tells: what was done by whom, and the same in words."""
    lines = (f"{_WHO[who]} {listed([DONE[d] for d in did[who]])}." for who in _WHO if who in did)
    return {"did": {who: list(done) for who, done in did.items()}, "words": " ".join(lines)}


def _first(notice: Notice, key: str, by: Actor, at: datetime) -> Notice | None:
    """The day's notice when this is the first of it; None when there is one, also when another save was quicker."""
    if done_before(key):
        return None
    try:
        with transaction.atomic():
            return begin(notice, Act("tell", by, at, at, key=key))
    except IntegrityError:
        return None


def _with(before: Did, by: Actor, did: str) -> Did:
    mine = {*before.get(by.role.value, ()), did}
    return {**before, by.role.value: [d for d in DONE if d in mine]}
