"""Who is responsible for whom."""

from django.db import models


class Responsibility(models.Model):
    """A named GP's or a coordinator's responsibility for a person, from `start` up to but without `end`."""

    ROLES = (("named-gp", "Named GP"), ("coordinator", "Care coordinator"))

    person_id = models.IntegerField()
    role = models.CharField(max_length=20, choices=ROLES)
    practitioner_code = models.CharField(max_length=50, db_index=True)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "role"], condition=models.Q(end__isnull=True), name="one_open_holder"
            ),
            models.CheckConstraint(
                name="responsibility_role", condition=models.Q(role__in=("named-gp", "coordinator"))
            ),
            models.CheckConstraint(
                name="responsibility_period", condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start"))
            ),
            models.CheckConstraint(name="responsibility_holder", condition=~models.Q(practitioner_code="")),
        ]
