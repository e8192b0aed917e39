"""Whom a message may be about: by the whole NHS number that somebody typed, or by what the message says of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from carestead.api.known import known_person
from carestead.core.calendar import local_day
from carestead.store.care.models import HospitalMessage, Stay
from carestead.store.care.people import Known
from carestead.store.find.models import Enrolment
from carestead.web.find.people import names
from carestead.web.hospital import words
from carestead.web.published import Published
from carestead.web.shell.formats import short_day

MOST = 10
"""So many people alike are shown: with more, what the message says tells nobody apart."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a message may be about, as the desk is shown them: no more than tells them apart."""

    known: Known
    name: str
    practice: str
    compared: Sequence[words.Compared]
    follows: str
    number: str

    @property
    def agrees(self) -> int:
        """In how many facts message and record are the same."""
        return sum(c.how == words.SAME for c in self.compared)

    @property
    def doubtful(self) -> str:
        """Which of name and date of birth differ, in words; empty when neither does. A number is mistyped easily."""
        return " and ".join(c.fact.lower() + " differs" for c in self.compared[:2] if c.how == words.DIFFERS)


def numbered(found: Published, numbers: Iterable[str]) -> list[int]:
    """Everybody who has one of these NHS numbers."""
    wanted = sorted({n for n in numbers if n})
    rows = found.rows("hospital/numbered", numbers=wanted) if wanted else []
    return sorted({r["person_id"] for r in rows})


def alike(found: Published, message: HospitalMessage) -> list[int]:
    """Everybody with the family name and the date of birth that the message gives; nobody when it gives only one."""
    born, called = words.born(message), words.name(message)
    if not born or not called:
        return []
    rows = found.rows("hospital/born_on", born=born)
    return sorted({r["person_id"] for r in rows if words.has_family(called, r["family_name"])})[:MOST]


def of_the_visit(message: HospitalMessage) -> int | None:
    """The person of whom earlier messages of the visit are, where there is one."""
    return Stay.objects.filter(pk=message.stay_id).values_list("person_id", flat=True).first()


def candidates(found: Published, message: HospitalMessage, people: Iterable[int], now: datetime) -> list[Candidate]:
    """The people as the desk is shown them, those who agree in most first."""
    wanted = list(people)
    named = names(found, wanted)
    known = [k for p in wanted if p in named and (k := known_person(settings.AREA, p, local_day(now)))]
    made = [_candidate(found, message, k, dict(named[k.person_id])) for k in known]
    return sorted(made, key=lambda c: (-c.agrees, c.name))


def _candidate(found: Published, message: HospitalMessage, known: Known, row: dict[str, object]) -> Candidate:
    practice = found.organisation_name(known.practice_code) if known.practice_code else "No practice of this area"
    return Candidate(
        known, str(row["name"]), practice, words.compared(message, row, known.birth_date), _follows(message, known),
        str(row["nhs_number"] or ""),
    )  # fmt: skip


def _follows(message: HospitalMessage, known: Known) -> str:
    """What happens when it is confirmed."""
    if not Enrolment.objects.filter(person_id=known.person_id, state="accepted").exists():
        return (
            "They are not enrolled: the stay is kept with their record, nobody is told, and no contact is promised. "
            "If somebody should know, ring their practice."
        )
    if known.died_on:
        return (
            f"They died on {short_day(known.died_on)}: named GP and coordinator are told, and no contact is promised."
        )
    home = Stay.objects.filter(pk=message.stay_id, state="finished").exists()
    contact = " and contact after the discharge is promised" if home else ""
    return f"They are enrolled: their named GP and coordinator are told at once{contact}."
