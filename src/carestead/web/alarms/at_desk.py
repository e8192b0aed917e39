"""Alarms of hospital messages that waited too long at the duty desk: a line a hospital, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from carestead.store.care.feeds import feed_names
from carestead.store.care.inbox import WAITING, WAITS
from carestead.store.care.models import Alarm, HospitalMessage
from carestead.web.shell.formats import count

WANTED = "Nobody has settled it at the duty desk. Can you, or can you find somebody?"
WANTED_MANY = "Nobody has settled them at the duty desk. Can you, or can you find somebody?"
SETTLED = "Settled since."


@dataclass(frozen=True, slots=True)
class Folded:
    """Alarms of one hospital that say the same: `what` waits or waited, what is wanted, and where to do it."""

    alarms: Sequence[Alarm]
    what: str
    says: str
    href: str


def folded(alarms: Iterable[Alarm]) -> list[Folded]:
    """Those of messages at the desk, by hospital: what waits still before what was settled since."""
    ours = {a.subject_id: a for a in alarms if a.subject_kind == WAITS}
    if not ours:
        return []
    groups: dict[tuple[bool, str], list[Alarm]] = {}
    told = HospitalMessage.objects.filter(pk__in=list(ours)).order_by("received_at", "pk")
    for pk, source, outcome in told.values_list("pk", "source", "outcome"):
        groups.setdefault((outcome not in WAITING, source), []).append(ours[pk])
    feeds = feed_names()
    return [_folded(some, feeds.get(source, source), settled) for (settled, source), some in sorted(groups.items())]


def _folded(alarms: Sequence[Alarm], hospital: str, settled: bool) -> Folded:
    one = len(alarms) == 1
    waits = "waited too long" if settled else "waits" if one else "wait"
    what = f"{'A message' if one else count(len(alarms), 'message')} of {hospital} {waits}"
    href = reverse("hospital-message", args=[alarms[0].subject_id]) if one else reverse("hospital-messages")
    return Folded(alarms, what, SETTLED if settled else WANTED if one else WANTED_MANY, href)
