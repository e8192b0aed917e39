"""Stage 3: Fellegi and Sunter's model, learnt from every record and applied to open pairs by Splink."""

import logging
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

from carestead.reference.linking import LinkSettings

Levels = dict[tuple[str, int], list[float]]
"""(comparison, index of level) -> [m, u]."""

_HUSH = logging.CRITICAL


def start(settings: LinkSettings, columns: set[str]) -> Levels:
    """The published m and u of the comparisons on `columns` (those that hold anything)."""
    return {
        (c["name"], i): [level["m"], level["u"]]
        for c in settings.comparisons
        if c["name"] in columns
        for i, level in enumerate(c["levels"])
        if not level.get("missing")
    }


def _comparison(spec: Mapping[str, Any], levels: Levels) -> dict[str, Any]:
    return {
        "output_column_name": spec["name"],
        "comparison_levels": [_level(spec, i, level, levels) for i, level in enumerate(spec["levels"])],
    }


def _level(spec: Mapping[str, Any], i: int, level: Mapping[str, Any], levels: Levels) -> dict[str, Any]:
    made: dict[str, Any] = {"sql_condition": level.get("sql", "ELSE"), "label_for_charts": level["is"]}
    if level.get("missing"):
        return {**made, "is_null_level": True}
    m, u = levels[spec["name"], i]
    made |= {"m_probability": m, "u_probability": u}
    if column := level.get("term_frequency"):
        made |= {"tf_adjustment_column": column, "tf_minimum_u_value": u / 50}
    return made


def linker(con: Any, table: str, settings: LinkSettings, levels: Levels, prior: float) -> Linker:
    """A Splink linker over `table` (a name) with these levels; `prior` is the share of pairs that match."""
    names = dict.fromkeys(name for name, _ in levels)
    creator = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
        comparisons=[_comparison(c, levels) for c in settings.comparisons if c["name"] in names],
        blocking_rules_to_generate_predictions=[],
        max_iterations=15,
    )
    logging.getLogger("splink").setLevel(_HUSH)
    api = DuckDBAPI(connection=con)
    return Linker(api.register(table), creator, log_level=None)


def trained(model: Linker) -> Levels:
    """The m and u a linker holds now, where it learnt them."""
    found: Levels = {}
    for comparison in model._settings_obj.comparisons:
        for i, level in enumerate(comparison.comparison_levels):
            if not level.is_null_level:
                found[comparison.output_column_name, i] = [_number(level, "m"), _number(level, "u")]
    return found


def _number(level: Any, which: str) -> float:
    value = getattr(level, f"{which}_probability")
    return float(value) if isinstance(value, int | float) else math.nan


def bits(probability: float) -> float:
    """Log2 of the odds."""
    return math.log2(probability / (1 - probability))


def probability(weight: np.ndarray | float) -> Any:
    """The probability whose odds have this log2."""
    return 1 / (1 + np.exp2(-np.clip(weight, -1000, 1000)))
