"""Accepting, deferring and declining a proposal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from carestead.store.assign.models import Responsibility, SharedRole
from carestead.store.audit.models import AuditEvent, AuditSubject
from carestead.store.find.actions import (
    DecidedMeanwhileError,
    DecisionRefusedError,
    accept_proposal,
    decline_proposal,
    defer_proposal,
)
from carestead.store.find.models import Decision, Enrolment

pytestmark = pytest.mark.django_db
HOLDERS = {"named_gp_code": "G1", "coordinator_code": "K1"}


def test_accepting_makes_both_responsible_and_leaves_audit_rows(gp):
    enrolment = accept_proposal(person_id=7, version=0, practice_code="Y00001", **HOLDERS, by=gp)
    assert (enrolment.state, enrolment.version, enrolment.decided_by) == ("accepted", 1, "Dr Ada Quill")
    held = Responsibility.objects.filter(person_id=7, end__isnull=True)
    assert dict(held.values_list("role", "practitioner_code")) == {"named-gp": "G1", "coordinator": "K1"}
    actions = set(AuditEvent.objects.filter(kind="write").values_list("action", flat=True))
    assert actions == {"proposal-accepted", "responsible-named-gp", "responsible-coordinator", "notice-queue"}
    assert AuditSubject.objects.filter(person_id=7).count() == 4


def test_an_enrolled_person_always_has_both_holders(gp):
    with pytest.raises(DecisionRefusedError, match="no coordinator"):
        accept_proposal(person_id=7, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="", by=gp)
    assert not Enrolment.objects.exists()
    assert not Responsibility.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_second_decider_is_told_who_was_first(gp, coordinator):
    decline_proposal(person_id=7, version=0, practice_code="Y00001", reason="Moved away", by=gp)
    with pytest.raises(DecidedMeanwhileError, match="Dr Ada Quill has already decided: declined"):
        accept_proposal(person_id=7, version=0, practice_code="Y00001", **HOLDERS, by=gp)
    assert not Responsibility.objects.exists()


def test_a_deferred_person_may_be_accepted_later_and_every_decision_is_kept(gp):
    review = date(2027, 1, 8)
    defer_proposal(person_id=7, version=0, practice_code="Y00001", reason="In hospital", review_on=review, by=gp)
    accept_proposal(person_id=7, version=1, practice_code="Y00001", **HOLDERS, by=gp)
    kept = list(Decision.objects.filter(person_id=7).order_by("version").values_list("version", "state", "reason"))
    assert kept == [(1, "deferred", "In hospital"), (2, "accepted", "")]


def test_an_enrolled_person_is_not_declined_by_the_way(gp):
    accept_proposal(person_id=7, version=0, practice_code="Y00001", **HOLDERS, by=gp)
    with pytest.raises(DecidedMeanwhileError):
        decline_proposal(person_id=7, version=1, practice_code="Y00001", reason="No", by=gp)
    assert Enrolment.objects.get(person_id=7).state == "accepted"


@pytest.mark.parametrize("reason", ["", "   "])
def test_declining_needs_a_reason(gp, reason):
    with pytest.raises(DecisionRefusedError, match="no reason"):
        decline_proposal(person_id=7, version=0, practice_code="Y00001", reason=reason, by=gp)
    assert not Enrolment.objects.exists()


def test_one_person_cannot_be_both_but_by_a_dated_exception(gp):
    both = {"named_gp_code": "G1", "coordinator_code": "G1"}
    with pytest.raises(DecisionRefusedError, match="must be two people"):
        accept_proposal(person_id=7, version=0, practice_code="Y00001", **both, by=gp)
    assert not Responsibility.objects.exists()
    today = timezone.localdate()
    until = today + timedelta(days=90)
    SharedRole.objects.create(practice_code="Y00001", start=today, end=until, reason="Single-handed",
                              agreed_by="Lead", agreed_at=timezone.now())  # fmt: skip
    accept_proposal(person_id=7, version=0, practice_code="Y00001", **both, by=gp)
    assert Responsibility.objects.filter(practitioner_code="G1").count() == 2
