"""The brief of a hand-over, gathered from promises, plan, reasons and contacts: nobody types again what is known."""

from datetime import datetime
from typing import Any

from carestead.care import brief as care
from carestead.care.promise import OPEN
from carestead.store.care.models import Plan, Promise
from carestead.web.find.people import Known
from carestead.web.published import Published
from carestead.web.shell.formats import day

MOST_RISKS = 5


def brief(found: Published, known: Known, at: datetime, note: str = "") -> care.Brief:
    """What the arriving colleague has to know about a person, as of `at`."""
    return care.brief(
        at,
        promises=[_promise(found, p) for p in _open(known.person_id)],
        risks=known.reasons[:MOST_RISKS],
        plan=_plan(known.person_id),
        ring=[_contact(c) for c in found.rows("record/contacts", person_id=known.person_id)],
        note=note.strip(),
    )


def as_json(made: care.Brief) -> dict[str, Any]:
    """The brief as it is kept with the offer."""
    return {"made_at": made.made_at.isoformat(), "lines": made.lines()}


def _open(person_id: int) -> list[Promise]:
    return list(Promise.objects.filter(person_id=person_id, state__in=OPEN).order_by("due_at", "pk"))


def _promise(found: Published, promise: Promise) -> care.OpenPromise:
    owner = promise.owner_name or found.practitioner_name(promise.owner_code)
    return care.OpenPromise(promise.what, owner, promise.due_at)


def _plan(person_id: int) -> str:
    plan = Plan.objects.filter(person_id=person_id, state__in=("active", "on-hold", "draft")).order_by("state").first()
    if plan is None:
        return ""
    if plan.state == "draft":
        return "being written, not agreed yet."
    held = f" On hold until {day(plan.resume_on)}: {plan.reason}" if plan.state == "on-hold" else ""
    return f"agreed {day(plan.agreed_on)}, to be reviewed by {day(plan.review_on)}.{held}"


def _contact(row: dict[str, Any]) -> care.Contact:
    return care.Contact(
        row["kind"].replace("-", " "), row["related_name"] or "name not known", row["related_phone"] or ""
    )
