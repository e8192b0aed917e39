"""The rows of jobs, schedules, what others are told of, and answers that are given again."""

from django.db import models


class Job(models.Model):
    """Something a worker does: the function registered as `fn`, with `args`, not before `run_after`.

    A worker that takes it writes its own `lease_token` and puts `run_after` to the end of its lease: when the worker
    dies, the job is simply due again. `attempts` counts how often it was taken; a `key` is asked for once.
    """

    STATES = (("waiting", "Waiting"), ("done", "Done"), ("dead", "Given up"))

    fn = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    run_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="job_state", condition=models.Q(state__in=("waiting", "done", "dead")))
        ]
        indexes = [
            models.Index(fields=["run_after", "id"], condition=models.Q(state="waiting"), name="job_waiting"),
            models.Index(fields=["state", "ended_at"], name="job_ended"),
        ]


class Firing(models.Model):
    """That the schedule `name` was due at an instant and its job was asked for: once, however many schedulers."""

    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="firing_once")]


class WorkerBeat(models.Model):
    """A worker that lives: when it last said so, and what it was doing."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    doing = models.CharField(max_length=60, blank=True)


class Outbox(models.Model):
    """Something that happened and that others may be told of, written in the transaction in which it happened.

    `subject` names the thing (`promise/17`), never a person; `person_id` stays here. `told_at` is when it was given to
    every subscription that wants its kind.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    person_id = models.IntegerField(null=True, blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(told_at__isnull=True), name="outbox_untold")]


class Subscription(models.Model):
    """Somebody's address that is told of the kinds of thing they asked for. `seq` numbers what they were to be told,
    without a gap, so that they can see one; `delivered` is the last number they took."""

    endpoint = models.URLField(max_length=500)
    secret = models.CharField(max_length=64)
    kinds = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    seq = models.PositiveBigIntegerField(default=0)
    delivered = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="subscription_order", condition=models.Q(delivered__lte=models.F("seq")))
        ]


class Notice(models.Model):
    """One thing that one subscription is told of, under its number there."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    seq = models.PositiveBigIntegerField()
    event = models.ForeignKey(Outbox, on_delete=models.PROTECT, related_name="notices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "seq"], name="notice_once")]


class IdempotencyKey(models.Model):
    """What was answered to a request, kept for a day: the same request again gets the same answer and does nothing."""

    key = models.CharField(max_length=120)
    username = models.CharField(max_length=100)
    body_hash = models.CharField(max_length=64)
    response = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["username", "key"], name="answer_once")]
