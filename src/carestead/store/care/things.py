"""What all kinds of things in this room share: a version, and a log that tells how each came to be as it is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models


class CareEvent(models.Model):
    """One act upon one thing: `version` counts them from 1. `sets` holds what it changed, so that folding a thing's
    events in order gives its present row; `given` what was said with it. Rows are added, never changed.

    `happened_at` is when it really happened, `recorded_at` when it was written down. `key` names an act that may be
    sent twice: the second is found by it and changes nothing.
    """

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    person_id = models.IntegerField(null=True, blank=True)
    type = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_index=True)
    username = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30)
    organisation_code = models.CharField(max_length=20, blank=True)
    practitioner_code = models.CharField(max_length=50, blank=True)
    sets = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id", "version"], name="care_event_once")]
        indexes = [models.Index(fields=["person_id", "-recorded_at"], name="care_event_person")]


class Thing(models.Model):
    """The present state of one promise, request, plan ...: a projection of its events, written by `log.py` alone."""

    KIND: ClassVar[str]

    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def facts(self) -> dict[str, Any]:
        """Every field but the id and the version, as JSON can hold it: what an event must have set."""
        return {f.attname: plain(getattr(self, f.attname)) for f in self._meta.concrete_fields if f.attname not in _OWN}


_OWN = ("id", "version")


def plain(value: Any) -> Any:
    """A value as JSON holds it, without loss: instants keep their microseconds and are in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
