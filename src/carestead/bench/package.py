"""The published package comorbidipy on the same records, where it is installed (0.8 needs Python 3.13): not ours."""

from datetime import date
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from carestead.bench.prepare import AS_OF

SCORES = {
    "charlson-1987": ("charlson", "quan", "charlson"),
    "charlson-quan-2011": ("charlson", "quan", "quan"),
    "charlson-shmi": ("charlson", "shmi", "shmi"),
    "elixhauser-swiss": ("elixhauser", "quan", "swiss"),
    "elixhauser-van-walraven": ("elixhauser", "quan", "van_walraven"),
    "hfrs": None,
}
"""What it calls them: score, map and weights. It has no Imperial score."""


def name() -> str:
    """The package and its version; nothing when it is not there or is of the years before polars."""
    there = all(find_spec(module) for module in ("comorbidipy", "polars"))
    return f"comorbidipy {version('comorbidipy')}" if there else ""


def by_package(score: str, years: int, diagnoses: str, codes: str) -> dict[int, int]:
    """One of SCORES as its users ask for it, codes cleaned first, which it leaves to them: tenths by person."""
    polars, package = import_module("polars"), import_module("comorbidipy")
    records = _records(polars, years, diagnoses, codes)
    if asked := SCORES[score]:
        of, variant, weighting = asked
        found = package.comorbidity(records, id_col="person_id", score=of, variant=variant, weighting=weighting)
    else:
        found = package.hfrs(records, id_col="person_id")
    found.write_parquet(Path(diagnoses).with_name(f"package-{score}.parquet"))
    value = (polars.col("comorbidity_score" if asked else "hfrs_score") * 10).round().cast(polars.Int64)
    return dict(found.select("person_id", value).iter_rows())


def _records(polars: Any, years: int, diagnoses: str, codes: str) -> Any:
    """Person and code of each record of the last `years`."""
    since, at = date(AS_OF.year - years, AS_OF.month, AS_OF.day), polars.col("date")
    bare = polars.col("code").str.replace_all("[^A-Za-z0-9]", "").str.to_uppercase()
    of_icd10 = polars.read_parquet(codes).filter(polars.col("system") == "icd10").select("code_id", code=bare)
    records = polars.read_parquet(diagnoses).filter((at > since) & (at <= AS_OF))
    return records.join(of_icd10, on="code_id").select("person_id", "code")
