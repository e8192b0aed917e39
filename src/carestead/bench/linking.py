"""Time the linking against Splink alone on the same made-up lists."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import splink.comparison_library as compare
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from carestead.bench.measure import Figure, Setting, timed
from carestead.engines.duckdb import Connection, connect
from carestead.record.linking import link
from carestead.record.linking.learn import quiet


def figures(setting: Setting) -> Iterator[Figure]:
    """Two lists of so many people each, four fifths of them on both: linked by carestead, and by Splink alone."""
    ours = timed(linked, setting.people, runs=1)
    theirs = timed(splink_alone, setting.people, runs=1)
    (seconds, precision, recall), (their_seconds, their_precision, their_recall) = ours.result, theirs.result
    yield Figure(
        "linking", f"{setting.people:,} people with {setting.people:,}", "Splink alone on the same lists",
        seconds, their_seconds, ours.peak_mb, 1.0,
        f"precision {precision:.5f}, recall {recall:.4f}; Splink {their_precision:.5f}, {their_recall:.4f}, "
        f"{theirs.peak_mb:,.0f} MB",
    )  # fmt: skip


def linked(people: int) -> tuple[float, float, float]:
    """(seconds, precision, recall) of `link` on two made-up lists; making them is not counted."""
    con = _lists(people)
    started = time.perf_counter()
    outcome = link(con, "bench_patient")
    seconds = time.perf_counter() - started
    con.register("bench_found", outcome.links)
    return seconds, *_quality(con, _PAIRS_OF_LINKS, people)


def splink_alone(people: int) -> tuple[float, float, float]:
    """(seconds, precision, recall) of Splink on the same lists."""
    con = _lists(people)
    started = time.perf_counter()
    table = _splink_alone(con)
    seconds = time.perf_counter() - started
    return seconds, *_quality(con, f"select unique_id_l as l, unique_id_r as r from {table}", people)


def _lists(people: int) -> Connection:
    con = connect(threads=2, memory="12GB")
    con.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), {"people": people})
    return con


_PAIRS_OF_LINKS = """select a.source_person_id as l, b.source_person_id as r from bench_found a
    join bench_found b using (person_id) where a.source_id = 0 and b.source_id = 1"""


def _quality(con: Any, pairs: str, people: int) -> tuple[float, float]:
    right, n = con.execute(f"select count(*) filter (where l[2:] = r[2:]), count(*) from ({pairs})").fetchall()[0]
    return right / max(n, 1), right / (people - people // 5)


def _splink_alone(con: Any) -> str:
    """Splink's usual settings for such lists, cleaned names given; the name of its table of pairs of 0.9 and more."""
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    for side in (0, 1):
        con.execute(
            f"""create or replace temp table bench_side_{side} as
                select source_person_id as unique_id, nhs_number, lower(family_name) as family,
                       lower(given_name) as given,
                       birth_date::varchar as dob, sex, replace(postcode, ' ', '') as postcode
                from bench_patient where source_id = {side}"""
        )
    api = DuckDBAPI(connection=con)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.NameComparison("given"),
            compare.NameComparison("family"),
            compare.DamerauLevenshteinAtThresholds("dob", [1, 2]),
            compare.ExactMatch("sex"),
            compare.LevenshteinAtThresholds("postcode", 1),
            compare.ExactMatch("nhs_number"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("nhs_number"),
            block_on("given", "family", "postcode"),
            block_on("dob", "given"),
            block_on("dob", "family"),
            block_on("dob", "postcode"),
        ],
        retain_matching_columns=False,
    )
    linker = Linker([api.register(f"bench_side_{side}") for side in (0, 1)], settings, log_level=None)
    with quiet():
        linker.training.estimate_probability_two_random_records_match([block_on("nhs_number")], recall=0.75)
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
        return linker.inference.predict(threshold_match_probability=0.9).physical_name
