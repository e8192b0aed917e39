"""Care resources of FHIR R4 in our words. People and practitioners are named as the sender's references name them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from carestead.core.finding import Finding


@dataclass(frozen=True, slots=True)
class PromiseRead:
    """A Task: what was promised, by whom (`owner`), to whom (`requester`), for which person, by when (`due`).
    `request` is the ServiceRequest it answers, where there is one."""

    id: str
    status: str
    title: str
    done_means: str
    owner: str
    requester: str
    person: str
    due: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    asked_at: datetime | None
    request: str
    reason: str


@dataclass(frozen=True, slots=True)
class ActivityRead:
    """One activity of a plan; `performer` is empty when nobody is named."""

    what: str
    status: str
    performer: str


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A CarePlan."""

    id: str
    status: str
    title: str
    person: str
    author: str
    start: date | None
    end: date | None
    created: date | None
    goals: tuple[str, ...]
    activities: tuple[ActivityRead, ...]


@dataclass(frozen=True, slots=True)
class MemberRead:
    """One member of a care team, in a role, for a time."""

    member: str
    role: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class TeamRead:
    """A CareTeam."""

    id: str
    status: str
    name: str
    person: str
    organisation: str
    members: tuple[MemberRead, ...]


@dataclass(frozen=True, slots=True)
class RequestRead:
    """A ServiceRequest: an ask of another team."""

    id: str
    status: str
    what: str
    person: str
    requester: str
    performers: tuple[str, ...]
    asked_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ConsentRead:
    """A Consent. `permits` is True or False as its provision says, None when it says neither; `about` the kinds of
    thing it speaks of."""

    id: str
    status: str
    scope: str
    person: str
    given_at: datetime | None
    permits: bool | None
    start: date | None
    end: date | None
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentRead:
    """An EpisodeOfCare: a time under the care of an organisation, with a care manager."""

    id: str
    status: str
    person: str
    organisation: str
    care_manager: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class VisitRead:
    """An Encounter. `setting` is the code of its class (IMP is a stay in hospital)."""

    id: str
    status: str
    setting: str
    person: str
    organisation: str
    start: datetime | None
    end: datetime | None


Shape = PromiseRead | PlanRead | TeamRead | RequestRead | ConsentRead | EnrolmentRead | VisitRead


@dataclass(frozen=True, slots=True)
class Taken:
    """A resource as it was taken, or refused: `value` is None then, and the findings of severity error say why."""

    kind: str
    value: Any
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """True when it cannot be one of ours."""
        return self.value is None

    def codes(self, *severities: str) -> set[str]:
        """The names of its findings, of these severities or of all."""
        return {f.code for f in self.findings if not severities or f.severity in severities}
