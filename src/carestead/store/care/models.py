"""The things of this room. Each row is the present state of one; `CareEvent` holds how it came to be.

Who owns, asks or is told is a *party*: a kind (practitioner, organisation, desk, person, carer), a code, and the name
people know it by.
"""

from typing import Any

from django.db import models

from carestead.care.plan import GOAL, PLAN
from carestead.care.promise import BAD_NEWS, PROMISE
from carestead.care.request import REQUEST
from carestead.store.care.things import CareEvent, Thing

PARTIES = (
    ("practitioner", "A practitioner"),
    ("organisation", "A team"),
    ("desk", "The duty desk"),
    ("person", "The person"),
    ("carer", "A carer"),
)


def _party(default: str = "practitioner") -> models.CharField:
    return models.CharField(max_length=20, choices=PARTIES, default=default)


def _code() -> models.CharField:
    return models.CharField(max_length=50)


def _name() -> models.CharField:
    return models.CharField(max_length=200, blank=True)


def _moment(**options: Any) -> models.DateTimeField:
    return models.DateTimeField(null=True, blank=True, **options)


def _states(name: str, states: frozenset[str]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=models.Q(state__in=sorted(states)))


class Promise(Thing):
    """An action with one owner, one requester, a due time and a 'done means' (FHIR Task). Time never ends it."""

    KIND = "promise"

    person_id = models.IntegerField()
    state = models.CharField(max_length=20)
    what = models.TextField()
    done_means = models.TextField()
    why = models.TextField(blank=True)
    template = models.CharField(max_length=60, blank=True)
    owner_kind = _party()
    owner_code = _code()
    owner_name = _name()
    requester_kind = _party()
    requester_code = _code()
    requester_name = _name()
    author_username = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    offered_due_at = _moment()
    accepted_by = _name()
    channel = models.CharField(max_length=20, blank=True)
    accepted_at = _moment()
    begun_at = _moment()
    resume_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    evidence = models.TextField(blank=True)
    happened_at = _moment()
    ended_at = _moment()
    attempts = models.PositiveIntegerField(default=0)
    acknowledged_at = _moment()
    decided_next = models.BooleanField(default=False)
    plan_id = models.BigIntegerField(null=True, blank=True)
    goal_id = models.BigIntegerField(null=True, blank=True)
    request_id = models.BigIntegerField(null=True, blank=True)
    stay_id = models.BigIntegerField(null=True, blank=True)
    meeting_item_id = models.BigIntegerField(null=True, blank=True)
    replaces_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "due_at"], name="promise_person_due"),
            models.Index(fields=["owner_code", "state", "due_at"], name="promise_owner"),
            models.Index(fields=["requester_code", "state", "due_at"], name="promise_requester"),
            models.Index(fields=["request_id"], name="promise_request"),
        ]
        constraints = [
            _states("promise_state", PROMISE.states),
            models.CheckConstraint(
                name="promise_parties",
                condition=~models.Q(owner_code="") & ~models.Q(requester_code="") & ~models.Q(done_means=""),
            ),
            models.CheckConstraint(
                name="promise_bad_news_says_why",
                condition=~models.Q(state__in=[*sorted(BAD_NEWS), "on-hold", "cancelled"]) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="promise_on_hold_resumes", condition=~models.Q(state="on-hold") | models.Q(resume_on__isnull=False)
            ),
            models.CheckConstraint(
                name="promise_kept_says_how",
                condition=~models.Q(state="completed") | (~models.Q(outcome="") & models.Q(happened_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["stay_id"],
                condition=models.Q(stay_id__isnull=False, replaces_id__isnull=True)
                & ~models.Q(state="entered-in-error"),
                name="promise_one_a_stay",
            ),
        ]


class Request(Thing):
    """An ask of another team (FHIR ServiceRequest); its asks in turn are promises with `request_id`."""

    KIND = "request"

    person_id = models.IntegerField(db_index=True)
    state = models.CharField(max_length=20)
    what = models.TextField()
    why = models.TextField()
    service = models.CharField(max_length=60)
    team_code = _code()
    team_name = _name()
    asker_code = _code()
    asker_name = _name()
    author_username = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    plan_id = models.BigIntegerField(null=True, blank=True)
    goal_id = models.BigIntegerField(null=True, blank=True)
    resume_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    outcome_at = _moment()
    reviewed_at = _moment()
    reviewed_by = _name()
    review = models.TextField(blank=True)
    told_at = _moment()
    told_how = models.CharField(max_length=60, blank=True)
    ended_at = _moment()

    class Meta:
        constraints = [
            _states("request_state", REQUEST.states),
            models.CheckConstraint(
                name="request_closed_loop",
                condition=~models.Q(state="completed")
                | models.Q(outcome_at__isnull=False, reviewed_at__isnull=False, told_at__isnull=False),
            ),
        ]


class Plan(Thing):
    """The one active care and support plan of an enrolled person (FHIR CarePlan). People alone move its state."""

    KIND = "plan"

    person_id = models.IntegerField()
    state = models.CharField(max_length=20)
    agreed_with = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    signed_by_code = models.CharField(max_length=50, blank=True)
    signed_by = _name()
    signed_at = _moment()
    review_on = models.DateField(null=True, blank=True)
    review_by_code = models.CharField(max_length=50, blank=True)
    resume_on = models.DateField(null=True, blank=True)
    location = models.CharField(max_length=200, blank=True)
    funding_source = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    written_at = models.DateTimeField()
    ended_at = _moment()

    class Meta:
        constraints = [
            _states("plan_state", PLAN.states),
            models.UniqueConstraint(
                fields=["person_id"], condition=models.Q(state__in=("draft",)), name="plan_one_draft"
            ),
            models.UniqueConstraint(
                fields=["person_id"], condition=models.Q(state__in=("active", "on-hold")), name="plan_one_active"
            ),
            models.CheckConstraint(
                name="plan_active_is_signed",
                condition=~models.Q(state="active")
                | (models.Q(signed_at__isnull=False, agreed_on__isnull=False, review_on__isnull=False)),
            ),
        ]


class PlanSection(Thing):
    """What a plan says under one heading of the published standard (`reference/care/prsb-pcsp-2.yaml`). `part` names
    the group (about-me, plan, contingency, additional, formulation ...), `number` tells several of a kind apart.
    `written_by_code` is the code of a practitioner; `person` of the person themselves, `carer` of their carer."""

    KIND = "plan-section"

    plan_id = models.BigIntegerField(db_index=True)
    person_id = models.IntegerField(db_index=True)
    part = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=1)
    heading = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    written_by_code = models.CharField(max_length=50, blank=True)
    written_by = _name()
    written_at = models.DateTimeField()
    review_on = models.DateField(null=True, blank=True)
    responsible_code = models.CharField(max_length=50, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan_id", "part", "number", "heading"], name="plan_section_once")
        ]


class Goal(Thing):
    """What the person hopes for, in their own words, kept verbatim (FHIR Goal), and the need it answers."""

    KIND = "goal"

    plan_id = models.BigIntegerField(db_index=True)
    person_id = models.IntegerField(db_index=True)
    state = models.CharField(max_length=20)
    words = models.TextField()
    need = models.TextField(blank=True)
    importance = models.PositiveSmallIntegerField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    achievement = models.CharField(max_length=20, blank=True)
    achieved_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [_states("goal_state", GOAL.states)]


class Meeting(Thing):
    """A meeting of the team round several people (FHIR Appointment)."""

    KIND = "meeting"

    organisation_code = models.CharField(max_length=20, db_index=True)
    state = models.CharField(max_length=20)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    chair_code = _code()
    chair_name = _name()
    attending = models.JSONField(default=list)
    closed_at = _moment()

    class Meta:
        constraints = [_states("meeting_state", frozenset({"planned", "held", "closed", "cancelled"}))]


class MeetingItem(Thing):
    """A person on the agenda: leaves with a promise (by its `meeting_item_id`) or with 'no action because'."""

    KIND = "meeting-item"

    meeting_id = models.BigIntegerField(db_index=True)
    person_id = models.IntegerField(db_index=True)
    state = models.CharField(max_length=20)
    why = models.TextField()
    said = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    no_action_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            _states("item_state", frozenset({"open", "closed", "withdrawn"})),
            models.UniqueConstraint(fields=["meeting_id", "person_id"], name="item_once"),
            models.CheckConstraint(
                name="item_leaves_with_something",
                condition=~models.Q(state="closed")
                | models.Q(outcome="promise")
                | (models.Q(outcome="no-action") & ~models.Q(no_action_because="")),
            ),
        ]


