"""What is filled in before anybody types: the promise that most often follows from why a person is on the agenda."""

from datetime import date, timedelta

from carestead.store.care.models import MeetingItem
from carestead.web.find.people import Known
from carestead.web.shell.dates import split_date

NO_ACTION = (
    "All that was promised is in place and goes well",
    "The person does not want anything more now",
    "It was settled since it was put on the agenda",
)
"""Reasons offered for 'no action because'; any other may be typed."""

_BY_WHY = (
    ("Left hospital", "Ask the person how they are since they left hospital", "Somebody spoke to or saw them", 1, ""),
    ("Overdue", "Find out why it is late, and agree a day", "There is a day, and the person knows it", 3, ""),
    ("Not answered", "Ring whoever was asked", "They said yes or no", 2, ""),
    (
        "The plan was to be reviewed",
        "Review the plan with the person",
        "The review is written down",
        14,
        "annual-review",
    ),
)
_ELSE = ("Speak to the person about it", "Somebody spoke to or saw the person", 7, "")


def suggestion(item: MeetingItem, known: Known, today: date) -> dict[str, str]:
    """The fields of a promise: what, done means, the coordinator as its owner, and a day."""
    what, done_means, days, template = _found(item)
    due = split_date("due", today + timedelta(days=days))
    owner = f"practitioner:{known.coordinator_code}" if known.coordinator_code else ""
    return {"what": what, "done_means": done_means, "owner": owner, "template": template, **due}


def _found(item: MeetingItem) -> tuple[str, str, int, str]:
    return next(
        ((a, b, days, template) for start, a, b, days, template in _BY_WHY if item.why.startswith(start)), _ELSE
    )
