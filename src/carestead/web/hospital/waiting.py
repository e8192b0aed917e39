"""What other pages say of messages that wait at the duty desk, to those who may settle them."""

from datetime import datetime

from carestead.store.access import Verdict, may_settle_messages
from carestead.store.actor import Actor, Role
from carestead.store.care.at_desk import Waits, waits
from carestead.store.care.standing import standpoint


def verdict(actor: Actor, now: datetime) -> Verdict:
    """Whether somebody may open them: of a GP the rota of the desk is asked."""
    at_desk = actor.role is Role.NAMED_GP and bool(standpoint(actor, now).desks)
    return may_settle_messages(actor, at_desk=at_desk)


def to_settle(may: Verdict) -> Waits | None:
    """What waits, for a line on the first page of somebody who may settle it; None where there is nothing to say."""
    if not may.allowed:
        return None
    found = waits()
    return found if found.every else None
