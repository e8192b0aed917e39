"""What was decided on pages, written where the next run reads it (`sources/decisions.py`): the loop closes as data."""

import json
import os
from pathlib import Path
from typing import Any

from carestead.store.assign.models import Responsibility, Wish
from carestead.store.find.models import Enrolment

FILE = "decisions.json"


def write(area: Path) -> Path:
    """Write `decisions.json` of the area, whole or not at all. Needs a configured, migrated store."""
    said = {"decision": [*_enrolments(), *_holders()], "link": [], "wish": _wishes()}
    path = area / FILE
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8") as handle:
        json.dump(said, handle, default=str)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    return path


def _enrolments() -> list[dict[str, Any]]:
    return [
        {
            "person_id": e.person_id,
            # who is no longer enrolled comes back, like the declined, only when something has changed
            "kind": "declined" if e.state == "ended" else e.state,
            "practitioner_code": None,
            "reason": e.reason or None,
            "decided_on": e.decided_at.date(),
            "until": e.review_on,
            "shown_on": e.shown_on,
            "shown_cohorts": e.shown_cohorts if e.shown_on else None,
            "shown_reasons": e.shown_reasons if e.shown_on else None,
        }
        for e in Enrolment.objects.order_by("person_id")
    ]


def _holders() -> list[dict[str, Any]]:
    """Who holds each open responsibility."""
    return [
        {
            "person_id": r.person_id,
            "kind": r.role,
            "practitioner_code": r.practitioner_code,
            "reason": None,
            "decided_on": r.start.date(),
            "until": None,
        }
        for r in Responsibility.objects.filter(end__isnull=True).order_by("person_id", "role")
    ]


def _wishes() -> list[dict[str, Any]]:
    """What people asked for about their GP and have not taken back, in the order it was written down."""
    kept = Wish.objects.filter(withdrawn_at__isnull=True).order_by("person_id", "pk")
    return list(kept.values("person_id", "kind", "value", "said_on"))
