"""Splink with settings made for each test set, as its published demonstrations set it up: what ours is measured by."""

import logging
import warnings

import duckdb
import splink.comparison_library as compare
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

Pair = tuple[str, str]


def fake_1000(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, float]]:
    """Scored pairs of table `a` (id, first_name, surname, dob, city, email)."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            compare.NameComparison("first_name"),
            compare.NameComparison("surname"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.ExactMatch("city").configure(term_frequency_adjustments=True),
            compare.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[block_on(c) for c in ("first_name", "surname", "dob", "email")],
    )
    rules = [
        "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
        "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        "l.email = r.email",
    ]
    return _run(con, ["a"], settings, rules, 0.7, [("first_name", "surname"), ("dob",), ("email",)])


def febrl(con: duckdb.DuckDBPyConnection, tables: list[str]) -> list[tuple[str, str, float]]:
    """Scored pairs of one FEBRL table (its duplicates) or of two (their links)."""
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        unique_id_column_name="id",
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            compare.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            compare.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
            compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
            block_on("surname"),
            block_on("given_name"),
        ],
    )
    near = "l.surname = r.surname and levenshtein(r.date_of_birth, l.date_of_birth) <= 1"
    rules = [f"l.given_name = r.given_name and {near}", f"l.postcode = r.postcode and {near}"]
    return _run(con, tables, settings, rules, 0.8, [("date_of_birth",), ("postcode",), ("given_name", "surname")])


def _run(con, tables, settings, rules, recall, rounds) -> list[tuple[str, str, float]]:
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    api = DuckDBAPI(connection=con)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = Linker([api.register(t) for t in tables], settings, log_level=None)
        linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        for columns in rounds:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
        table = linker.inference.predict(threshold_match_probability=0.001).physical_name
    return con.execute(f"select id_l, id_r, match_weight from {table} order by match_weight desc").fetchall()
