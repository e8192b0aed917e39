"""Who holds which role, who is away and who has left: what every room of the store asks of these tables."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from carestead.care.answering import Presence
from carestead.store.assign.models import Absence, Departure, Responsibility

Holders = dict[int, dict[str, str]]
"""Practitioner code by role, by person; nothing for whom nobody holds."""


def holders(people: Iterable[int] | None = None) -> Holders:
    """Who holds each role of `people` now; of everybody when None. One query."""
    rows = Responsibility.objects.filter(end__isnull=True)
    if people is not None:
        rows = rows.filter(person_id__in=set(people))
    found: Holders = defaultdict(dict)
    for person_id, role, code in rows.values_list("person_id", "role", "practitioner_code"):
        found[person_id][role] = code
    return found


def absences_at(at: datetime) -> QuerySet[Absence]:
    """Everybody's absences that `at` lies in; those with a cover who accepted come last, so that they count."""
    lasting = Q(end__isnull=True) | Q(end__gt=at)
    return Absence.objects.filter(lasting, start__lte=at, cancelled_at__isnull=True).order_by("-cover_state", "pk")


def covers_at(at: datetime) -> dict[str, str]:
    """Everybody who is away at `at`, with the cover who has accepted; without one (empty) the desk answers."""
    rows = absences_at(at).values_list("practitioner_code", "cover_code", "cover_state")
    return {code: cover if state == "accepted" else "" for code, cover, state in rows}


def left_by(at: datetime) -> frozenset[str]:
    """Everybody who has left for good by `at`."""
    return frozenset(Departure.objects.filter(leaves_at__lte=at).values_list("practitioner_code", flat=True))


def presence_at(at: datetime) -> Presence:
    """Who is not there at `at`, and who answers instead of them. Two queries."""
    return Presence(covers_at(at), left_by(at))
