"""Telling colleagues of a hand-over. The person's own letter is queued by the ledger."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from carestead.care.standing import ROLES, Situation
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor
from carestead.store.assign.situation import acting
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Alarm, Message, Notice
from carestead.store.clocks import site_clocks


def tell(
    person_id: int, to: str, about: str, words: str, *, by: Actor, at: datetime, due: datetime | None = None
) -> None:
    """Put a notice before a colleague, to be seen by `due` (else by the clock of messages)."""
    begin(
        Notice(
            person_id=person_id, state="given", about=about, to_kind="practitioner", to_code=to, channel="page",
            facts_told={"words": words}, queued_at=at, given_at=at, due_at=due or message_due(at),
        ),
        Act("tell", by, at, at),
    )  # fmt: skip


def tell_of_new_holder(person_id: int, before: Situation, after: Situation, *, by: Actor) -> None:
    """The one who remains, the one who left and an interim holder are told, but for whoever did it."""
    words = f"{after.called(after.holder)} is the {ROLES[after.role]} instead of {before.called(before.holder)}."
    interim = f"You stand in as {ROLES[after.role]}: acknowledge it." if after.acknowledge_by else ""
    for to, said in ((before.other_holder, words), (before.holder, words), (after.holder, interim)):
        if to and said and to != acting(by):
            tell(person_id, to, "holder-changed", said, by=by, at=after.at, due=after.acknowledge_by)


def tell_in_one(remaining: Iterable[str], words: str, *, by: Actor, at: datetime) -> None:
    """One message to each of the holders who remain, however many people it is about: not one a person."""
    for to, people in sorted(Counter(code for code in remaining if code and code != acting(by)).items()):
        said = f"{words} {people} of them are yours too."
        begin(
            Message(
                state="sent", from_kind="practitioner", from_code=acting(by), from_name=by.name, to_kind="practitioner",
                to_code=to, text=said, sent_at=at,
            ),
            Act("send", by, at, at),
        )  # fmt: skip


def alarm(key: str, person_id: int | None, subject: tuple[str, int], milestone: str, to: str, at: datetime) -> None:
    """Raise an alarm once: whoever must choose what next is asked."""
    Alarm.objects.get_or_create(
        key=key,
        defaults={
            "person_id": person_id, "subject_kind": subject[0], "subject_id": subject[1], "milestone": milestone,
            "rung": "holder", "effect": "asks", "to_kind": "practitioner", "to_code": to, "interrupts": True,
            "raised_at": at,
        },
    )  # fmt: skip


def message_due(at: datetime) -> datetime:
    """By when a message sent at `at` is to be answered."""
    return site_clocks()["message-answer"].due(at, working_calendar())
