"""Promises made again and again: a role bound to a person, and a time counted to a due instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from carestead.care.break_glass import REVIEW
from carestead.care.machine import Refusal
from carestead.care.sides import Party
from carestead.core.calendar import WorkingCalendar
from carestead.core.finding import UsageError
from carestead.reference import shared

ROLE_TITLES = {
    "named-gp": "named GP",
    "coordinator": "care coordinator",
    "person": "person",
    "carer": "carer",
    "lead": "practice lead",
}


TAKE_OVER = "take-over"
"""The template of an offer of what is long late to somebody else."""

AFTER_DEATH = "after-death"
"""Templates that begin so are of promises that are for after a death."""

RUNS_ON = (AFTER_DEATH, REVIEW)
"""Templates that begin so are of promises whose clocks run on after a death, a move or an opt-out: that somebody looked
at a record is reviewed whatever has become of the person."""


@dataclass(frozen=True, slots=True)
class Template:
    """One of `reference/care/templates.yaml`. `owner` and `requester` are roles; `after` is how long it may take by
    the clock and the calendar, or else `working_days` of them, from what `counts_from` names; `outcomes` the ways it
    may end, none: any of them."""

    id: str
    title: str
    what: str
    done_means: str
    after: timedelta = timedelta()
    working_days: int = 0
    owner: str = ""
    requester: str = ""
    counts_from: str = ""
    outcomes: tuple[str, ...] = ()

    def due(self, start: datetime, calendar: WorkingCalendar) -> datetime:
        """When it is due, counted from the aware instant `start`; of working days, when the last of them closes."""
        if self.working_days:
            return calendar.end_of_working_days(start, self.working_days)
        return start + self.after


@dataclass(frozen=True, slots=True)
class Bound:
    """A template with people and times in it: what a promise is made of."""

    template: str
    what: str
    done_means: str
    owner: Party
    requester: Party
    due_at: datetime


def runs_on(template: str) -> bool:
    """Whether a promise of this template is still to be kept once the person has died, moved away or opted out."""
    return template.startswith(RUNS_ON)


@cache
def templates() -> Mapping[str, Template]:
    """Those people choose from, by id, in the order of the file."""
    return {i: _template(i, facts) for i, facts in shared("care", "templates")["templates"].items()}


@cache
def follow_ups() -> Mapping[str, Template]:
    """Those that carestead makes itself, after bad news or silence, by id."""
    return {i: _template(i, facts) for i, facts in shared("care", "templates")["follow_ups"].items()}


@cache
def outcomes(template: str = "") -> Mapping[str, str]:
    """The ways in which a promise of this template (none: of any kind) is kept, as code to words."""
    known = templates().get(template) or follow_ups().get(template)
    return {code: outcome_words(code) for code in (known and known.outcomes) or shared("care", "templates")["any"]}


def outcome_words(code: str) -> str:
    """An outcome as people say it; one that is not known stands for itself."""
    return str(shared("care", "templates")["outcomes"].get(code, code))


def bind(
    template: Template, people: Mapping[str, Party], start: datetime, calendar: WorkingCalendar
) -> Bound | Refusal:
    """The template for somebody whose roles `people` fills, counted from `start` (aware). A Refusal when nobody is in a
    role that it needs."""
    for role in (template.owner, template.requester):
        if role not in people:
            title = ROLE_TITLES.get(role, role)
            return Refusal(f"{template.title} needs the {title}, and nobody is that.", "Say who does it and who asks.")
    owner, requester = people[template.owner], people[template.requester]
    due = template.due(start, calendar)
    return Bound(template.id, template.what, template.done_means, owner, requester, due)


def outcome_refusal(template: str, outcome: str) -> Refusal | None:
    """Why a promise of this template does not end with `outcome`; None when it may."""
    known = outcomes(template)
    if outcome in known:
        return None
    return Refusal(f"{outcome} is not a way in which this is done.", f"Give one of: {', '.join(known)}.")


def _template(id: str, facts: Mapping[str, Any]) -> Template:
    if ("due" in facts) == ("due_working_days" in facts):
        raise UsageError(
            f"reference/care/templates.yaml: {id} does not say in one way by when it is due.",
            "Give due: {hours: 24} or due: {days: 14}, or else due_working_days: 2.",
        )
    return Template(
        id,
        facts["title"],
        facts["what"],
        facts["done_means"],
        timedelta(**facts.get("due", {})),
        int(facts.get("due_working_days", 0)),
        facts.get("owner", ""),
        facts.get("requester", ""),
        facts.get("from", ""),
        tuple(facts.get("outcomes", ())),
    )
