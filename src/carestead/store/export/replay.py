"""The log of care played again from nothing, and held against the rows that stand: invariant R22.

Events and rows of a kind are both read in the order of their number and met as they come, so that nothing but one thing
and its events is in memory.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from django.db import connection, models

from carestead.store.care.models import THINGS
from carestead.store.care.things import CareEvent, Thing, plain
from carestead.store.export.columns import Part
from carestead.store.export.read import CHUNK, one_by_one, streamed
from carestead.tables import table

_FIELDS = (
    "kind", "subject_id", "version", "person_id", "type", "happened_at", "recorded_at", "username", "role", "sets",
)  # fmt: skip
_SUBJECT, _PERSON, _RECORDED = _FIELDS.index("subject_id"), _FIELDS.index("person_id"), _FIELDS.index("recorded_at")

GONE = "its row is gone"

Row = tuple[Any, ...]


def write(folder: Path) -> dict[str, int]:
    """Write tables `care_event` and `replay`: the number of rows of each."""
    with Part(folder, table("care_event")) as events, Part(folder, table("replay")) as replayed:
        kept, held = Kept(events), Kept(replayed)
        for model in THINGS:
            for row in _of_kind(model, kept):
                held.add(row)
        kept.flush()
        held.flush()
    return {"care_event": events.rows, "replay": replayed.rows}


class Kept:
    """Rows gathered until there are enough of them to be written."""

    def __init__(self, part: Part) -> None:
        self._part, self._rows = part, list[Row]()

    def add(self, row: Row) -> None:
        """Take one row."""
        self._rows.append(row)
        if len(self._rows) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what there is."""
        self._part.add(self._rows)
        self._rows = []


def _of_kind(model: type[Thing], kept: Kept) -> Iterator[Row]:
    """Rows of `replay` for one kind; its events go to `kept` as they pass."""
    facts = _Facts(model)
    things = one_by_one(streamed(model, facts.columns, order="id"))
    found = streamed(CareEvent, _FIELDS, where="kind = %s", order="subject_id, version", values=[model.KIND])
    events = groupby(one_by_one(found), key=lambda e: e[_SUBJECT])
    for thing, acts in _met(things, events):
        yield _held(model.KIND, facts, thing, _told(acts, kept))


def _met(things: Iterator[Row], events: Iterator[tuple[int, Iterator[Row]]]) -> Iterator[tuple[Row | None, list[Row]]]:
    """Each thing with its events, whichever of the two is missing."""
    thing, said = next(things, None), next(events, None)
    while thing or said:
        if said is None or (thing is not None and thing[0] < said[0]):
            yield thing, []
            thing = next(things, None)
        elif thing is None or said[0] < thing[0]:
            yield None, list(said[1])
            said = next(events, None)
        else:
            yield thing, list(said[1])
            thing, said = next(things, None), next(events, None)


def _told(acts: Sequence[Row], kept: Kept) -> tuple[dict[str, Any], Sequence[Row]]:
    """The fields that the acts leave a thing with. Each is passed on with the state and the owner it set."""
    told: dict[str, Any] = {}
    for act in acts:
        sets = orjson.loads(act[-1])
        told |= sets
        kept.add((*act[:-1], sets.get("state"), sets.get("owner_code")))
    return told, acts


def _held(kind: str, facts: "_Facts", thing: Row | None, said: tuple[dict[str, Any], Sequence[Row]]) -> Row:
    told, acts = said
    last = acts[-1] if acts else None
    since = last[_RECORDED] if last else None
    if thing is None:
        assert last is not None
        return kind, last[_SUBJECT], last[_PERSON], 0, len(acts), GONE, since
    stands = facts.of(thing)
    differs = [] if stands == told else sorted(n for n in {*stands, *told} if stands.get(n, "-") != told.get(n, "-"))
    return kind, thing[0], stands.get("person_id"), thing[1], len(acts), ", ".join(differs) or None, since


class _Facts:
    """The fields of a kind's rows as events hold them, told from rows as the database gives them."""

    def __init__(self, model: type[Thing]) -> None:
        fields = [f for f in model._meta.concrete_fields if f.attname not in ("id", "version")]
        self.columns = ("id", "version", *(f.attname for f in fields))
        self._names = self.columns[2:]
        found = ((name, _as_held(field)) for name, field in zip(self._names, fields, strict=True))
        self._mended: Mapping[str, Callable[[Any], Any]] = {name: mend for name, mend in found if mend}

    def of(self, row: Row) -> dict[str, Any]:
        """The facts of one row."""
        facts = dict(zip(self._names, row[2:], strict=True))
        for name, mend in self._mended.items():
            value = facts[name]
            if value is not None:
                facts[name] = mend(value)
        return facts


def _as_held(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a database's value becomes what `plain` would have written; nothing where it is so already."""
    if isinstance(field, models.JSONField):
        return orjson.loads
    if isinstance(field, models.DateTimeField) and connection.vendor == "sqlite":
        return _instant
    return plain if isinstance(field, models.DateField) else None


def _instant(value: datetime) -> str:
    """An instant as events write it; SQLite's come without their zone, which is UTC."""
    return f"{value.isoformat()}+00:00"
