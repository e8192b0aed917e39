"""Several clinicians decide about one person at the same instant."""

import threading

from django.db import connections

from carestead.store.assign.models import Responsibility
from carestead.store.audit.models import AuditEvent
from carestead.store.find.actions import DecidedMeanwhileError, accept_proposal
from carestead.store.find.models import Decision, Enrolment


def test_one_decision_wins_and_the_others_are_told(committed, gp):
    said: list[str] = []
    ready = threading.Barrier(8)

    def one(n: int) -> None:
        try:
            ready.wait()
            accept_proposal(
                person_id=7, version=0, practice_code="Y00001", named_gp_code=f"G{n}", coordinator_code="K1", by=gp
            )
            said.append("accepted")
        except DecidedMeanwhileError:
            said.append("told")
        except Exception as error:
            said.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(said) == ["accepted"] + ["told"] * 7
    assert Enrolment.objects.get().version == 1
    assert Decision.objects.count() == 1
    assert Responsibility.objects.filter(end__isnull=True).count() == 2
    assert AuditEvent.objects.filter(kind="write").count() == 4
