"""The people a page may list: register and decisions put together, then asked of the access policy one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from carestead.store.access import STRANGER, Action, PersonFacts, may
from carestead.store.actor import Actor, Role
from carestead.store.assign.now import holders as holders_now
from carestead.store.care.openings import openings
from carestead.store.care.ties import Ties, ties
from carestead.store.find.models import Enrolment
from carestead.web.published import Published, Row
from carestead.web.shell.doors import Refused
from carestead.web.shell.formats import person_name

PROPOSED, AGAIN = "Proposed", "Proposed again"


@dataclass(frozen=True)
class Known:
    """One person as lists and policies know them. `holders` maps responsibility to practitioner code, the open ones;
    `row` is a row of find/register.sql or find/facts.sql. `again`: a decision was put off or declined, and the newest
    run, made since, asks anew."""

    row: Row
    facts: PersonFacts
    enrolment: Enrolment | None = None
    holders: dict[str, str] = field(default_factory=dict)
    again: bool = False

    @property
    def person_id(self) -> int:
        """The person."""
        return self.facts.person_id

    @property
    def status(self) -> str:
        """Enrolled, Deferred, Declined; Proposed when nobody has decided; Proposed again; Not on the register."""
        if self.again:
            return AGAIN
        if self.enrolment:
            return str(self.enrolment.get_state_display())
        return PROPOSED if self.facts.on_register else "Not on the register"

    @property
    def reasons(self) -> list[str]:
        """Why the person is on the register, most telling first."""
        return [r.strip() for r in (self.row.get("reasons") or "").split(";") if r.strip()]

    @property
    def waits(self) -> bool:
        """True when a clinician has to decide: nobody has, or it is asked anew."""
        return not self.row["death_date"] and self.facts.on_register and (self.enrolment is None or self.again)

    @property
    def lists(self) -> list[str]:
        """The lists the person is on, by id, in the order of the rule."""
        return [part.partition(":")[0] for part in (self.row.get("cohorts") or "").split(",") if part]

    @property
    def named_gp_code(self) -> str | None:
        """The named GP, else the one proposed."""
        return self.holders.get("named-gp") or self.row.get("named_gp_code")

    @property
    def coordinator_code(self) -> str | None:
        """The coordinator, else the one proposed."""
        return self.holders.get("coordinator") or self.row.get("coordinator_code")


@dataclass(frozen=True)
class Tied:
    """What one actor has to do with people, looked up once for all of them."""

    actor: Actor
    cared_for: dict[int, str]
    ties: Ties

    def named(self, so: bool) -> frozenset[str]:
        """The actor's user name, where it is so."""
        return frozenset([self.actor.username] if so else [])


def register(found: Published, actor: Actor) -> list[Known]:
    """Everybody on the register or enrolled whom the actor may see, by rank."""
    enrolled = list(Enrolment.objects.filter(state="accepted").values_list("person_id", flat=True))
    return seen(found, actor, found.rows("find/register", also=enrolled))


def seen(found: Published, actor: Actor, rows: Iterable[Row]) -> list[Known]:
    """The people of rows like those of find/register.sql whom the actor may see, in their order."""
    enrolments = {e.person_id: e for e in Enrolment.objects.all()}
    holders = holders_now()
    tied = _tied(found, actor)
    known = (
        _known(found, row, enrolments.get(row["person_id"]), holders.get(row["person_id"], {}), tied) for row in rows
    )
    # Somebody who has died needs no decision; for the enrolled the death itself is what has to be seen.
    living = (k for k in known if k.facts.enrolled or not k.row["death_date"])
    return [k for k in living if may(actor, Action.SEE, k.facts).allowed]


def one(found: Published, actor: Actor, person_id: int) -> Known:
    """One person, whom the actor may see, or has broken the glass for: that opens this person, and no list. Raises
    Refused; a person who does not exist is refused in the same words, so that asking tells nothing."""
    known = lookup(found, actor, person_id)
    if known is None:
        raise Refused(STRANGER, [person_id])
    known = replace(known, facts=replace(known.facts, opened_by=openings(person_id, timezone.now())))
    require(actor, Action.SEE, known)
    return known


def lookup(found: Published, actor: Actor, person_id: int) -> Known | None:
    """One person, before the policy was asked."""
    rows = found.rows("find/facts", person_id=person_id)
    if not rows:
        return None
    enrolment = Enrolment.objects.filter(person_id=person_id).first()
    holders = holders_now([person_id]).get(person_id, {})
    return _known(found, rows[0], enrolment, holders, _tied(found, actor))


def require(actor: Actor, action: Action, known: Known) -> None:
    """Raises Refused unless the actor may do `action` to the person."""
    verdict = may(actor, action, known.facts)
    if not verdict.allowed:
        raise Refused(verdict.why, [known.person_id])


def reads_only(actor: Actor, known: Known) -> bool:
    """Whether the actor has the record open in an emergency: until they end it their pages of it are to be read, and
    offer nothing that the door would refuse; also when they have got a part in the person's care since."""
    return any(opening.username == actor.username for opening in known.facts.opened_by)


def names(found: Published, people: Iterable[int]) -> dict[int, Row]:
    """Name and NHS number of people, as `{"name": "SURNAME, Given", "nhs_number": ...}`."""
    rows = found.rows("find/names", people=list(people))
    return {r["person_id"]: {**r, "name": person_name(r["family_name"], r["given_name"])} for r in rows}


def _known(found: Published, row: Row, enrolment: Enrolment | None, holders: dict[str, str], tied: Tied) -> Known:
    person_id = row["person_id"]
    practice = found.practices.get(row["practice_code"] or "", {})
    facts = PersonFacts(
        person_id=person_id,
        practice_code=row["practice_code"],
        group_code=practice.get("group_code"),
        enrolled=enrolment is not None and enrolment.state == "accepted",
        on_register=row["rank"] is not None,
        holders=frozenset(holders.values()),
        proposed_holders=frozenset(c for c in (row["named_gp_code"], row["coordinator_code"]) if c),
        care_organisations=frozenset([tied.cared_for[person_id]] if person_id in tied.cared_for else []),
        answered_by=tied.named(tied.ties.answers_for(holders.values(), practice.get("group_code"))),
        promised_by=tied.named(person_id in tied.ties.promised),
    )
    return Known(row, facts, enrolment, holders, _again(found, row, enrolment))


def _again(found: Published, row: Row, enrolment: Enrolment | None) -> bool:
    """True when a decision that was put off is due, or the run made after it found that something has changed."""
    if enrolment is None or enrolment.state == "accepted" or row["rank"] is None:
        return False
    due = enrolment.review_on is not None and enrolment.review_on <= found.as_of
    newer = enrolment.decided_at < datetime.fromisoformat(found.snapshot.published_at)
    return due or (newer and bool(row.get("earlier_decision")))


def _tied(found: Published, actor: Actor) -> Tied:
    return Tied(actor, _cared_for(found, actor), ties(actor, timezone.now()))


def _cared_for(found: Published, actor: Actor) -> dict[int, str]:
    """Only partners see people through the organisation that cares for them, so only for them is it looked up."""
    if actor.role is not Role.PARTNER or not actor.organisation_code:
        return {}
    rows = found.rows_once("find/cared_for", organisation=actor.organisation_code)
    return {r["person_id"]: actor.organisation_code for r in rows}
