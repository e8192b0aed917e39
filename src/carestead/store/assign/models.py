"""Who is responsible for whom, who covers, and what was offered to whom.

The ledger stores starts alone. An entry holds until the next of the same person and role, so two holders at once, or a
hole between two, cannot be written down; the database refuses an entry out of order and one that leaves an enrolled
person with nobody (`ledger.py`). `Responsibility` reads it as intervals.
"""

from typing import Any

from django.db import models

ROLES = (("named-gp", "Named GP"), ("coordinator", "Care coordinator"))


def _is_role(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=models.Q(role__in=[r for r, _ in ROLES]))


class LedgerEntry(models.Model):
    """From `start` on, `holder_code` holds `role` for the person; nobody when `basis` is `ended`. `seq` counts the
    entries of a person and role from 1. Rows are added, never changed."""

    BASES = (("accepted", "Accepted"), ("interim", "Interim, by the clinical lead"), ("ended", "Nobody: not enrolled"))

    person_id = models.IntegerField()
    role = models.CharField(max_length=20, choices=ROLES)
    seq = models.PositiveIntegerField()
    start = models.DateTimeField()
    holder_code = models.CharField(max_length=50, blank=True)
    basis = models.CharField(max_length=10, choices=BASES)
    reason = models.TextField(blank=True)
    hand_over_id = models.BigIntegerField(null=True, blank=True)
    given_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "role", "seq"], name="ledger_once"),
            _is_role("ledger_role"),
            models.CheckConstraint(name="ledger_basis", condition=models.Q(basis__in=("accepted", "interim", "ended"))),
            models.CheckConstraint(
                name="ledger_holder",
                condition=models.Q(basis="ended", holder_code="")
                | (~models.Q(basis="ended") & ~models.Q(holder_code="")),
            ),
        ]
        indexes = [models.Index(fields=["holder_code", "role"], name="ledger_of_holder")]


class Responsibility(models.Model):
    """A named GP's or a coordinator's responsibility for a person, from `start` up to but without `end`; open while
    `end` is null. A view of the ledger: to read, never to write."""

    ROLES = ROLES

    person_id = models.IntegerField()
    role = models.CharField(max_length=20, choices=ROLES)
    practitioner_code = models.CharField(max_length=50)
    seq = models.PositiveIntegerField()
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    basis = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    hand_over_id = models.BigIntegerField(null=True, blank=True)
    given_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "assign_responsibility"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused: responsibilities are written by the ledger's actions alone."""
        raise TypeError("A responsibility is read from the ledger; write it with an action of store.assign.")


class HandOver(models.Model):
    """An offer that `arriving_code` becomes the holder of a role for a person. The holder stays until it is accepted.
    `version` counts the answers, so that two cannot both count."""

    STATES = (
        ("offered", "Offered"),
        ("accepted", "Accepted"),
        ("declined", "Declined"),
        ("lapsed", "Lapsed"),
        ("withdrawn", "Withdrawn"),
    )

    person_id = models.IntegerField()
    role = models.CharField(max_length=20, choices=ROLES)
    leaving_code = models.CharField(max_length=50)
    arriving_code = models.CharField(max_length=50, db_index=True)
    state = models.CharField(max_length=10, choices=STATES, default="offered")
    reason = models.TextField()
    brief = models.JSONField(default=dict)
    offered_by = models.CharField(max_length=200)
    offered_by_username = models.CharField(max_length=100)
    offered_by_code = models.CharField(max_length=110, blank=True)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)
    channel = models.CharField(max_length=20, blank=True)
    bulk_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "role"], condition=models.Q(state="offered"), name="one_open_offer"
            ),
            _is_role("hand_over_role"),
            models.CheckConstraint(
                name="hand_over_to_another", condition=~models.Q(leaving_code=models.F("arriving_code"))
            ),
            models.CheckConstraint(
                name="hand_over_no_says_why",
                condition=~models.Q(state__in=("declined", "withdrawn")) | ~models.Q(answer_reason=""),
            ),
        ]


