"""Asking the rules of `care/` before anything is written."""

from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone

from carestead.care.machine import Refusal
from carestead.store.care.acting import NotThereError, refuse
from carestead.store.care.things import Thing

AnyThing = TypeVar("AnyThing", bound=Thing)


def hold_to(*refusals: Refusal | None) -> None:
    """Raise NotPossibleError for the first refusal there is."""
    for refusal in refusals:
        refuse(refusal)


def locked(kind: type[AnyThing], id: int) -> AnyThing:
    """The thing, held until the transaction ends (where the database locks rows). Raises NotThereError when there is
    none."""
    found = kind._default_manager.select_for_update().filter(pk=id).first()
    if found is None:
        raise NotThereError(f"There is no {kind.KIND.replace('-', ' ')} {id}.", "Open the page again.")
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
