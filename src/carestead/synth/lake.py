"""A neighbourhood of any size as published tables, bucket by bucket: what ingest, link and publish would have made."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from carestead.synth import contacts, hospital, medicines
from carestead.synth.facts import Columns
from carestead.synth.group import group
from carestead.synth.households import homes
from carestead.synth.lake_codes import Vocabulary, vocabulary
from carestead.synth.lake_rows import (
    diagnosis_rows,
    encounter_rows,
    event_rows,
    medication_rows,
    person_rows,
    registration_rows,
)
from carestead.synth.population import draw, places
from carestead.synth.streams import stream
from carestead.tables import table

PARQUET = "(format parquet, compression zstd, row_group_size 122880, dictionary_size_limit 100000)"
"""As the engines write parts (docs/adr/0004)."""

Progress = Callable[[str, int, int], None]
_PER_BUCKET = ("person", "registration", "event", "encounter", "diagnosis", "medication")


def lake(
    con: Any,
    out: Path,
    *,
    people: int,
    seed: int,
    as_of: date,
    buckets: int,
    events_per_person: float = 100,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write `<table>/bucket=NNN.parquet` and `<table>/area.parquet` under `out`; returns the rows of each table.

    `people` get the ids 0, 1, ...; a person is in bucket id % buckets. Events are `events_per_person` on average.
    `practice` is left to the step that gives it. Buckets are drawn apart from each other: memory is one bucket, and
    the order they are made in changes nothing.
    """
    g, codes = group(seed, people, as_of), vocabulary()
    where = places(seed, g, people)
    counts = dict.fromkeys(_PER_BUCKET, 0)
    loaded = []
    for bucket in range(buckets):
        if progress:
            progress("Making people and their events", bucket, buckets)
        ids = np.arange(bucket, people, buckets)
        made = _bucket(seed, bucket, g, where, ids, as_of, codes, events_per_person)
        for name, columns in made.items():
            counts[name] += publish(con, out, name, f"bucket={bucket:03d}", columns)
        loaded.append({name: len(next(iter(c.values()))) for name, c in made.items()})
    area = codes.area_tables(g, as_of, loaded)
    counts |= {name: publish(con, out, name, "area", columns) for name, columns in area.items()}
    if progress:
        progress("Making people and their events", buckets, buckets)
    return counts


def _bucket(
    seed: int, bucket: int, g: Any, where: Any, ids: np.ndarray, as_of: date, codes: Vocabulary, events: float
) -> dict[str, dict[str, Any]]:
    own = int(stream(seed, "bucket", bucket).integers(0, 2**62))
    p = draw(own, g, where, len(ids), as_of)
    h = homes(own, p)
    usual = contacts.usual_gps(own, p, p.practice, "now")
    before = contacts.usual_gps(own, p, p.before, "before")
    on_repeat = medicines.repeats(own, p, np.zeros(len(p), dtype=bool))
    admitted = hospital.admissions(own, p, h)
    stays, keys = encounter_rows(bucket, ids, p, admitted, own, usual, before)
    return {
        "person": person_rows(ids, p, usual),
        "registration": registration_rows(bucket, ids, p, usual, before),
        "event": event_rows(bucket, ids, p, codes, own, events),
        "encounter": stays,
        "diagnosis": diagnosis_rows(bucket, ids, p, admitted, keys, codes, own),
        "medication": medication_rows(bucket, ids, p, medicines.prescriptions(own, p, on_repeat), codes),
    }


def publish(con: Any, out: Path, name: str, stem: str, columns: Columns) -> int:
    """Write one part: the table's columns in order and of its types, those not given empty. Rows come sorted."""
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    given = pa.table(columns)
    con.execute("set preserve_insertion_order = true")
    con.register("given", given)
    spec = table(name)
    values = {c: f'"{c}"' if c in columns else "null" for c in spec.names()}
    select = ", ".join(f'cast({values[c]} as {kind}) as "{c}"' for c, kind in spec.types().items())
    path = str(folder / f"{stem}.parquet").replace("'", "''")
    con.execute(f"copy (select {select} from given) to '{path}' {PARQUET}")
    con.unregister("given")
    return len(given)
