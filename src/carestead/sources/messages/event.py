"""What one message of a hospital says, and how it was read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from carestead.core.finding import Finding, Severity


class Kind(StrEnum):
    """What happened. A cancellation takes back what was told before, of the same visit."""

    ADMIT = "admit"
    TRANSFER = "transfer"
    DISCHARGE = "discharge"
    CANCEL_ADMIT = "cancel-admit"
    CANCEL_TRANSFER = "cancel-transfer"
    CANCEL_DISCHARGE = "cancel-discharge"


@dataclass(frozen=True, slots=True)
class HospitalEvent:
    """One event of one visit. `source` is the feed's name, `visit_id` its own number of the visit; times are aware.

    `happened_at` is the hospital's word of when; `admitted_at` when the visit began, where a message says it too;
    `nhs_number` as sent, without blanks, and perhaps not valid; `disposition` where the person went, in the words of
    table encounter, None when not told; `mental_health` whether the specialty is one of mental health.
    """

    source: str
    visit_id: str
    kind: Kind
    happened_at: datetime
    sent_at: datetime | None = None
    admitted_at: datetime | None = None
    nhs_number: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    name: str = ""
    birth_date: date | None = None
    organisation_code: str = ""
    organisation_name: str = ""
    ward: str = ""
    disposition: str | None = None
    reason: str = ""
    mental_health: bool = False
    message_id: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The same for every copy of one event: source, visit, event and time (UTC)."""
        return self.source, self.visit_id, self.kind.value, instant(self.happened_at)


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, or one row of a feed: the event, or why there is none; `text` is kept either way."""

    event: HospitalEvent | None
    findings: tuple[Finding, ...]
    text: str

    @property
    def refused(self) -> bool:
        """True when nothing can be done with it but to show it to somebody."""
        return self.event is None

    def codes(self) -> set[str]:
        """The names of its findings."""
        return {f.code for f in self.findings}


def instant(at: datetime) -> str:
    """An aware time as ISO 8601 in UTC, to the second: how a time is compared and kept in a key."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def error(code: str, where: str, what: str, do: str, example: str = "") -> Finding:
    """A reason to refuse the message."""
    return Finding(code, Severity.ERROR, where, what, do, example=example)


def warning(code: str, where: str, what: str, do: str, example: str = "") -> Finding:
    """A doubt with which the message is taken."""
    return Finding(code, Severity.WARNING, where, what, do, example=example)
