"""A notice to a person as a letter: names and addresses are looked up when it is printed, not when it is queued."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from carestead.core.calendar import local_day
from carestead.core.finding import CaresteadError
from carestead.outputs.letters import (
    Contact,
    Letter,
    Reader,
    absence_letter,
    change_letter,
    end_letter,
    named_gp_letter,
)
from carestead.store.assign.models import Responsibility
from carestead.store.care.models import Notice
from carestead.store.find.models import Enrolment
from carestead.web.letters.contacts import sender
from carestead.web.published import Published, Row

WHY = {"moved": "moved", "opted-out": "choice", "no-longer-needed": "better"}
"""Kinds of end of an enrolment as the letter says them."""


class NoReaderError(CaresteadError):
    """No source knows the name of the person, so no letter can be written to them."""


def letters(found: Published, notices: Collection[Notice], on: date) -> list[Letter]:
    """The letters of notices, in their order, dated `on`. Raises NoReaderError, NoContactError, InputError."""
    people = {n.person_id for n in notices}
    readers = {r["person_id"]: r for r in found.rows("letters/readers", people=list(people))}
    enrolments = {e.person_id: e for e in Enrolment.objects.filter(person_id__in=people)}
    return [_letter(found, n, readers.get(n.person_id, {}), enrolments.get(n.person_id), on) for n in notices]


def _letter(found: Published, notice: Notice, row: Row, enrolment: Enrolment | None, on: date) -> Letter:
    practice = enrolment.practice_code if enrolment else ""
    head = {"reader": _reader(row), "sender": sender(found, practice), "on": on}
    facts = notice.facts_told
    if notice.about == "named-gp":
        coordinator = _contact(found, _coordinator(notice.person_id))
        return named_gp_letter(**head, gp=_contact(found, facts["after"]), coordinator=coordinator, since=_since(facts))
    if notice.about == "change":
        before, after = (_contact(found, facts[who]) for who in ("before", "after"))
        return change_letter(**head, role=facts["role"], before=before, after=after, since=_since(facts),
                             interim=facts["interim"])  # fmt: skip
    if notice.about == "absence":
        return _absence(found, facts, head)
    gp, coordinator = (_contact(found, code) for code in (facts["before"], _coordinator(notice.person_id)))
    why = WHY.get(enrolment.end_kind if enrolment else "", "other")
    return end_letter(**head, gp=gp, coordinator=coordinator, ended=_since(facts), why=why)


def _absence(found: Published, facts: Mapping[str, Any], head: dict[str, Any]) -> Letter:
    end = datetime.fromisoformat(facts["end"]) if facts["end"] else None
    return absence_letter(
        **head, role=facts["role"], away=_contact(found, facts["away"]), start=_day(facts["start"]),
        until=local_day(end - timedelta(microseconds=1)) if end else None,
        cover=_contact(found, facts["cover"]) if facts["cover"] else None,
    )  # fmt: skip


def _reader(row: Row) -> Reader:
    name = " ".join(part for part in (row.get("given_name"), row.get("family_name")) if part)
    if not name:
        raise NoReaderError("No source knows the name of this person.", "Put the letter aside, and ring the practice.")
    lines = [line.strip() for line in (row["address"] or "").split(",")]
    return Reader(name, [line for line in [*lines, row["postcode"] or ""] if line])


def _contact(found: Published, code: str) -> Contact:
    return Contact(found.practitioner_name(code))


def _coordinator(person_id: int) -> str:
    """The person's coordinator, or the last one they had."""
    held = Responsibility.objects.filter(person_id=person_id, role="coordinator").order_by("-seq").first()
    return held.practitioner_code if held else ""


def _since(facts: Mapping[str, Any]) -> date:
    return _day(facts["since"])


def _day(instant: str) -> date:
    return local_day(datetime.fromisoformat(instant))
