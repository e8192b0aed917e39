"""What the rules of `care/` do not allow, as an error with the two sentences for whoever tried."""

from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone

from carestead.care.machine import Refusal
from carestead.core.finding import CaresteadError
from carestead.store.care.things import Thing

AnyThing = TypeVar("AnyThing", bound=Thing)


class NotAllowedError(CaresteadError):
    """The rules do not allow the act now, or not by this person; nothing was written."""


def hold_to(*refusals: Refusal | None) -> None:
    """Raise NotAllowedError for the first refusal there is."""
    for refusal in refusals:
        if refusal is not None:
            raise NotAllowedError(refusal.what, refusal.do)


def locked(kind: type[AnyThing], id: int) -> AnyThing:
    """The thing, held until the transaction ends (where the database locks rows). Raises NotAllowedError when there
    is none."""
    found = kind._default_manager.select_for_update().filter(pk=id).first()
    if found is None:
        raise NotAllowedError(f"There is no {kind.KIND.replace('-', ' ')} {id}.", "Open the page again.")
    return found


def ahead(day: date | None, now: datetime) -> Refusal | None:
    """Refuses a day that does not lie after today; none at all is no matter."""
    if day is None or day > timezone.localdate(now):
        return None
    return Refusal(f"{day:%-d %B %Y} is not in the future.", "Give a day after today.")


def come(day: date, now: datetime) -> Refusal | None:
    """Refuses a day that has not come yet."""
    if day <= timezone.localdate(now):
        return None
    return Refusal(f"{day:%-d %B %Y} has not come yet.", "Give today, or a day before it.")