class BulkHandOver(models.Model):
    """One act that moved many people, with its receipt: who, from whom, to whom, and who was left out and why."""

    role = models.CharField(max_length=20, choices=ROLES)
    leaving_code = models.CharField(max_length=50)
    reason = models.TextField()
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    receipt = models.JSONField(default=dict)
    undoes_id = models.BigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [_is_role("bulk_role")]


class Absence(models.Model):
    """A holder is away from `start` up to but without `end` (null: nobody knows yet). `cover_code` answers for them
    once they have accepted; without a cover the duty desk does. The holder stays accountable."""

    COVER_STATES = (
        ("desk", "The duty desk answers"),
        ("asked", "Cover asked"),
        ("accepted", "Cover accepted"),
        ("declined", "Cover declined"),
    )

    practitioner_code = models.CharField(max_length=50, db_index=True)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    cover_code = models.CharField(max_length=50, blank=True, db_index=True)
    cover_state = models.CharField(max_length=10, choices=COVER_STATES, default="desk")
    cover_answered_at = models.DateTimeField(null=True, blank=True)
    cover_answer = models.TextField(blank=True)
    planned_by = models.CharField(max_length=200)
    planned_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_period", condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start"))
            ),
            models.CheckConstraint(
                name="absence_cover_is_another", condition=~models.Q(cover_code=models.F("practitioner_code"))
            ),
            models.CheckConstraint(
                name="absence_cover",
                condition=models.Q(cover_state="desk", cover_code="")
                | (models.Q(cover_state__in=("asked", "accepted", "declined")) & ~models.Q(cover_code="")),
            ),
        ]


class Departure(models.Model):
    """A holder leaves for good at `leaves_at`: they can hold nothing from then on. Whoever they still hold then goes to
    `stand_in_code` in the same instant, as an interim assignment; `followed_at` is when that was written."""

    practitioner_code = models.CharField(max_length=50, unique=True)
    leaves_at = models.DateTimeField()
    stand_in_code = models.CharField(max_length=50, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()


class DeskShift(models.Model):
    """Who staffs a group's duty desk, from `start` up to but without `end`."""

    group_code = models.CharField(max_length=20, db_index=True)
    start = models.DateTimeField()
    end = models.DateTimeField()
    staffed_by = models.CharField(max_length=50)
    staff_name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    planned_by = models.CharField(max_length=200)
    planned_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="shift_period", condition=models.Q(end__gt=models.F("start"))),
            models.CheckConstraint(name="shift_staffed", condition=~models.Q(staffed_by="") & ~models.Q(phone="")),
        ]


class SharedRole(models.Model):
    """A dated exception: at this practice the named GP may also be the coordinator (a single-handed practice)."""

    practice_code = models.CharField(max_length=20, db_index=True)
    start = models.DateField()
    end = models.DateField()
    reason = models.TextField()
    agreed_by = models.CharField(max_length=200)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="shared_role_period", condition=models.Q(end__gt=models.F("start")))]


class LoadAgreement(models.Model):
    """A holder agreed, until `end`, to hold up to `people`: more than the rule's ceiling."""

    practitioner_code = models.CharField(max_length=50, db_index=True)
    role = models.CharField(max_length=20, choices=ROLES)
    people = models.PositiveIntegerField()
    start = models.DateField()
    end = models.DateField()
    agreed_by = models.CharField(max_length=200)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [_is_role("load_role")]


class Wish(models.Model):
    """What a person wishes of who looks after them: this GP, not that one, a doctor of a sex. Later rows outrank."""

    KINDS = (("this-gp", "This GP"), ("not-this-gp", "Not this GP"), ("sex-of-gp", "A woman or a man as GP"))

    person_id = models.IntegerField(db_index=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    value = models.CharField(max_length=50)
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