class Message(Thing):
    """A message between parties about a person or about a promise (FHIR Communication); cover reads what its absent
    addressee would. `answer_by_at` set: unanswered by then, it becomes a promise."""

    KIND = "message"

    person_id = models.IntegerField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=20)
    thread_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    from_kind = _party()
    from_code = _code()
    from_name = _name()
    to_kind = _party()
    to_code = models.CharField(max_length=50, db_index=True)
    to_name = _name()
    text = models.TextField()
    sent_at = models.DateTimeField()
    answer_by_at = _moment()
    read_at = _moment()
    read_by = _name()
    answered_at = _moment()
    promise_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [_states("message_state", frozenset({"sent", "read", "answered", "became-promise"}))]


class Notice(Thing):
    """Something that a party must be told: a person their new named GP, a GP that somebody was admitted. It is done
    when it was given and, for professionals, seen; else it is escalated."""

    KIND = "notice"

    person_id = models.IntegerField(db_index=True)
    state = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    to_kind = _party("person")
    to_code = models.CharField(max_length=50, db_index=True)
    to_name = _name()
    facts_told = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    channel = models.CharField(max_length=20, blank=True)
    given_at = _moment()
    given_by = _name()
    seen_at = _moment()
    seen_by = _name()
    escalated_at = _moment()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [_states("notice_state", frozenset({"queued", "given", "seen", "escalated", "not-needed"}))]
        indexes = [models.Index(fields=["state", "due_at"], name="notice_due")]


