"""Saying that one has seen what one was told: a notice, an alarm."""

from django.db import transaction
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.audit.actions import record_write
from carestead.store.care.models import Alarm, Notice, Stay
from carestead.store.care.telling import see


class NotYoursError(CaresteadError):
    """What was told was told to somebody else, for whom the actor does not answer now."""


@transaction.atomic
def see_notice(*, notice_id: int, by: Actor, mine: frozenset[str]) -> Notice:
    """Somebody of `mine` (the actor's code, and those of whom they cover) has seen the notice, and with it what they
    were told of the same stay before. Seeing it again changes nothing. Raises NotYoursError."""
    notice = Notice.objects.get(pk=notice_id)
    _require(notice.to_code, mine)
    if notice.subject_kind == Stay.KIND:
        same = {"subject_kind": Stay.KIND, "subject_id": notice.subject_id, "to_code": notice.to_code}
        for earlier in Notice.objects.filter(**same, about="admission", seen_at__isnull=True, pk__lt=notice.pk):
            see(notice=earlier, by=by)
    return see(notice=notice, by=by)


@transaction.atomic
def see_alarm(*, alarm_id: int, by: Actor, mine: frozenset[str]) -> Alarm:
    """As `see_notice`, of an alarm."""
    alarm = Alarm.objects.get(pk=alarm_id)
    _require(alarm.to_code, mine)
    if Alarm.objects.filter(pk=alarm_id, seen_at__isnull=True).update(seen_at=timezone.now(), seen_by=by.name):
        people = [alarm.person_id] if alarm.person_id is not None else []
        record_write(by=by, action="alarm-see", people=people, detail={"alarm": alarm.key})
    return alarm


def _require(code: str, mine: frozenset[str]) -> None:
    if code not in mine:
        raise NotYoursError("This was told to somebody else, for whom you do not answer now.", "Leave it to them.")
