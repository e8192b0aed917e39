"""The acts upon a promise as forms: what each asks, which button, and which store action it calls."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from carestead.care.break_glass import REVIEW
from carestead.care.promise import COVER, OWNER
from carestead.care.sides import Party
from carestead.care.templates import outcomes
from carestead.store.care import promise_ends, promises
from carestead.store.care.follow_ups import BY_REQUEST, DECISIONS, asked_by_request
from carestead.store.care.lists import Seen
from carestead.store.care.models import Promise
from carestead.web.care.reading import Field, first

NOT_NOW = "That cannot be done now. What can be done is below."


@dataclass(frozen=True, slots=True)
class Form:
    """An act that somebody may do now. `act` is that of the life cycle; `id` tells two forms of one act apart; `means`
    says beforehand what the act brings with it, where its title does not."""

    id: str
    act: str
    title: str
    button: str
    do: Callable[..., Any]
    said: str
    fields: tuple[Field, ...] = ()
    means: str = ""


def _why(label: str) -> Field:
    return Field("reason", label, needed="Say in a few words why.")


def _happened(label: str) -> Field:
    return Field(
        "happened_at", label, "moment", "The day and time it really happened", needed="Give the day it happened."
    )


def _due(label: str) -> Field:
    return Field("new_due", label, "moment", "With a time if it matters", needed="Give a day.")


_NOTE = Field("note", "What should be known", "area", needed="Write what should be known.")
_OUTCOME = Field("outcome", "How it came out", "select", needed="Choose how it came out.")
_SAID_YES = Field("accepted_by", "Who said yes", needed="Give the name of who said yes.")
_CHANNEL = Field(
    "channel", "How", "select", choices=(("phone", "By telephone"), ("letter", "By letter")), needed="Choose how."
)
_WHO = Field("owner", "Whom to ask", "select", needed="Choose whom to ask.")

FORMS = (
    Form("send", "ask", "Send it", "Send it", promises.send_promise, "Sent. Its owner can answer now."),
    Form("accept", "accept", "Accept", "Accept", promises.accept_promise, "Accepted."),
    Form("phone", "accept", "They said yes by telephone or letter", "Record their yes", promises.accept_promise,
         "Accepted, in the name you gave.", (_SAID_YES, _CHANNEL)),
    Form("accept-later", "accept", "Accept, and ask for another date", "Accept with this date", promises.accept_promise,
         "Accepted. Whoever asked is asked to agree to the new date.", (_due("When you can do it"),)),
    Form("complete", "complete", "It is done", "Record that it is done", promise_ends.complete_promise, "Kept.",
         (_OUTCOME, _happened("When it was done"), Field("evidence", "What was done, and what shows it", "area"))),
    Form("reject", "reject", "Decline", "Decline", promise_ends.reject_promise,
         "Declined. Whoever asked is asked to decide what next.", (_why("Why not"),)),
    Form("begin", "begin", "First contact was made", "Record the contact", promises.begin_promise, "Begun.",
         (_happened("When somebody first spoke to or saw the person"), Field("note", "What was said", "area"))),
    Form("attempt", "attempt", "Tried, and reached nobody", "Record the attempt", promises.record_attempt,
         "The attempt is counted; nothing else has changed.",
         (_happened("When somebody tried"), replace(_NOTE, label="What happened"))),
    Form("acknowledge", "acknowledge", "Acknowledge that it is no longer wanted", "I have seen it",
         promises.acknowledge_cancelled, "Acknowledged."),
    Form("agree-date", "agree-date", "Agree to the new date", "Agree to the new date", promises.agree_date,
         "Agreed. The new date counts."),
    Form("keep-date", "keep-date", "Keep the old date", "Keep the old date", promises.keep_date,
         "The old date stays. Its owner sees that."),
    Form("another", "decide-next", "Ask somebody else", "Ask them", promise_ends.ask_another,
         "Asked. A new promise replaces this one.", (_WHO, replace(_due("By when"), name="due_at"))),
    Form("decide", "decide-next", "Ask nobody else", "Write down why", promise_ends.decide_next,
         "Decided. Nothing more is asked.", (replace(_NOTE, label="Why nobody else is asked"),)),
    Form("open", "open", "Say that you have seen it", "I have seen it", promises.open_promise,
         "Whoever asked sees that you have opened it."),
    Form("offer-date", "offer-date", "Ask for another date", "Ask for this date", promises.offer_date,
         "Whoever asked is asked to agree. The old date counts until then.",
         (_due("The date you can keep"), _why("Why"))),
    Form("hold", "hold", "Put on hold", "Put on hold", promises.hold_promise, "On hold until the day you gave.",
         (_why("Why"), Field("resume_on", "Look again on", "day", needed="Give the day to look again."))),
    Form("resume", "resume", "Go on with it", "Go on with it", promises.resume_promise, "Under way again."),
    Form("note", "note", "Add a note", "Add the note", promises.note_on_promise, "Noted.", (_NOTE,)),
    Form("fail", "fail", "It turned out not to be possible", "Record that it is not possible",
         promise_ends.fail_promise, "Ended. Whoever asked is asked to decide what next.", (_why("Why"),)),
    Form("not-done", "not-done", "This was not done", "Say that it was not done", promise_ends.say_not_done,
         "A new promise says that it was not done. The old one stays as it is.", (_why("What did not happen"),)),
    Form("cancel", "cancel", "No longer wanted", "Cancel it", promise_ends.cancel_promise,
         "Cancelled. Its owner is told.", (_why("Why"),)),
    Form("correct", "correct", "It was entered in error", "Mark as entered in error", promise_ends.correct_promise,
         "Marked as entered in error. It stays to be seen.", (_why("What was wrong"),)),
)  # fmt: skip
"""In the order in which a page offers them: the first is the primary one."""


def forms_for(seen: Seen, now: datetime, others: tuple[tuple[str, str], ...] = (), holder: str = "") -> list[Form]:
    """What the actor may do now, filled with what is known. `others` are those who could be asked instead; `holder` is
    who has what is offered here to be taken over."""
    on_request = asked_by_request(seen.promise)
    return [
        _offered(_filled(form, seen.promise, now, others), holder)
        for form in FORMS
        if form.act in seen.acts and _fits(form, seen, on_request)
    ]


def shown(forms: list[Form], typed: Any, chosen: str) -> list[dict[str, Any]]:
    """Forms for a page: the `chosen` one open with what was `typed`, the others as they begin."""
    return [
        {"form": f, "data": typed if f.id == chosen else first(f.fields, f.id), "open": f.id == chosen} for f in forms
    ]


def given(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the store's action."""
    owner = values.get("owner")
    return {**values, "owner": party(owner, dict(_choices(form, "owner")))} if owner else values


