"""What is open about people goes with the responsibility for them: promises, requests, messages, the plan's review."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from carestead.care.promise import ASKED, OPEN
from carestead.care.request import LIVE
from carestead.store.actor import Actor
from carestead.store.care.log import Act, change
from carestead.store.care.models import Message, Plan, Promise, Request
from carestead.store.care.things import Thing


@dataclass(frozen=True, slots=True)
class Follows:
    """`code`, called `name`, follows `before` from `at` on."""

    before: str
    code: str
    name: str
    at: datetime


def reroute(people: Collection[int], who: Follows, *, by: Actor) -> int:
    """Give everything open about `people` that was the old holder's to the new one: what they owned, asked for, were
    to read or to review. What has ended keeps its name. Gives how many things moved. Call it in the transaction that
    moves the responsibility."""
    moved = 0
    for thing, sets in _theirs(people, who):
        change(thing, Act("hand-over", by, who.at, who.at), version=thing.version, **sets)
        moved += 1
    return moved


def _theirs(people: Collection[int], who: Follows) -> Iterator[tuple[Thing, dict[str, Any]]]:
    for promise in Promise.objects.filter(person_id__in=people, state__in=OPEN):
        if sets := {**_owned(promise, who), **_asked(promise, who)}:
            yield promise, sets
    for request in Request.objects.filter(person_id__in=people, state__in=LIVE | {"draft"}, asker_code=who.before):
        yield request, {"asker_code": who.code, "asker_name": who.name}
    unanswered = Message.objects.filter(person_id__in=people, state__in=("sent", "read"), to_code=who.before)
    for message in unanswered:
        yield message, {"to_code": who.code, "to_name": who.name}
    for plan in Plan.objects.filter(person_id__in=people, state__in=("draft", *LIVE), review_by_code=who.before):
        yield plan, {"review_by_code": who.code}


def _owned(promise: Promise, who: Follows) -> dict[str, Any]:
    if promise.owner_code != who.before:
        return {}
    taken = {} if promise.state in ASKED | {"draft"} else {"accepted_by": who.name, "channel": "hand-over"}
    return {"owner_code": who.code, "owner_name": who.name, **taken}


def _asked(promise: Promise, who: Follows) -> dict[str, Any]:
    mine = promise.requester_code == who.before
    return {"requester_code": who.code, "requester_name": who.name} if mine else {}