class Stay(Thing):
    """A stay in hospital as its messages tell it (FHIR Encounter): the same whatever order they came in."""

    KIND = "stay"

    person_id = models.IntegerField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    visit_id = models.CharField(max_length=100)
    organisation_code = models.CharField(max_length=20, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    mental_health = models.BooleanField(default=False)
    admitted_at = _moment()
    discharged_at = _moment()
    disposition = models.CharField(max_length=100, blank=True)
    first_heard_at = models.DateTimeField()
    discharge_heard_at = _moment()

    class Meta:
        constraints = [
            _states("stay_state", frozenset({"in-progress", "finished", "cancelled", "entered-in-error"})),
            models.UniqueConstraint(fields=["source", "visit_id"], name="stay_once"),
        ]


class HospitalMessage(models.Model):
    """A message as it came, kept whole. The same (source, visit, event, time) is the same message."""

    source = models.CharField(max_length=60)
    visit_id = models.CharField(max_length=100)
    event = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    person_id = models.IntegerField(null=True, blank=True)
    stay_id = models.BigIntegerField(null=True, blank=True)
    identifiers = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    body = models.TextField()
    matched_by = models.CharField(max_length=200, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "visit_id", "event", "happened_at"], name="message_once")
        ]


class Feed(models.Model):
    """A sender of messages, and how long it may be silent before the pages say so."""

    source = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=20, blank=True)
    expected_every_minutes = models.PositiveIntegerField()
    last_heard_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=200, blank=True)


class Alarm(models.Model):
    """One alarm a milestone: `key` is made of the thing and the milestone, so that no sweep raises it twice."""

    key = models.CharField(max_length=200, unique=True)
    person_id = models.IntegerField(null=True, blank=True, db_index=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    milestone = models.CharField(max_length=40)
    rung = models.CharField(max_length=40)
    effect = models.CharField(max_length=20)
    to_kind = _party()
    to_code = models.CharField(max_length=50, db_index=True)
    interrupts = models.BooleanField(default=False)
    raised_at = models.DateTimeField(db_index=True)
    seen_at = _moment()
    seen_by = _name()
    acted_at = _moment()

    class Meta:
        constraints = [
            models.CheckConstraint(name="alarm_effect", condition=models.Q(effect__in=("informs", "asks", "transfers")))
        ]


class ShareChoice(models.Model):
    """What the person agreed that an audience may see of one part of the plan or record. The newest row counts."""

    person_id = models.IntegerField(db_index=True)
    part = models.CharField(max_length=40)
    audience = models.CharField(max_length=50)
    allowed = models.BooleanField()
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()


class BreakGlass(models.Model):
    """Somebody without a part in the person's care looked all the same, with a reason, for a time, to be reviewed."""

    person_id = models.IntegerField(db_index=True)
    username = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    reason = models.TextField()
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    review_promise_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="break_glass_ends",
                condition=models.Q(expires_at__gt=models.F("started_at")) & ~models.Q(reason=""),
            )
        ]


class Lesson(Thing):
    """Something that went wrong or could be better, followed up: its promise has an owner and a date, its effect is
    measured, and it closes only with that evidence."""

    KIND = "lesson"

    person_id = models.IntegerField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=20)
    what = models.TextField()
    cause = models.CharField(max_length=40)
    found_at = models.DateTimeField()
    promise_id = models.BigIntegerField(null=True, blank=True)
    effect = models.TextField(blank=True)
    measured_on = models.DateField(null=True, blank=True)
    closed_at = _moment()

    class Meta:
        constraints = [
            _states("lesson_state", frozenset({"open", "closed"})),
            models.CheckConstraint(
                name="lesson_closed_with_evidence",
                condition=~models.Q(state="closed")
                | (~models.Q(effect="") & models.Q(measured_on__isnull=False, promise_id__isnull=False)),
            ),
        ]


class GapCount(models.Model):
    """How many offenders an invariant had at one check: the trend on the page of gaps."""

    invariant = models.CharField(max_length=10)
    checked_at = models.DateTimeField()
    offenders = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invariant", "checked_at"], name="gap_count_once")]


THINGS: tuple[type[Thing], ...] = (
    Promise, Request, Plan, PlanSection, Goal, Meeting, MeetingItem, Message, Notice, Stay, Lesson,
)  # fmt: skip
"""Every kind of thing that has events."""

__all__ = ["THINGS", "CareEvent", *(t.__name__ for t in THINGS)]
