"""Bring patients, decisions and the last run's links into tables of a connection, and take them away again."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from carestead.core.finding import Finding, InputError, Severity
from carestead.record.linking.join import sql
from carestead.reference.linking import LinkSettings

DECISION = ("source_id_a", "source_person_id_a", "source_id_b", "source_person_id_b", "verdict")

_TABLES = (
    "link_record",
    "link_open",
    "link_undone",
    "link_number_pair",
    "link_rule_pair",
    "link_sample",
    "link_block",
    "link_candidate",
    "link_scored",
)


def prepare(con: Any, patients: Any, settings: LinkSettings) -> list[Finding]:
    """Fill `link_record` from `patients` (a view's name, or an arrow table); findings on the NHS numbers."""
    if isinstance(patients, str):
        con.execute(f'create or replace temp view link_input as select * from "{patients}"')
    else:
        con.register("link_input", patients)
    columns = {row[0] for row in con.execute("describe link_input").fetchall()}
    if missing := {"source_id", "source_person_id"} - columns:
        raise InputError(
            f"Patients to link lack the column {', '.join(sorted(missing))}.",
            f"There are {', '.join(sorted(columns))}.",
        )
    short, formal = list(settings.nicknames), list(settings.nicknames.values())
    con.register("link_nickname", pa.table({"short": short, "formal": formal}))
    con.execute(sql("all_input"))
    repeated = "select 1 from link_all group by source_id, source_person_id having count(*) > 1 limit 1"
    if con.execute(repeated).fetchall():  # grouping costs as much as the rest, and few sources repeat an id
        con.execute(sql("one_row"))
        con.execute("create or replace temp view link_all as from link_one")
    con.execute(sql("normalise"))
    con.execute("drop view link_all; drop table if exists link_one")
    return _number_findings(con)


def _number_findings(con: Any) -> list[Finding]:
    wrong, example, crowd = con.execute(sql("number_findings")).fetchall()[0]
    found = []
    if wrong:
        found.append(
            Finding(
                "link.invalid-nhs-number",
                Severity.WARNING,
                "patient.nhs_number",
                f"{wrong:,} NHS numbers fail the check of their last digit, or one digit ten times; not used.",
                "Ask the source to trace these people; they were linked by name, birth and address instead.",
                wrong,
                f"source {example['source_id']}, id {example['source_person_id']}",
            )
        )
    if crowd:
        found.append(
            Finding(
                "link.crowded-nhs-number",
                Severity.WARNING,
                "patient.nhs_number",
                f"{crowd:,} records carry an NHS number that more than 50 records share; it was not used to link them.",
                "Ask the source which number it puts where it knows none.",
                crowd,
            )
        )
    return found


def decided(con: Any, decisions: Any) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(joined, parted) pairs of records of people's decisions; a decision about a record that is gone is passed over.

    `decisions` is an arrow table or rows with the columns of `DECISION`; when a pair was decided on twice the last row
    holds.
    """
    rows = decisions.to_pylist() if isinstance(decisions, pa.Table) else list(decisions or ())
    if not rows:
        return [], []
    index = _index(
        con,
        [(r["source_id_a"], r["source_person_id_a"]) for r in rows]
        + [(r["source_id_b"], r["source_person_id_b"]) for r in rows],
    )
    last: dict[tuple[int, int], str] = {}
    for r in rows:
        a = index.get((r["source_id_a"], r["source_person_id_a"]))
        b = index.get((r["source_id_b"], r["source_person_id_b"]))
        if a is not None and b is not None and a != b:
            last.pop((min(a, b), max(a, b)), None)
            last[min(a, b), max(a, b)] = _verdict(r)
    return [p for p, v in last.items() if v == "join"], [p for p, v in last.items() if v == "part"]


def _verdict(row: Mapping[str, Any]) -> str:
    if row["verdict"] not in ("join", "part"):
        raise InputError(f"A decision on a link says {row['verdict']!r}.", "It may say join or part.")
    return str(row["verdict"])


def _index(con: Any, keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    wanted = sorted(set(keys))
    con.register(
        "link_wanted",
        pa.table(
            {
                "source_id": pa.array([k[0] for k in wanted], pa.int16()),
                "source_person_id": [k[1] for k in wanted],
            }
        ),
    )
    rows = con.execute(
        "select source_id, source_person_id, rid from link_record join link_wanted using (source_id, source_person_id)"
    ).fetchall()
    con.unregister("link_wanted")
    return {(r[0], r[1]): r[2] for r in rows}


def earlier_ids(con: Any, previous: Any) -> np.ndarray:
    """int64[n]: each record's person in the last run's `link` rows (arrow table or a view's name), -1 when new."""
    if previous is None:
        return np.full(con.execute("select count(*) from link_record").fetchall()[0][0], -1, dtype=np.int64)
    if isinstance(previous, str):
        con.execute(f'create or replace temp view link_previous as select * from "{previous}"')
    else:
        con.register("link_previous", previous)
    return con.sql(
        """select coalesce(p.person_id, -1)::bigint as person_id from link_record
           left join link_previous p using (source_id, source_person_id) order by rid"""
    ).fetchnumpy()["person_id"]


def clear(con: Any) -> None:
    """Drop the tables and views of a linking."""
    for table in _TABLES:
        con.execute(f"drop table if exists {table}")
    for view in ("link_input", "link_nickname", "link_previous"):
        con.execute(f"drop view if exists {view}")
