"""Scores of hospital diagnoses: one pass for all of them, against each elsewhere on a tenth of the people."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from carestead.bench import package
from carestead.bench.chain import carry_out, given_parts
from carestead.bench.hospital import hospital_area
from carestead.bench.measure import Figure, Setting, Timed, timed
from carestead.bench.prepare import AS_OF
from carestead.core.area import Area
from carestead.engines import lake
from carestead.engines.duckdb import connect
from carestead.find.diagnoses.diagnosis_scores import DiagnosisScore, diagnosis_scores, prefix_table

SHARE = 10
"""pandas has the diagnoses of one person in so many."""

TIMES = 20.0


def figures(setting: Setting) -> Iterator[Figure]:
    """A figure a score, and one for all; refused when the two disagree about anybody. A score's own time is its share
    of the pass that answers them all; the note says the ratio with the whole pass charged to it."""
    area, scores = hospital_area(setting), diagnosis_scores()
    files, of_sample, rows = sample(area)
    ours = timed(one_pass, area.path, runs=setting.runs)
    theirs = {s.name: timed(in_pandas, s.name, *files, runs=setting.runs) for s in scores}
    compare(area.path, {name: t.result for name, t in theirs.items()})
    race = Race(ours, len(scores), rows, of_sample)
    yield from (race.of_score(name, t, "pandas") for name, t in theirs.items())
    yield race.of_all(sum(t.seconds for t in theirs.values()), sum(t.processor for t in theirs.values()))
    if package.name():
        yield from _package_figures(setting, race, area, files)


def _package_figures(setting: Setting, race: "Race", area: Area, files: tuple[str, str]) -> Iterator[Figure]:
    """Against the published package, which is not always right: the note says about how many people it differs."""
    for score in (s for s in diagnosis_scores() if s.name in package.SCORES):
        years = score.facts["lookback_years"]
        took = timed(package.by_package, score.name, years, *files, runs=setting.runs)
        differ = len(differing(area.path, score.name, pd.Series(took.result)))
        yield race.of_score(score.name, took, package.name(), f"; {differ:,} of {len(took.result):,} people differ")


def _met(ratio: float) -> str:
    return "met" if ratio >= TIMES else "not met"


@dataclass(frozen=True)
class Race:
    """Our pass, of so many scores over so many rows, and how many rows the others had."""

    ours: Timed
    scores: int
    rows: int
    of_sample: int

    def of_score(self, name: str, theirs: Timed, who: str, more: str = "") -> Figure:
        """A score against its share of the pass; by the clock, and in the note by processor and as the whole pass."""
        times = self.rows / self.of_sample
        whole, processor = times * theirs.seconds / self.ours.seconds, times * theirs.processor / self.ours.processor
        note = (
            f"its share of the pass: bar {_met(whole * self.scores)}, by processor {processor * self.scores:.1f}; "
            f"the whole pass: {whole:.2f}, bar {_met(whole)}, by processor {processor:.2f}{more}"
        )
        return self._figure(name, self.ours.seconds / self.scores, theirs.seconds, who, note)

    def of_all(self, seconds: float, processor: float) -> Figure:
        """All of them in one pass, against pandas for one after another."""
        by_processor = self.rows / self.of_sample * processor / self.ours.processor
        met = _met(self.rows / self.of_sample * seconds / self.ours.seconds)
        note = f"in one pass: bar {met}; {self.ours.processor:.2f} processor seconds, by processor {by_processor:.1f}"
        return self._figure(f"all {self.scores} scores", self.ours.seconds, seconds, "pandas", note)

    def _figure(self, what: str, seconds: float, against: float, who: str, note: str) -> Figure:
        return Figure(
            "diagnoses", f"{what}: rows of diagnosis a second, of {self.rows:,}",
            f"the rate of {who} on {self.of_sample:,}", seconds, against, self.ours.peak_mb, TIMES, note,
            at_least=True, amount=self.rows, against_amount=self.of_sample,
        )  # fmt: skip


def one_pass(path: Path) -> int:
    """Every score of diagnoses on every bucket, from nothing, as a run does: the number of rows."""
    return carry_out(path, ("icd10_group", "icd10"))["icd10"]


def in_pandas(name: str, diagnoses: str, codes: str) -> pd.Series:
    """One score of the same records, each table read once and joined by number: tenths by person."""
    score, prefixes = _facts(name)
    records = pd.read_parquet(diagnoses)
    day, date = pd.Timestamp(AS_OF), pd.to_datetime(records["date"])
    since = day - pd.DateOffset(years=score.facts["lookback_years"])
    groups = _groups(prefixes, pd.read_parquet(codes))
    found = records.loc[(date > since) & (date <= day), ["person_id", "code_id"]].merge(groups, on="code_id")
    found = _severest(score, found[["person_id", "item"]].drop_duplicates())
    tenths = pd.Series(score.facts["points"]).mul(10).round().astype(int)
    found = found.assign(tenths=found["item"].map(tenths))
    total = found[found["tenths"] != 0].groupby("person_id")["tenths"].sum()
    total = total.clip(lower=score.facts["floor"] * 10) if "floor" in score.facts else total
    total.reset_index().to_parquet(Path(diagnoses).with_name(f"pandas-{name}.parquet"))
    return total


@cache
def _facts(name: str) -> tuple[DiagnosisScore, pd.DataFrame]:
    """The score and the prefixes of its map: read in the run that is not counted, as the pass has its own at hand."""
    score = next(s for s in diagnosis_scores() if s.name == name)
    rows = [(prefix, item) for prefix, of_map, item, _ in prefix_table().rows if of_map == score.map]
    return score, pd.DataFrame(rows, columns=["prefix", "item"])


def _groups(prefixes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Which codes fall in which groups."""
    codes = codes[codes["system"] == "icd10"]
    text = codes["code"].str.replace("[^A-Za-z0-9]", "", regex=True).str.upper().str[:4].str.rstrip("X")
    begun = pd.concat([codes[["code_id"]].assign(prefix=text.str[:n]) for n in (3, 4)])
    return begun.merge(prefixes, on="prefix")[["code_id", "item"]].drop_duplicates()


