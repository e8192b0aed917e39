"""Published records as JSON: one person's tables, and the people of the register one may see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from carestead import results
from carestead.api import policy
from carestead.api.door import Answer, answers
from carestead.store.access import Action, may
from carestead.store.actor import Actor
from carestead.tables import all_tables

RECORD = tuple(n for n, t in all_tables().items() if t.per == "bucket" and "person_id" in t.names())
"""The tables that hold rows about one person."""

_SHOWN = ("person_id", "practice_code", "group_code", "named_gp_code", "coordinator_code", "rank", "reasons")


@answers("api-person")
def person(request: HttpRequest, actor: Actor, person_id: int) -> Answer:
    """Every published row about one person, by table, with codes as system, code and display."""
    with results.latest(settings.AREA) as snapshot:
        policy.require(snapshot, actor, Action.SEE, person_id)
        record = {name: _rows(snapshot, name, person_id) for name in RECORD}
        content = {"person_id": person_id, "as_of": snapshot.as_of, "snapshot": snapshot.manifest.id, "record": record}
    return Answer(content, people=[person_id])


@answers("api-people")
def people(request: HttpRequest, actor: Actor) -> Answer:
    """The people of the register whom the actor may see, by rank, without names."""
    with results.latest(settings.AREA) as snapshot:
        known = policy.decided(snapshot, actor)
        ranked = f"{policy.FACTS} where r.rank is not null order by r.rank, person_id"
        rows = snapshot.rows(ranked, policy.TABLES)
        seen = [r for r in rows if may(actor, Action.SEE, policy.facts_of(r, known)).allowed]
        content = {"as_of": snapshot.as_of, "people": [{name: r[name] for name in _SHOWN} for r in seen]}
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
