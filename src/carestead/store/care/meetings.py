"""Meetings of the team (MDT): prepared, held, and closed when each person on the agenda leaves with something."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from carestead.care import meeting as rules
from carestead.care.machine import Refusal
from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Meeting, MeetingItem
from carestead.store.care.refusing import hold_to, locked

CHAIRS = frozenset({Role.CARE_COORDINATOR, Role.LEAD})
"""Who runs meetings."""


class OpenItemsError(NotPossibleError):
    """The meeting cannot be closed: `people` (person_ids) would leave it with nothing."""

    def __init__(self, refusal: Refusal, people: Sequence[int]) -> None:
        super().__init__(refusal.what, refusal.do)
        self.people = tuple(people)


def sides(by: Actor) -> frozenset[str]:
    """Whether somebody runs meetings or takes part in them."""
    if by.role not in DIRECT_CARE:
        return frozenset()
    return frozenset({rules.CHAIR, rules.TEAM} if by.role in CHAIRS else {rules.TEAM})


@transaction.atomic
def plan_meeting(
    *, organisation_code: str, held_at: datetime, place: str, by: Actor, lines: Iterable[rules.Line] = (),
    at: datetime | None = None,
) -> Meeting:  # fmt: skip
    """Prepare a meeting of a practice or a group, led by `by`, with the people of `lines` on its agenda."""
    now = at or timezone.now()
    hold_to(_chairing_refusal(by), _time_refusal(held_at, now))
    meeting = begin(
        Meeting(
            organisation_code=organisation_code,
            state="planned",
            held_at=held_at,
            place=place.strip(),
            chair_code=by.practitioner_code or by.username,
            chair_name=by.name,
            attending=[],
        ),
        Act("plan", by, recorded_at=now),
    )
    for line in lines:
        add_item(meeting_id=meeting.pk, person_id=line.person_id, why=line.why, by=by, at=now)
    return meeting


def _chairing_refusal(by: Actor) -> Refusal | None:
    return None if by.role in CHAIRS else Refusal("Meetings are run by a care coordinator or a lead.", "Ask one.")


def _time_refusal(held_at: datetime, now: datetime) -> Refusal | None:
    if timezone.localdate(held_at) >= timezone.localdate(now):
        return None
    return Refusal(f"{timezone.localdate(held_at):%-d %B %Y} is past.", "Give today, or a day that comes.")


@transaction.atomic
def add_item(*, meeting_id: int, person_id: int, why: str, by: Actor, at: datetime | None = None) -> MeetingItem:
    """Put a person on the agenda, with why. Raises NotPossibleError when they are on it: one line a person."""
    meeting = locked(Meeting, meeting_id)
    hold_to(rules.MEETING.refusal(meeting.state, "add", sides(by), {"why": why}))
    item = MeetingItem(meeting_id=meeting_id, person_id=person_id, state="open", why=why.strip())
    try:
        with transaction.atomic():
            return begin(item, Act("add", by, recorded_at=at or timezone.now()))
    except IntegrityError as twice:
        raise NotPossibleError("The person is on this agenda already.", "Look for them in the list.") from twice


@transaction.atomic
def hold_meeting(
    *, meeting_id: int, version: int, by: Actor, attending: Sequence[str], at: datetime | None = None
) -> Meeting:
    """Begin the meeting. `attending` are the names of those who came."""
    meeting = locked(Meeting, meeting_id)
    came = [name.strip() for name in attending if name.strip()]
    hold_to(
        rules.MEETING.refusal(meeting.state, "hold", sides(by), {"attending": ", ".join(came)}),
    )
    return change(
        meeting, Act("hold", by, recorded_at=at or timezone.now()), version=version, state="held", attending=came
    )


@transaction.atomic
def close_meeting(
    *, meeting_id: int, version: int, by: Actor, names: Mapping[int, str] | None = None, at: datetime | None = None
) -> Meeting:
    """Close the meeting. Raises OpenItemsError while anybody on the agenda has neither a promise nor a reason; it says
    who, by the `names` given (else by number)."""
    now = at or timezone.now()
    meeting = locked(Meeting, meeting_id)
    hold_to(rules.MEETING.refusal(meeting.state, "close", sides(by), {}))
    undecided = list(items(meeting_id).filter(state="open").values_list("person_id", flat=True))
    called = [(names or {}).get(p, f"person {p}") for p in undecided]
    if refusal := rules.closing_refusal(called):
        raise OpenItemsError(refusal, undecided)
    return change(meeting, Act("close", by, recorded_at=now), version=version, state="closed", closed_at=now)


@transaction.atomic
def cancel_meeting(*, meeting_id: int, version: int, by: Actor, reason: str, at: datetime | None = None) -> Meeting:
    """Call a prepared meeting off, with a reason. Nothing that is open about anybody changes."""
    meeting = locked(Meeting, meeting_id)
    given = {"reason": reason}
    hold_to(rules.MEETING.refusal(meeting.state, "cancel", sides(by), given))
    act = Act("cancel", by, recorded_at=at or timezone.now(), given=given)
    return change(meeting, act, version=version, state="cancelled")


def items(meeting_id: int) -> QuerySet[MeetingItem]:
    """The agenda, in its order, without whoever was taken off."""
    return MeetingItem.objects.filter(meeting_id=meeting_id).exclude(state="withdrawn").order_by("pk")
