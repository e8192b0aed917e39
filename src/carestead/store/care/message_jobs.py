"""What the worker does with hospitals' messages: empties the watched folder, and tries unmatched messages again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from carestead.core.calendar import local_day
from carestead.store.care.message_files import take_folder
from carestead.store.care.people import FindPeople
from carestead.store.care.stays import match_again
from carestead.store.jobs.registry import job
from carestead.store.jobs.schedule import Every

_MINUTELY = Every(timedelta(minutes=1)) if settings.MESSAGES else None


@job("take-messages", outside=True, schedule=_MINUTELY)
def take_messages(*, at: datetime, beat: Callable[[], None]) -> Callable[[], None]:
    """Take what hospitals put into the folder CARESTEAD_MESSAGES: each message in a transaction of its own."""
    for _ in take_folder(folder=settings.MESSAGES, find=_find(at), at=at):
        beat()
    return _nothing_more


@job("match-messages", outside=True, schedule=Every(timedelta(hours=1)))
def match_messages(*, at: datetime, beat: Callable[[], None]) -> Callable[[], None]:
    """Somebody registered since may be whom a message at the desk is about."""
    match_again(find=_find(at), at=at, beat=beat)
    return _nothing_more


def _find(at: datetime) -> FindPeople:
    """The search that the program above the store was set up with: the store itself knows no numbers."""
    found: FindPeople = import_string(settings.FIND_PEOPLE)(settings.AREA, local_day(at))
    return found


def _nothing_more() -> None:
    """Each message was kept with all that follows from it."""
