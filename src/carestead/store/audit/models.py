"""The audit log. No foreign keys: a row stays true whatever becomes of what it names."""

from django.db import models


class AuditEvent(models.Model):
    """One act: a page that disclosed people, a decision, a sign-in, a refusal. Rows are added, never changed."""

    KINDS = ("read", "write", "refused", "sign-in", "failed-sign-in", "sign-out")

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    username = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30)
    organisation_code = models.CharField(max_length=20, blank=True)
    people = models.JSONField(default=list)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["username", "kind", "-at"], name="audit_user_kind_at")]
        constraints = [
            models.CheckConstraint(
                name="audit_kind",
                condition=models.Q(kind__in=("read", "write", "refused", "sign-in", "failed-sign-in", "sign-out")),
            )
        ]


class AuditSubject(models.Model):
    """A person an event disclosed or changed, so that 'who looked' at one person is found at once."""

    event_id = models.BigIntegerField()
    person_id = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "-event_id"], name="audit_person_event")]
