"""Writing to somebody: what other acts need of messages, which themselves make promises."""

from datetime import datetime

from django.utils import timezone

from carestead.care.sides import Party
from carestead.store.actor import Actor
from carestead.store.care.acting import NotPossibleError, aware, once
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Message, Promise
from carestead.store.care.standing import owner_of, party_of, requester_of


def send_message(
    *, to: Party, text: str, by: Actor, person_id: int | None = None, sender: Party | None = None,
    about: tuple[str, int] | None = None, answer_by_at: datetime | None = None, thread_id: int | None = None,
    key: str | None = None, at: datetime | None = None,
) -> Message:  # fmt: skip
    """Write to a party, about a person or (`about`: kind and id) a promise or request of theirs. With `answer_by_at` it
    becomes a promise when nobody has answered by then. Raises NotPossibleError for a message to nobody, or of nothing.
    """
    if not to.code or not text.strip():
        raise NotPossibleError("The message has no words, or is for nobody.", "Choose whom it is for, and write it.")
    aware(answer_by_at, "The time to answer by")
    source = sender or party_of(by)
    kind, subject = about or ("", None)

    def do() -> Message:
        now = at or timezone.now()
        return begin(
            Message(
                person_id=person_id, state="sent", thread_id=thread_id, about_kind=kind, about_id=subject,
                from_kind=source.kind, from_code=source.code, from_name=source.name,
                to_kind=to.kind, to_code=to.code, to_name=to.name,
                text=text.strip(), sent_at=now, answer_by_at=answer_by_at,
            ),
            Act("send", by, recorded_at=now, key=key),
        )  # fmt: skip

    return once(key, Message, do, type="send", by=by)


def tell_owner(promise: Promise, text: str, by: Actor, now: datetime, *, knows: Party | None = None) -> None:
    """Write to the owner what became of their promise, unless they are who knows it: who asked for it, where nobody
    else is said."""
    owner = owner_of(promise)
    if not owner.is_same(knows or requester_of(promise)):
        about = (Promise.KIND, promise.pk)
        send_message(to=owner, text=text, by=by, person_id=promise.person_id, about=about, at=now)
