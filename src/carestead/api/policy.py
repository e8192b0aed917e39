"""What the access policy must know of people, out of the published tables and the decisions."""

from dataclasses import dataclass
from typing import Any

from carestead import results
from carestead.api.door import Refused
from carestead.store.access import Action, PersonFacts, may
from carestead.store.actor import Actor, Role
from carestead.store.assign.now import Holders, holders
from carestead.store.find.models import Enrolment

Row = dict[str, Any]

FACTS = """select p.person_id, p.practice_code, g.group_code, a.named_gp_code, a.coordinator_code, r.rank, r.reasons,
r.cohorts from person p left join practice g using (practice_code) left join assignment a using (person_id)
left join register_entry r using (person_id)"""
TABLES = ("person", "practice", "assignment", "register_entry")
_CARED_FOR = """select distinct person_id from encounter where organisation_code = $organisation
union select distinct person_id from care_package where $organisation in (provider_code, funder_code)"""


@dataclass(frozen=True)
class Decided:
    """What decisions and encounters say: enrolled people, open holders, whom a partner cares for."""

    enrolled: frozenset[int]
    holders: Holders
    cared_for: frozenset[int]
    organisation: str


def require(snapshot: results.Snapshot, actor: Actor, action: Action, person_id: int) -> Row:
    """The published row of a person about whom the actor may do `action`; an empty one when the area does not know
    them. Raises Refused."""
    rows = snapshot.rows(f"{FACTS} where p.person_id = $person_id", TABLES, person_id)
    facts = facts_of(rows[0], decided(snapshot, actor, person_id)) if rows else PersonFacts(person_id)
    verdict = may(actor, action, facts)
    if not verdict.allowed:
        raise Refused(verdict.why, [person_id])
    return rows[0] if rows else {}


def decided(snapshot: results.Snapshot, actor: Actor, person_id: int | None = None) -> Decided:
    """What was decided about everybody, or about one person."""
    one = {} if person_id is None else {"person_id": person_id}
    enrolled = Enrolment.objects.filter(state="accepted", **one).values_list("person_id", flat=True)
    held = holders(None if person_id is None else [person_id])
    home = actor.organisation_code
    cares = actor.role is Role.PARTNER and home
    rows = snapshot.rows(_CARED_FOR, ("encounter", "care_package"), person_id, organisation=home) if cares else []
    return Decided(frozenset(enrolled), held, frozenset(r["person_id"] for r in rows), home)


def facts_of(row: Row, known: Decided) -> PersonFacts:
    """A row of FACTS and what was decided, as the policy asks for it."""
    person_id = row["person_id"]
    return PersonFacts(
        person_id=person_id,
        practice_code=row["practice_code"],
        group_code=row["group_code"],
        enrolled=person_id in known.enrolled,
        on_register=row["rank"] is not None,
        holders=frozenset(known.holders.get(person_id, {}).values()),
        proposed_holders=frozenset(c for c in (row["named_gp_code"], row["coordinator_code"]) if c),
        care_organisations=frozenset([known.organisation] if person_id in known.cared_for else []),
    )
