"""Where the rows behind a reason are. The register's rule says which thing each reason is about."""

import re
from collections.abc import Iterator
from functools import cache

from django.urls import reverse

from carestead.reference import shared

_KINDS = {
    "emergency_admissions": "admission",
    "emergency_attendances": "emergency-attendance",
    "care_home": "care-package",
    "home_care": "care-package",
}
"""Which kind of entry of the timeline each feature counts."""
_HAPPENED = {
    "discharge-after-fall": "admission",
    "emergencies-in-a-month": "admission",
    "new-care-home": "care-package",
}
"""Which kind of entry of the timeline shows that something happened suddenly."""


def about(words: str) -> tuple[str, str]:
    """The kind (score, flag, feature, segment) and name of what a reason is about; empty for what no rule words."""
    return next(((kind, name) for pattern, kind, name in _worded() if pattern.fullmatch(words)), ("", ""))


def rows_behind(person_id: int, words: str) -> str:
    """The page that shows the rows behind a reason: those of its score, the kind of entry that it counts, its flag;
    the page *Why* for what no rule words."""
    kind, name = about(words)
    if kind == "score":
        return reverse("evidence", args=[person_id, name])
    if kind == "feature" and name in _KINDS:
        return _timeline(person_id, _KINDS[name])
    return reverse("why", args=[person_id]) + {"flag": "#flags", "segment": "#segment"}.get(kind, "#lists")


def rows_of_sudden(person_id: int, entry: str) -> str:
    """The page that shows the rows behind a sudden entry: its kind of entry of the timeline, the flag that went up, or
    whom to ring, where a carer who has died is missing."""
    if entry in _HAPPENED:
        return _timeline(person_id, _HAPPENED[entry])
    is_flag = "flag" in shared("find", "register").get("sudden", {}).get(entry, {})
    return reverse("why", args=[person_id]) + "#flags" if is_flag else reverse("person", args=[person_id])


def _timeline(person_id: int, kind: str) -> str:
    return f"{reverse('record', args=[person_id])}?kind={kind}"


@cache
def _worded() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Each reason's words as a pattern, with the kind and name of what it is about."""
    return tuple(_patterns())


def _patterns() -> Iterator[tuple[re.Pattern[str], str, str]]:
    for facts in shared("find", "register").get("lists", {}).values():
        for said in facts.get("any", ()):
            kind = next(k for k in ("score", "flag", "feature", "segment") if k in said)
            spoken = re.sub(r"\\{(value|percent|nights)\\}", ".+", re.escape(said["words"]))
            yield re.compile(spoken, re.IGNORECASE), kind, str(said[kind])
