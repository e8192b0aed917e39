"""Several clinicians decide about one person at the same instant."""

from functools import partial

from tests.at_once import at_once

from carestead.store.assign.models import Responsibility
from carestead.store.audit.models import AuditEvent
from carestead.store.find.actions import DecidedMeanwhileError, accept_proposal
from carestead.store.find.models import Decision, Enrolment


def test_one_decision_wins_and_the_others_are_told(committed, gp):
    def one(n: int) -> str:
        try:
            accept_proposal(
                person_id=7, version=0, practice_code="Y00001", named_gp_code=f"G{n}", coordinator_code="K1", by=gp
            )
        except DecidedMeanwhileError:
            return "told"
        return "accepted"

    said = at_once([partial(one, n) for n in range(8)])
    assert sorted(said) == ["accepted"] + ["told"] * 7
    assert Enrolment.objects.get().version == 1
    assert Decision.objects.count() == 1
    assert Responsibility.objects.filter(end__isnull=True).count() == 2
    assert AuditEvent.objects.filter(kind="write").count() == 4
