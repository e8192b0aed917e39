"""Making somebody responsible for a person."""

from django.db import transaction
from django.utils import timezone

from carestead.store.actor import Actor
from carestead.store.assign.models import Responsibility
from carestead.store.audit.actions import record_write


@transaction.atomic
def open_responsibility(*, person_id: int, role: str, practitioner_code: str, by: Actor) -> Responsibility:
    """Make `practitioner_code` the `named-gp` or `coordinator` from now.

    The database refuses (IntegrityError) a second open holder of the same role.
    """
    opened = Responsibility.objects.create(
        person_id=person_id, role=role, practitioner_code=practitioner_code, start=timezone.now(), given_by=by.name
    )
    record_write(by=by, action=f"responsible-{role}", people=[person_id], detail={"holder": practitioner_code})
    return opened
