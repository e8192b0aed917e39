"""People and promises for the store's tests of care."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from carestead.care.sides import Party
from carestead.store.actor import Actor, Role
from carestead.store.care.lists import history
from carestead.store.care.models import Promise
from carestead.store.care.promises import make_promise

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NURSES = Party("organisation", "RX901", "District nurses")
OTHER = Party("organisation", "RX902", "Night nurses")
GP_PARTY = Party("practitioner", "G1", "Dr Ada Quill")
nurse = Actor("nia", "Nia Nurse", Role.PARTNER, "RX901")
night_nurse = Actor("noor", "Noor Night", Role.PARTNER, "RX902")
person_actor = Actor("ida", "Ida Moss", Role.PERSON, person_id=7)


def promise(*, by: Actor, **changed) -> Promise:
    """A promise of the district nurses, asked by the GP, due in three days."""
    facts = {
        "person_id": 7,
        "owner": NURSES,
        "requester": GP_PARTY,
        "what": "Dress the leg",
        "done_means": "The wound is seen and written down",
        "due_at": AT + timedelta(days=3),
        "at": AT,
    }
    return make_promise(by=by, **{**facts, **changed})


def team_of(actor: Actor) -> Party:
    return Party("organisation", actor.organisation_code)


def gave(actor: Actor, **changed) -> Actor:
    """Somebody who cares for the person, or the actor otherwise."""
    return replace(actor, **(changed or {"role": Role.CARER, "username": "tom", "name": "Tom Moss"}))


def said(promise: Promise):
    return history("promise", promise.pk)
