"""What a linking gives: rows of the contract tables `link` and `link_review`, and findings."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from carestead.core.finding import Finding, Severity
from carestead.record.linking.join import Joined
from carestead.record.linking.model import probability


@dataclass(frozen=True)
class LinkOutcome:
    """`links` and `reviews` are arrow tables in the form of the contract tables `link` and `link_review`."""

    links: pa.Table
    reviews: pa.Table
    findings: list[Finding]


def links(con: Any, joined: Joined, ids: np.ndarray) -> pa.Table:
    """One row a record, in order of source and id: its person and the strongest pair that joined it."""
    best, other = _strongest(joined, len(ids))
    tied = best >= 0
    safe = np.where(tied, best, 0)
    columns = {
        "rid": np.arange(len(ids)),
        "person_id": ids.astype(np.int32),
        "method": np.where(tied, joined.edges.method[safe] if len(joined.edges.method) else "alone", "alone"),
        "match_weight": pa.array(
            joined.edges.weight[safe] if len(joined.edges.weight) else np.zeros(len(ids)), mask=~tied
        ),
        "other": pa.array(np.where(tied, other, 0), mask=~tied),
    }
    con.register("link_found", pa.table(columns))
    rows = con.sql(
        """select r.source_id, r.source_person_id, f.person_id, f.method,
                  case when isinf(f.match_weight) then null else f.match_weight end as match_weight,
                  o.source_id as linked_to_source_id, o.source_person_id as linked_to_source_person_id
           from link_found f join link_record r using (rid) left join link_record o on o.rid = f.other
           order by f.rid"""
    ).to_arrow_table()
    con.unregister("link_found")
    return rows


def _strongest(joined: Joined, n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each record the edge (index, -1 when none) that ties it strongest within its person, and the other record."""
    e = joined.edges
    inside = np.flatnonzero(joined.person[e.left] == joined.person[e.right])
    ends = np.concatenate([e.left[inside], e.right[inside]])
    others = np.concatenate([e.right[inside], e.left[inside]])
    edge = np.concatenate([inside, inside])
    order = np.lexsort((-others, e.weight[edge]))  # the last one written is the strongest, then the smallest fellow
    best, other = np.full(n, -1), np.full(n, -1)
    best[ends[order]] = edge[order]
    other[ends[order]] = others[order]
    return best, other


def reviews(con: Any, joined: Joined) -> pa.Table:
    """Pairs for a person to look at, each once, by its gravest reason."""
    rows: dict[tuple[int, int], tuple[float | None, str]] = {}
    for pairs, reason in (
        (joined.doubtful, "doubtful"),
        (joined.shared_numbers, "shared-nhs-number"),
        (joined.different_numbers + list(joined.refusals.numbers), "different-nhs-numbers"),
    ):
        for a, b, weight in pairs:
            rows[min(a, b), max(a, b)] = (weight, reason)
    refused = {(min(a, b), max(a, b)) for a, b, _ in joined.refusals.decisions}
    kept = [(a, b, w, reason) for (a, b), (w, reason) in sorted(rows.items()) if (a, b) not in refused]
    con.register("link_doubt", _doubts(kept))
    table = con.sql(
        """select a.source_id as source_id_a, a.source_person_id as source_person_id_a,
                  b.source_id as source_id_b, b.source_person_id as source_person_id_b,
                  d.match_probability, d.match_weight, d.reason
           from link_doubt d join link_record a on a.rid = d.a join link_record b on b.rid = d.b order by d.a, d.b"""
    ).to_arrow_table()
    con.unregister("link_doubt")
    return table


def _doubts(kept: list[tuple[int, int, float | None, str]]) -> pa.Table:
    return pa.table(
        {
            "a": pa.array([k[0] for k in kept], pa.int32()),
            "b": pa.array([k[1] for k in kept], pa.int32()),
            "match_probability": pa.array(
                [None if k[2] is None else float(probability(k[2])) for k in kept], pa.float64()
            ),
            "match_weight": pa.array([k[2] for k in kept], pa.float64()),
            "reason": pa.array([k[3] for k in kept], pa.string()),
        }
    )


def overruled(con: Any, joined: Joined) -> list[Finding]:
    """A finding when somebody joined records with different NHS numbers: their decision holds, and stays in sight."""
    forced = joined.edges.method == "decision"
    number = con.sql("select coalesce(nhs, 0)::bigint as nhs from link_record order by rid").fetchnumpy()["nhs"]
    a, b = number[joined.edges.left[forced]], number[joined.edges.right[forced]]
    count = int(((a != b) & (a > 0) & (b > 0)).sum())
    if not count:
        return []
    what = f"{count:,} decisions joined records that carry different valid NHS numbers."
    return [
        Finding(
            "link.joined-two-numbers",
            Severity.WARNING,
            "link",
            what,
            "Part them unless one number was withdrawn.",
            count,
        )
    ]
