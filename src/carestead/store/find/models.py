"""What became of each person proposed for the register."""

from django.db import models


class Shown(models.Model):
    """What the page showed to whoever decided: the day of its run, the lists with their levels, the reasons. It is kept
    with the decision, so that a person comes back only when something has changed since. Unknown when `shown_on` is."""

    shown_on = models.DateField(null=True, blank=True)
    shown_cohorts = models.TextField(blank=True)
    shown_reasons = models.TextField(blank=True)

    class Meta:
        abstract = True


class Enrolment(Shown):
    """Where one person stands. `version` counts the decisions, so that two deciders cannot overwrite each other."""

    STATES = (
        ("accepted", "Enrolled"),
        ("deferred", "Deferred"),
        ("declined", "Declined"),
        ("ended", "No longer enrolled"),
    )
    ENDS = (
        ("died", "The person died"),
        ("moved", "The person moved away"),
        ("opted-out", "The person no longer wants it"),
        ("no-longer-needed", "The person no longer needs it"),
    )

    person_id = models.IntegerField(unique=True)
    practice_code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=STATES)
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    end_kind = models.CharField(max_length=20, blank=True, choices=ENDS)
    receiver = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="enrolment_reason", condition=models.Q(state="accepted") | ~models.Q(reason=""))
        ]


class Decision(Shown):
    """Each decision, kept: who decided what about whom, when and why. Rows are added, never changed."""

    person_id = models.IntegerField()
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=Enrolment.STATES)
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    end_kind = models.CharField(max_length=20, blank=True, choices=Enrolment.ENDS)
    receiver = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "version"], name="decision_once")]
