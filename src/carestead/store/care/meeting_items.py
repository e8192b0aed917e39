"""What becomes of each person at a meeting: a promise, or 'no action because'."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from carestead.care import meeting as rules
from carestead.care.machine import Refusal
from carestead.store.actor import Actor
from carestead.store.care import asks
from carestead.store.care.log import Act, change
from carestead.store.care.meetings import sides
from carestead.store.care.models import Meeting, MeetingItem, Promise
from carestead.store.care.plans import active_plan
from carestead.store.care.promises import Links
from carestead.store.care.refusing import hold_to, locked


@transaction.atomic
def note(*, item_id: int, version: int, by: Actor, said: str, at: datetime | None = None) -> MeetingItem:
    """Keep what was said of a person."""
    item = _discussed(item_id, "say", by, {"said": said})
    return change(item, Act("say", by, recorded_at=at or timezone.now()), version=version, said=said.strip())


@transaction.atomic
def leave_with_promise(
    *, item_id: int, version: int, by: Actor, ask: asks.Ask, at: datetime | None = None
) -> tuple[MeetingItem, Promise]:
    """The person leaves the meeting with a promise; with one more, when they have some already."""
    now = at or timezone.now()
    item = _discussed(item_id, "promise", by, {})
    plan = active_plan(item.person_id)
    links = Links(plan_id=plan.pk if plan else None, meeting_item_id=item.pk)
    promise = asks.make(ask, person_id=item.person_id, by=by, at=now, **links)
    act = Act("promise", by, recorded_at=now, given={"promise": promise.pk})
    sets = {"state": "closed", "outcome": "promise", "no_action_because": ""}
    return change(item, act, version=version, **sets), promise


@transaction.atomic
def leave_without_action(
    *, item_id: int, version: int, by: Actor, because: str, at: datetime | None = None
) -> MeetingItem:
    """Nothing is to be done about the person, for a reason."""
    item = _discussed(item_id, "no-action", by, {"no_action_because": because})
    act = Act("no-action", by, recorded_at=at or timezone.now())
    sets = {"state": "closed", "outcome": "no-action", "no_action_because": because.strip()}
    return change(item, act, version=version, **sets)


@transaction.atomic
def withdraw(*, item_id: int, version: int, by: Actor, reason: str, at: datetime | None = None) -> MeetingItem:
    """Take a person off the agenda before they were talked about, for a reason; what is open about them stays open."""
    item = locked(MeetingItem, item_id)
    given = {"reason": reason}
    hold_to(_meeting_refusal(item, ("planned", "held")), rules.ITEM.refusal(item.state, "withdraw", sides(by), given))
    act = Act("withdraw", by, recorded_at=at or timezone.now(), given=given)
    return change(item, act, version=version, state="withdrawn")


def _discussed(item_id: int, act: str, by: Actor, given: dict[str, str]) -> MeetingItem:
    item = locked(MeetingItem, item_id)
    hold_to(_meeting_refusal(item, ("held",)), rules.ITEM.refusal(item.state, act, sides(by), given))
    return item


def _meeting_refusal(item: MeetingItem, when: tuple[str, ...]) -> Refusal | None:
    meeting = locked(Meeting, item.meeting_id)
    if meeting.state in when:
        return None
    return Refusal(f"The meeting is {rules.MEETING.label(meeting.state)}.", "Begin it first, or open another.")