def _severest(score: DiagnosisScore, found: pd.DataFrame) -> pd.DataFrame:
    """Without the groups of people who have the severer one."""
    if not score.severer():
        return found
    covered = found.assign(severer=found["item"].map(score.severer())).dropna()
    covered = covered.merge(found.rename(columns={"item": "severer"}), on=["person_id", "severer"])
    marked = found.merge(covered[["person_id", "item"]], how="left", on=["person_id", "item"], indicator=True)
    return marked.loc[marked["_merge"] == "left_only", ["person_id", "item"]]


def sample(area: Area) -> tuple[tuple[str, str], int, int]:
    """The diagnoses of a tenth of the people and the codes, as Parquet; rows of the sample, and of all."""
    parts = lake.adopted(area)
    diagnoses = pa.concat_tables(pq.read_table(p.path) for p in parts if p.table == "diagnosis")
    tenth = diagnoses.to_pandas().query("person_id % @SHARE == 0")[["person_id", "date", "code_id"]]
    codes = pa.concat_tables(pq.read_table(p.path) for p in parts if p.table == "code").to_pandas()
    folder = area.path / "bench-pandas"
    folder.mkdir(exist_ok=True)
    tenth.to_parquet(folder / "diagnosis.parquet", index=False)
    codes[["code_id", "system", "code"]].to_parquet(folder / "code.parquet", index=False)
    return (str(folder / "diagnosis.parquet"), str(folder / "code.parquet")), len(tenth), len(diagnoses)


def compare(path: Path, theirs: dict[str, pd.Series]) -> None:
    """Raises ArithmeticError when a score of somebody in the sample differs."""
    for name, tenths in theirs.items():
        if len(differing(path, name, tenths)):
            raise ArithmeticError(f"pandas and the pass differ about {name}.")


def differing(path: Path, name: str, tenths: pd.Series) -> pd.Series:
    """The people of the sample whose score differs, with our tenths; nobody's row is nought."""
    files = str(given_parts(path) / "icd10-*.parquet")
    ours = connect(threads=2).sql(
        "select person_id, cast(round(value * 10) as integer) as tenths from read_parquet($files)"
        " where person_id % $share = 0 and score = $name",
        params={"files": files, "share": SHARE, "name": name},
    ).to_arrow_table().to_pandas()  # fmt: skip
    both = pd.concat([ours.set_index("person_id")["tenths"], tenths], axis=1, keys=["ours", "theirs"]).fillna(0)
    return both.loc[both["ours"] != both["theirs"], "ours"]
