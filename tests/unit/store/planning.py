"""Somebody enrolled, with a plan: what tests of plans, goals, meetings and lessons begin with."""

from datetime import UTC, date, datetime, timedelta

from carestead.store.actor import Actor, Role
from carestead.store.care.asks import Ask
from carestead.store.care.models import Plan
from carestead.store.care.plans import set_details, start_plan
from carestead.store.care.sections import Place, write_section
from carestead.store.care.signing import agree_plan, sign_plan
from carestead.store.find.actions import accept_proposal

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
REVIEW = TODAY + timedelta(days=90)
LEAD = Actor("lead", "Lee Lead", Role.LEAD, "Y00001")
PARTNER = Actor("nurse", "Ned Nurse", Role.PARTNER, "RX901")
STRENGTHS = Place("plan", "strengths")


def enrol(gp: Actor, person_id: int = 7) -> int:
    accept_proposal(
        person_id=person_id, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp
    )
    return person_id


def written(by: Actor, person_id: int = 7, text: str = "Walks every day") -> Plan:
    """A draft that says something and by when it is reviewed."""
    plan = start_plan(person_id=person_id, by=by, at=NOW)
    write_section(plan_id=plan.pk, place=STRENGTHS, text=text, version=0, by=by, at=NOW)
    return details(plan, by)


def details(plan: Plan, by: Actor) -> Plan:
    return set_details(
        plan_id=plan.pk, version=plan.version, by=by, review_on=REVIEW, review_by_code="K1", location="Practice",
        funding_source="Pooled fund", at=NOW,
    )  # fmt: skip


def agreed(plan: Plan, by: Actor, on: date = TODAY) -> Plan:
    return agree_plan(plan_id=plan.pk, version=plan.version, by=by, agreed_with="The person", agreed_on=on, at=NOW)


def signed(gp: Actor, coordinator: Actor, person_id: int = 7) -> Plan:
    plan = agreed(written(coordinator, person_id), coordinator)
    return sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW)


def ask(**changed) -> Ask:
    facts = {"what": "Ring the daughter", "done_means": "Spoke to her", "due_at": NOW + timedelta(days=3),
             "owner_code": "N1", "owner_name": "Nan Nurse"}  # fmt: skip
    return Ask(**{**facts, **changed})
