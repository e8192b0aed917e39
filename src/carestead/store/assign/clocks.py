"""What a clock does for hand-overs: it lapses offers and carries out leavings. It never chooses a holder."""

from datetime import datetime, timedelta

from django.db.models import Q

from carestead.store.assign.following import follow_leavers
from carestead.store.assign.models import Departure, HandOver
from carestead.store.assign.now import absences_at
from carestead.store.assign.offers import lapse
from carestead.store.jobs.registry import Again, job
from carestead.store.jobs.schedule import Every


@job("hand-over-clocks", schedule=Every(timedelta(minutes=5)))
def hand_over_clocks(*, at: datetime) -> Again:
    """Write down what has lapsed, and let stand-ins follow who has left. Safe to repeat, and right however late."""
    for offer in HandOver.objects.filter(_may_be_over(at), state="offered").order_by("pk"):
        lapse(offer, at=at)
    follow_leavers(staff={}, at=at)
    return None


def _may_be_over(at: datetime) -> Q:
    away = absences_at(at).values_list("practitioner_code", flat=True)
    leaving = Departure.objects.values_list("practitioner_code", flat=True)
    return Q(answer_by__lte=at) | Q(arriving_code__in=[*away, *leaving])
