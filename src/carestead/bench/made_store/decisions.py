"""A store in SQLite with promises and their acts, as the actions write them but all at once: to see how fast it is
written out and replayed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from carestead.bench.made_store import AT

AT_ONCE = 2_000


def fill(area: Path, promises: int) -> None:
    """Make the area's store with so many promises, three acts each; what is there is used again."""
    from carestead import store

    store.migrate(area)
    from carestead.store.care.models import CareEvent, Promise

    for first in range(Promise.objects.count(), promises, AT_ONCE):
        made = [_promise(n, Promise) for n in range(first, min(first + AT_ONCE, promises))]
        Promise.objects.bulk_create(made)
        CareEvent.objects.bulk_create(e for p in made for e in _events(p, CareEvent))


def write_out(area: Path, folder: Path) -> int:
    """Export the store: the number of rows written and replayed."""
    from carestead import store

    store.migrate(area)
    from carestead.store.export import export

    return sum(export(folder, since=AT).values())


def read_bare(area: Path) -> int:
    """The same rows, read by the driver and thrown away: how many."""
    import sqlite3

    con = sqlite3.connect(area / "store.sqlite3")
    counts = []
    for name in ("care_promise", "care_promise", "care_careevent"):
        cursor = con.execute(f"select * from {name} order by id")
        counts.append(sum(len(rows) for rows in iter(lambda found=cursor: found.fetchmany(20_000), [])))
    con.close()
    return sum(counts)


def _promise(n: int, model: Any) -> Any:
    facts = {
        "person_id": n // 5, "state": "completed", "what": f"Ring the person about their tablets, {n}",
        "done_means": "Somebody spoke to the person and wrote down what they said", "owner_code": f"K{n % 500}",
        "owner_name": "Kim Teal", "requester_code": f"G{n % 300}", "requester_name": "Dr Ada Quill",
        "author_username": "quill", "asked_at": AT, "due_at": AT + timedelta(days=3), "version": 3, "outcome": "done",
        "first_due_at": AT + timedelta(days=3), "happened_at": AT + timedelta(days=1), "evidence": "Went well",
        "ended_at": AT + timedelta(days=1), "accepted_by": "Kim Teal", "channel": "screen", "accepted_at": AT,
    }  # fmt: skip
    return model(pk=n + 1, **facts)


def _events(promise: Any, model: Any) -> list[Any]:
    """Asked, accepted, kept: the first says everything, the others what they change."""
    every = promise.facts()
    later = {"state": "accepted", "accepted_by": "Kim Teal", "channel": "screen", "accepted_at": every["accepted_at"]}
    kept = {name: every[name] for name in ("state", "outcome", "evidence", "happened_at", "ended_at")}
    facts = {
        "kind": "promise", "subject_id": promise.pk, "person_id": promise.person_id, "happened_at": AT,
        "recorded_at": AT, "username": "quill", "name": "Dr Ada Quill", "role": "named-gp",
    }  # fmt: skip
    acts = (("ask", {**every, "state": "requested"}), ("accept", later), ("complete", kept))
    return [model(version=n, type=act, sets=sets, **facts) for n, (act, sets) in enumerate(acts, 1)]
