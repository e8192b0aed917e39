"""Score the open pairs with the learnt model, and find the share of open pairs that match."""

from typing import Any

import numpy as np

from carestead.record.linking.candidates import find_candidates
from carestead.record.linking.learn import learn, quiet
from carestead.record.linking.model import Levels, bits, linker, probability, start
from carestead.reference.linking import LinkSettings

COMPARED = ("given", "family", "dob", "postcode", "street", "number", "town", "sex", "phone", "email", "other")


def score(con: Any, settings: LinkSettings, *, across: bool) -> float:
    """Fill `link_scored(rid_l, rid_r, weight)`: weight is log2 of the odds that the pair is one person.

    Reads link_record and link_open; with `across`, only pairs of two sources are scored. Returns the share of the
    open pairs that match, which the weights hold already.
    """
    con.execute("create or replace temp table link_scored (rid_l integer, rid_r integer, weight double)")
    begin = start(settings, _filled(con))
    if not begin or not find_candidates(con, settings, across=across):
        return 0.0
    records, joined = con.execute("select count(*), count(*) - count(distinct group_id) from link_open").fetchall()[0]
    every, still_open = records * (records - 1) / 2, _open_pairs(con, across=across)
    matching = max(joined, records * 0.05)
    for again in (True, False):
        prior = min(matching / every, 0.5)
        factors = _predict(con, settings, learn(con, settings, begin, prior), prior)
        share = _share(factors, still_open)
        matching = joined + share * still_open
        if not again or matching / every < 1e-4:  # then true pairs among random ones do not blur u
            break
    con.execute("update link_scored set weight = weight + $odds", {"odds": bits(share)})
    return share


def _filled(con: Any) -> set[str]:
    """The columns that at least two records fill."""
    counts = ", ".join(f"count({c})" for c in COMPARED)
    row = con.execute(f"select {counts} from link_record").fetchall()[0]
    return {c for c, n in zip(COMPARED, row, strict=True) if n > 1}


def _open_pairs(con: Any, *, across: bool) -> float:
    """Pairs of records that could still be joined: all, less those both done, less those within a source."""
    rows = con.execute("select source_id, count(*), count(*) filter (where done) from link_open group by 1").fetchall()
    n, done = (sum(r[i] for r in rows) for i in (1, 2))
    pairs = (n * (n - 1) - done * (done - 1)) / 2
    if across:
        pairs -= sum(r[1] * (r[1] - 1) - r[2] * (r[2] - 1) for r in rows) / 2
    return float(max(pairs, 1))


def _predict(con: Any, settings: LinkSettings, levels: Levels, prior: float) -> np.ndarray:
    """Fill link_scored with Bayes factors in bits (no prior); the same as float64[pairs]."""
    model = linker(con, "link_record", settings, levels, prior)
    pairs = model._db_api.register("link_candidate")
    model.table_management.register_blocked_pairs_for_predict(pairs)
    with quiet():
        scored = model.inference.predict(warning_mode="never")
    con.execute(
        f"""create or replace temp table link_scored as
            select rid_l, rid_r, match_weight - $odds as weight from {scored.physical_name}""",
        {"odds": bits(prior)},
    )
    model._db_api.delete_tables_created_by_splink_from_db()
    return con.sql("select weight from link_scored order by weight").fetchnumpy()["weight"]


def _share(factors: np.ndarray, pairs: float) -> float:
    """The share of `pairs` that match: the fixed point of the mean probability."""
    share = max(1.0, len(factors) * 0.1) / pairs
    for _ in range(100):
        share, before = max(float(probability(factors + bits(min(share, 0.5))).sum()), 0.5) / pairs, share
        if abs(share - before) < 1e-6 * before:
            break
    return min(share, 0.5)
