"""Published records as JSON: one person's tables, and the people of the register one may see."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from carestead import results
from carestead.api.door import Answer, Refused, answers
from carestead.store.access import Action, PersonFacts, may
from carestead.store.actor import Actor
from carestead.store.assign.models import Responsibility
from carestead.store.find.models import Enrolment
from carestead.tables import all_tables

RECORD = tuple(n for n, t in all_tables().items() if t.per == "bucket" and "person_id" in t.names())
"""The tables that hold rows about one person."""

_FACTS = """select p.person_id, p.practice_code, g.group_code, a.named_gp_code, a.coordinator_code, r.rank, r.reasons
from person p left join practice g using (practice_code) left join assignment a using (person_id)
left join register_entry r using (person_id)"""
_TABLES = ("person", "practice", "assignment", "register_entry")
_CARED_FOR = """select distinct person_id from encounter where organisation_code = $organisation
union select distinct person_id from care_package where $organisation in (provider_code, funder_code)"""


@answers("api-person")
def person(request: HttpRequest, actor: Actor, person_id: int) -> Answer:
    """Every published row about one person, by table, with codes as system, code and display."""
    with results.latest(settings.AREA) as snapshot:
        rows = snapshot.rows(f"{_FACTS} where p.person_id = $person_id", _TABLES, person_id)
        facts = _facts(rows[0], _decided(snapshot, actor)) if rows else PersonFacts(person_id)
        verdict = may(actor, Action.SEE, facts)
        if not verdict.allowed:
            raise Refused(verdict.why, [person_id])
        record = {name: _rows(snapshot, name, person_id) for name in RECORD}
        content = {"person_id": person_id, "as_of": snapshot.as_of, "snapshot": snapshot.manifest.id, "record": record}
    return Answer(content, people=[person_id])


@answers("api-people")
def people(request: HttpRequest, actor: Actor) -> Answer:
    """The people of the register whom the actor may see, by rank, without names."""
    with results.latest(settings.AREA) as snapshot:
        decided = _decided(snapshot, actor)
        rows = snapshot.rows(f"{_FACTS} where r.rank is not null order by r.rank, person_id", _TABLES)
        seen = [r for r in rows if may(actor, Action.SEE, _facts(r, decided)).allowed]
        content = {"as_of": snapshot.as_of, "people": seen}
    return Answer(content, people=[r["person_id"] for r in seen])


def _rows(snapshot: results.Snapshot, name: str, person_id: int) -> list[dict[str, Any]]:
    coded = [c.name for c in all_tables()[name].columns if c.role == "code"]
    columns = "".join(
        f', {{"system": c{i}.system, "code": c{i}.code, "display": c{i}.display}} as "{c.removesuffix("_id")}"'
        for i, c in enumerate(coded)
    )
    joins = "".join(f' left join code c{i} on c{i}.code_id = t."{c}"' for i, c in enumerate(coded))
    sql = f'select t.*{columns} from "{name}" t{joins} where t.person_id = $person_id'
    return snapshot.rows(sql, (name, "code"), person_id)


@dataclass(frozen=True)
class _Decided:
    """What decisions and encounters say of everybody: enrolled people, open holders, whom a partner cares for."""

    enrolled: frozenset[int]
    holders: dict[int, set[str]]
    cared_for: frozenset[int]
    organisation: str


def _decided(snapshot: results.Snapshot, actor: Actor) -> _Decided:
    enrolled = Enrolment.objects.filter(state="accepted").values_list("person_id", flat=True)
    holders: dict[int, set[str]] = {}
    held = Responsibility.objects.filter(end__isnull=True)
    for person_id, code in held.values_list("person_id", "practitioner_code"):
        holders.setdefault(person_id, set()).add(code)
    home = actor.organisation_code
    partner = actor.role == "partner" and home
    rows = snapshot.rows(_CARED_FOR, ("encounter", "care_package"), organisation=home) if partner else []
    return _Decided(frozenset(enrolled), holders, frozenset(r["person_id"] for r in rows), home)


def _facts(row: dict[str, Any], decided: _Decided) -> PersonFacts:
    person_id = row["person_id"]
    return PersonFacts(
        person_id=person_id,
        practice_code=row["practice_code"],
        group_code=row["group_code"],
        enrolled=person_id in decided.enrolled,
        on_register=row["rank"] is not None,
        holders=frozenset(decided.holders.get(person_id, ())),
        proposed_holders=frozenset(c for c in (row["named_gp_code"], row["coordinator_code"]) if c),
        care_organisations=frozenset([decided.organisation] if person_id in decided.cared_for else []),
    )
