"""Learn m and u with Splink: u from random pairs, m from whole blocks, both steadied by the published start."""

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from carestead.record.linking.model import Levels, linker, trained
from carestead.reference.linking import LinkSettings


def learn(con: Any, settings: LinkSettings, begin: Levels, prior: float) -> Levels:
    """m and u for every level of `begin`, from table `link_record`; `prior` is the share of all pairs that match."""
    u = _learn_u(con, settings, begin, prior)
    rounds = [r for block in settings.learning["blocks"] if (r := _learn_m(con, settings, u, block, prior))]
    return _steady_m(begin, u, rounds, settings.learning["prior_pairs_m"])


def _learn_u(con: Any, settings: LinkSettings, begin: Levels, prior: float) -> Levels:
    size = int(math.sqrt(2 * settings.learning["pairs"]))
    con.execute(
        """create or replace temp table link_sample as
           select * from link_record where hash(rid) % $one_in = 0 order by hash(rid) limit $size""",
        {"size": size, "one_in": max(1, _records(con) // (size * 10))},
    )
    n = con.execute("select count(*) from link_sample").fetchall()[0][0]
    pairs = n * (n - 1) / 2
    if pairs < settings.learning["prior_pairs_u"]:
        return begin
    model = linker(con, "link_sample", settings, begin, prior)
    with quiet():
        model.training.estimate_u_using_random_sampling(
            max_pairs=pairs * 1.01 + 2, min_count_per_level=None, num_chunks=1
        )
    seen = trained(model)
    model._db_api.delete_tables_created_by_splink_from_db()
    return {key: [m, _different(m, u, seen[key][1], prior, pairs, settings)] for key, (m, u) in begin.items()}


def _different(m: float, u: float, seen: float, prior: float, pairs: float, settings: LinkSettings) -> float:
    """u without the true pairs that a random sample of a file full of duplicates holds, steadied by the start."""
    weight = settings.learning["prior_pairs_u"]
    seen = 0.0 if math.isnan(seen) else seen
    among_different = max(seen - prior * m, min(u, seen) * settings.learning["least_share_of_u"])
    return max((among_different * pairs + u * weight) / (pairs + weight), 1e-9)


def _learn_m(
    con: Any, settings: LinkSettings, u: Levels, block: list[str], prior: float
) -> tuple[float, Levels] | None:
    """(likely pairs found, levels) of a round within blocks that agree on `block`; None when not to be trusted."""
    pairs = _blocked_sample(con, block, settings.learning["pairs_for_m"])
    if pairs < settings.learning["least_matches"]:
        return None
    model = linker(con, "link_sample", settings, u, prior)
    rule = " and ".join(f"l.{column} = r.{column}" for column in block)
    with quiet():
        try:
            session = model.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True
            )
        except Exception:  # Splink raises many kinds when a round finds no match at all; the other rounds teach
            return None
        finally:
            model._db_api.delete_tables_created_by_splink_from_db()
    core = session.core_model_settings
    matches = _steady(pairs * core.probability_two_random_records_match)
    if matches < settings.learning["least_matches"]:
        return None
    return matches, _levels(core)


def _levels(core: Any) -> Levels:
    found: Levels = {}
    for comparison in core.comparisons:
        for i, level in enumerate(comparison.comparison_levels):
            if not level.is_null_level and isinstance(level.m_probability, float):
                found[comparison.output_column_name, i] = [_steady(level.m_probability), level.u_probability]
    return found


def _steady(share: float) -> float:
    """Six significant digits: the engine adds fractions in whatever order its threads end, and the last bits of what it
    learns would differ from run to run, and with them every weight."""
    return float(f"{share:.6g}")


def _blocked_sample(con: Any, block: list[str], most: int) -> int:
    """Fill `link_sample` with whole blocks, at most `most` pairs; their number."""
    key = f"hash({', '.join(block)})"
    filled = " and ".join(f"{column} is not null" for column in block)
    con.execute(
        f"""create or replace temp table link_sample as
            with keyed as (
                select *, {key} as block_key from link_record where {filled} and {key} % $one_in = 0
            ),
            block as (
                select block_key, count(*) as records from keyed group by block_key
                having count(*) between 2 and 300
            ),
            kept as (
                select block_key from block
                qualify sum(records * (records - 1) / 2) over (order by hash(block_key), block_key) <= $most
            )
            select keyed.* exclude (block_key) from keyed semi join kept using (block_key)""",
        {"most": most, "one_in": max(1, _records(con) // 100_000)},
    )
    return con.execute(
        f"select coalesce(sum(n * (n - 1) / 2), 0)::bigint from (select count(*) as n from link_sample group by {key})"
    ).fetchall()[0][0]


def _records(con: Any) -> int:
    return con.execute("select count(*) from link_record").fetchall()[0][0]


def _steady_m(begin: Levels, u: Levels, rounds: list[tuple[float, Levels]], weight: float) -> Levels:
    """The mean of the rounds' m, each counted up to 1,000 pairs, with the start counted as `weight` pairs."""
    mixed = {}
    for key, (m, _) in begin.items():
        heard = [
            (min(n, 1000.0), found[key][0])
            for n, found in rounds
            if any(k[0] == key[0] for k in found) and key in found
        ]
        silent = sum(min(n, 1000.0) for n, found in rounds if any(k[0] == key[0] for k in found) and key not in found)
        total = weight + silent + sum(n for n, _ in heard)
        mixed[key] = [(weight * m + sum(n * value for n, value in heard)) / total, u[key][1]]
    return _to_one(mixed)


def _to_one(levels: Levels) -> Levels:
    """m and u of each comparison made to add up to one."""
    sums: dict[str, np.ndarray] = {}
    for (name, _), pair in levels.items():
        sums[name] = sums.get(name, np.zeros(2)) + np.array(pair)
    return {key: [float(v) for v in np.array(pair) / sums[key[0]]] for key, pair in levels.items()}


@contextmanager
def quiet() -> Iterator[None]:
    """Splink tells of untrained levels and small samples as warnings; the published start answers both."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
