"""What the desk does with a message: say whom it is about, set it aside, or take it up again."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from carestead.store.actor import Actor
from carestead.store.care.models import HospitalMessage, Promise, Stay
from carestead.store.care.stays import match_by_hand, set_aside, take_up_again
from carestead.web.hospital.candidates import Candidate
from carestead.web.published import Published
from carestead.web.shell.formats import moment
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

WHY_ASIDE = {
    "not-ours": "About nobody of ours: no practice here has them",
    "sent-again": "The hospital has sent it again, corrected",
    "told": "Settled by telephone",
    "other": "Something else",
}
WHY_UNREAD = {
    "asked": "The hospital is asked to send it again",
    "sent-again": "The hospital has sent it again, corrected",
    "no-message": "It is no message about a stay in hospital",
    "other": "Something else",
}


def reasons(message: HospitalMessage) -> dict[str, str]:
    """The reasons for which a message is set aside."""
    return WHY_UNREAD if message.stay_id is None else WHY_ASIDE


def confirm(
    found: Published, typed: Typed, message: HospitalMessage, shown: Iterable[Candidate], actor: Actor
) -> Outcome:
    """It is about the person who was shown. Raises UsageError when it is settled, or the visit is another's."""
    chosen = next((c for c in shown if str(c.known.person_id) == typed.data.get("person")), None)
    if chosen is None:
        typed.errors["number"] = "Look them up again: what you confirm must be somebody whom this page has shown."
        return Outcome("", "")
    stay = match_by_hand(message=message, person=chosen.known, by=actor)
    return Outcome(reverse("hospital-messages"), f"The message is about {chosen.name}. {_followed(found, stay)}")


def aside(typed: Typed, message: HospitalMessage, actor: Actor) -> Outcome:
    """It needs no more, and why."""
    known = reasons(message)
    why = typed.choice("why", known, "Choose why it needs no more.")
    more = typed.text("more")
    if why == "other" and not more:
        typed.errors["more"] = "Say in a few words why it needs no more."
    if typed.good:
        said = [more] if why == "other" else [known[why], more]
        set_aside(message=message, reason=". ".join(filter(None, said)), by=actor)
    done = "The message is set aside, and kept. It can be taken up again from this page for seven days."
    return Outcome(reverse("hospital-messages"), done)


def again(message: HospitalMessage, actor: Actor) -> Outcome:
    """It was set aside by mistake."""
    take_up_again(message=message, by=actor)
    return Outcome(reverse("hospital-message", args=[message.pk]), "The message waits at the desk again.")


def _followed(found: Published, stay: Stay) -> str:
    """What came of it, in words."""
    made = Promise.objects.filter(stay_id=stay.pk).order_by("-pk").first()
    if made is None:
        return "It is kept with their record."
    owner = made.owner_name or (
        "the duty desk" if made.owner_kind == "desk" else found.practitioner_name(made.owner_code)
    )
    late = "" if made.due_at > timezone.now() else ", which has passed: make it now"
    return f"Contact is promised by {owner}, due {moment(made.due_at)}{late}."
