"""Reviews, assessments and plans that a practice records: most of those that are due, so that some are not."""

from collections.abc import Iterator

import numpy as np

from carestead.synth.facts import Columns, facts
from carestead.synth.history import joined
from carestead.synth.population import People
from carestead.synth.streams import stream


def reviews(seed: int, practice: str, people: People, now: np.ndarray, conditions: Columns) -> Columns:
    """What was done in the last year for those marked in `now`: `person`, `date`, `code`, `display`."""
    settled = now & (people.end > people.start + 400)
    return joined([_medicines(seed, practice, people, settled), *_others(seed, practice, people, settled, conditions)])


def _medicines(seed: int, practice: str, people: People, settled: np.ndarray) -> Columns:
    """A medication review for half of those with five medicines or more."""
    rng = stream(seed, "reviews", practice)
    who = np.flatnonzero(settled & people.frail.of("polypharmacy") & (rng.random(len(people)) < 0.5))
    structured = rng.random(len(who)) < 0.4
    return {
        "person": who,
        "date": _last_year(rng, people, who),
        "code": np.where(structured, "1239511000000100", "182836005").astype(object),
        "display": np.where(structured, "Structured medication review", "Review of medication").astype(object),
    }


def _others(seed: int, practice: str, people: People, settled: np.ndarray, conditions: Columns) -> Iterator[Columns]:
    f = facts("reviews")
    for i, code in enumerate(f["code"]):
        rng = stream(seed, "review", practice, code)
        due = settled & _due(people, conditions, f, i)
        who = np.flatnonzero(due & (rng.random(len(people)) < float(f["share"][i])))
        texts = {k: np.full(len(who), f[k][i], dtype=object) for k in ("code", "display")}
        yield {"person": who, "date": _last_year(rng, people, who), **texts}


def _due(people: People, conditions: Columns, f: Columns, i: int) -> np.ndarray:
    """Who has the deficit, one of the problems, or so many deficits."""
    if f["deficit"][i]:
        return people.frail.of(f["deficit"][i])
    if f["from_deficits"][i]:
        return people.frail.count >= int(f["from_deficits"][i])
    coded = np.isin(conditions["code"].astype(str), f["problems"][i].split(";"))
    return np.isin(np.arange(len(people)), conditions["person"][coded])


def _last_year(rng: np.random.Generator, people: People, who: np.ndarray) -> np.ndarray:
    return people.end[who].astype(np.int64) - 1 - rng.integers(0, 360, len(who))
