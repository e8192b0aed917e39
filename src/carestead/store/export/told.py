"""Tables that no model holds as they are: when people were enrolled, and which parts of their plans were shown."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from carestead.store.audit.models import AuditEvent
from carestead.store.export.read import CHUNK, Rows
from carestead.store.find.models import Decision, Enrolment


def periods() -> Iterator[Rows]:
    """Rows of `enrolment_period`: from each decision to enrol to the next that says otherwise."""
    practices = dict(Enrolment.objects.values_list("person_id", "practice_code").iterator())
    decided = Decision.objects.order_by("person_id", "version").values_list(
        "person_id", "state", "decided_at", "end_kind"
    )
    return _chunks(
        (person, practices.get(person), *period)
        for person, decisions in groupby(decided.iterator(CHUNK), key=lambda d: d[0])
        for period in _periods(decisions)
    )


def _periods(decisions: Iterable[tuple[int, str, datetime, str]]) -> Iterator[tuple[Any, ...]]:
    start = None
    for _, state, at, end_kind in decisions:
        if state == "accepted":
            start = start or at
        elif start:
            yield start, at, end_kind
            start = None
    if start:
        yield start, None, ""


def disclosures(since: datetime) -> Iterator[Rows]:
    """Rows of `disclosure`: of each page that was read as an audience, the person's parts it showed."""
    read = AuditEvent.objects.filter(kind="read", at__gte=since, detail__has_keys=["audience", "parts"])
    found = read.order_by("pk").values_list("pk", "people", "at", "username", "detail")
    return _chunks(
        (pk, person, at, username, detail["audience"], part)
        for pk, people, at, username, detail in found.iterator(CHUNK)
        for person in people
        for part in detail["parts"]
    )


def _chunks(rows: Iterator[tuple[Any, ...]]) -> Iterator[Rows]:
    while some := list(islice(rows, CHUNK)):
        yield some