def party(code: str, names: dict[str, str]) -> Party:
    """The party that a choice `kind:code` stands for."""
    kind, _, rest = code.partition(":")
    return Party(kind, rest, names.get(code, "").partition(" (")[0])


def _fits(form: Form, seen: Seen, on_request: bool) -> bool:
    p, own = seen.promise, bool(seen.sides & {OWNER, COVER})
    rules = {
        "accept": own,
        "accept-later": own,
        "phone": not own,
        "agree-date": p.offered_due_at is not None,
        "keep-date": p.offered_due_at is not None,
        "another": not p.decided_next and not on_request and p.template not in DECISIONS,
        "decide": not p.decided_next and not on_request,
        "complete": not (on_request and p.template in BY_REQUEST),
        "not-done": p.template not in DECISIONS,
        "cancel": p.template != REVIEW,
        "correct": p.state != "entered-in-error",
    }
    return rules.get(form.id, True)


def _filled(form: Form, promise: Promise, now: datetime, others: tuple[tuple[str, str], ...]) -> Form:
    known: dict[str, dict[str, Any]] = {
        "outcome": {"choices": tuple(outcomes(promise.template).items())},
        "happened_at": {"first": now},
        "accepted_by": {"first": promise.owner_name},
        "channel": {"first": "phone"},
        "new_due": {"first": promise.due_at},
        "due_at": {"first": max(promise.due_at, now)},
        "owner": {"choices": others},
    }
    return replace(form, fields=tuple(replace(f, **known.get(f.name, {})) for f in form.fields))


def _offered(form: Form, holder: str) -> Form:
    """The form in the words of an offer to take over."""
    ends = f"the promise of {holder} ends, and they are told."
    words = {
        "accept": ("Take it over", "Take it over", f"It is yours from then on, with all that it is part of; {ends}"),
        "accept-later": ("Take it over, and ask for another date", "Take it over with this date",
                         f"It is yours from then on; {ends}"),
        "phone": (form.title, form.button, f"It is theirs from then on; {ends}"),
        "reject": (form.title, form.button, f"It stays with {holder}. Whoever asked for it decides what next."),
    }  # fmt: skip
    if not holder or form.id not in words:
        return form
    title, button, means = words[form.id]
    said = "Declined. It stays where it is." if form.id == "reject" else "Taken over. Whoever had it is told."
    return replace(form, title=title, button=button, means=means, said=said)


def _choices(form: Form, name: str) -> tuple[tuple[str, str], ...]:
    return next((f.choices for f in form.fields if f.name == name), ())
