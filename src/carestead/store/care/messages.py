"""Messages between parties. Who covers reads what the absent addressee would; what nobody answers becomes a promise."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.utils import timezone

from carestead.care.machine import Refusal
from carestead.care.message import ADDRESSEE, COVER, MESSAGE, WAITING
from carestead.care.sides import Party
from carestead.care.templates import follow_ups
from carestead.reference.calendars import working_calendar
from carestead.store.actor import SYSTEM, Actor
from carestead.store.care.acting import How, Kind, NotThereError, act, once, step
from carestead.store.care.consequences import keep
from carestead.store.care.follow_ups import carried_on
from carestead.store.care.models import Message, Promise
from carestead.store.care.promises import gone, make_promise
from carestead.store.care.sending import send_message
from carestead.store.care.standing import standpoint


def addressee_of(message: Message) -> Party:
    """Whom it is for."""
    return Party(message.to_kind, message.to_code, message.to_name)


def sender_of(message: Message) -> Party:
    """Who wrote it."""
    return Party(message.from_kind, message.from_code, message.from_name)


def _sides(message: Message, by: Actor, at: datetime) -> frozenset[str]:
    who, to = standpoint(by, at), addressee_of(message)
    return frozenset([ADDRESSEE] * who.is_party(to) + [COVER] * who.stands_in_for(to))


def _refusal(state: str, type: str, sides: frozenset[str], given: Mapping[str, Any]) -> Refusal | None:
    return MESSAGE.refusal(state, type, sides, given)


KIND = Kind(Message, MESSAGE, _sides, _refusal)


def read_message(*, message_id: int, **how: Unpack[How]) -> Message:
    """The addressee, or who answers for them, has read it."""
    return act(KIND, message_id, "read", how, sets=lambda m, now: {"read_at": now, "read_by": how["by"].name})


def answer_message(*, message_id: int, text: str, **how: Unpack[How]) -> Message:
    """Answer it: the answer is a message of the same thread, and a promise that the silence became is kept. Gives the
    message that was answered."""
    by = how["by"]

    def sets(message: Message, now: datetime) -> dict[str, Any]:
        seen = {} if message.read_at else {"read_at": now, "read_by": by.name}
        return {"answered_at": now, **seen}

    def then(message: Message, now: datetime) -> None:
        send_message(
            to=sender_of(message), text=text, by=by, person_id=message.person_id, about=_about(message),
            thread_id=message.thread_id or message.pk, at=now,
        )  # fmt: skip
        promised = carried_on(message.promise_id)
        if promised:
            keep(promised, outcome="done", evidence=text.strip(), happened_at=now, by=by, now=now)

    return act(KIND, message_id, "answer", how, given={"text": text}, sets=sets, then=then)


def thread(message_id: int) -> list[Message]:
    """The messages that answer each other, oldest first. Raises NotThereError."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotThereError(f"There is no message {message_id}.", "Look for it in the inbox.")
    root = message.thread_id or message.pk
    found = Message.objects.filter(thread_id=root) | Message.objects.filter(pk=root)
    return list(found.order_by("sent_at", "pk"))


def turn_unanswered_into_promises(*, at: datetime | None = None) -> list[Promise]:
    """Each message that nobody answered in time becomes a promise of its addressee to answer it. For the sweep: it may
    run twice, late, or beside another; a message stays to be answered. One transaction a message."""
    now = at or timezone.now()
    late = Message.objects.filter(state__in=WAITING, answer_by_at__lt=now, person_id__isnull=False)
    late = late.exclude(person_id__in=gone().values("person_id"))
    return [made for message in late.order_by("pk") if (made := _promised(message, now))]


def _promised(message: Message, now: datetime) -> Promise | None:
    form = follow_ups()["answer-message"]
    key = f"message/{message.pk}/unanswered"

    def do() -> Message:
        found = Message.objects.select_for_update().get(pk=message.pk)
        if found.state not in WAITING:
            return found
        made = make_promise(
            person_id=found.person_id or 0, owner=addressee_of(found), requester=sender_of(found),
            what=form.what.format(who=found.from_name or "them", what=_short(found.text)), done_means=form.done_means,
            due_at=form.due(now, working_calendar()), why=found.text, template=form.id, by=SYSTEM, at=now,
        )  # fmt: skip
        given = {"promise_id": made.pk}
        return step(KIND, found, "become-promise", by=SYSTEM, now=now, given=given, key=key, promise_id=made.pk)

    seen = once(key, Message, do, type="become-promise", by=SYSTEM, subject_id=message.pk)
    return Promise.objects.filter(pk=seen.promise_id).first()


def _about(message: Message) -> tuple[str, int] | None:
    return (message.about_kind, message.about_id) if message.about_id is not None else None


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
