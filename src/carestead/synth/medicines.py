"""Medicines: repeats for what a person has, courses for what passes, and what the hospital sends home with them."""

import numpy as np

from carestead.synth.facts import Columns, facts
from carestead.synth.history import joined, window
from carestead.synth.population import NEVER, People
from carestead.synth.streams import between, repeat, stream, top_k

_EVERY = 168
"""Days between re-authorisations of a repeat."""
_ACUTE = np.flatnonzero(facts("medicines")["course"] == "acute")
_REPEAT = np.flatnonzero(facts("medicines")["course"] == "repeat")


def repeats(seed: int, people: People, smi: np.ndarray, *key: str | int) -> np.ndarray:
    """Which of the medicines (rows of `medicines.csv`) each person has on repeat: people × medicines.

    At least five where polypharmacy is among the deficits, else at most three. `smi` marks severe mental illness.
    """
    rng, f, frail = stream(seed, "repeats", *key), facts("medicines"), people.frail
    weights = np.zeros((len(people), len(f["dmd"])), dtype=np.float32)
    for m in _REPEAT:
        for_deficits = str(f["for_deficits"][m]).split(";")
        reason = np.full(len(people), 0.02)
        for name in for_deficits:
            reason = np.maximum(reason, 0.25 if name == "*" else (smi * 8.0 if name == "smi" else frail.of(name) * 4.0))
        weights[:, m] = f["weight"][m] * reason
    many = frail.of("polypharmacy")
    some = np.minimum(rng.poisson(0.15 + 0.45 * frail.count + smi), 3)
    number = np.where(many, np.minimum(5 + rng.poisson(0.35 * frail.count), 14), some)
    return top_k(rng, weights, number)


def prescriptions(seed: int, people: People, on_repeat: np.ndarray) -> Columns:
    """GP prescriptions: `person`, `date`, `medicine` (row), `end` (NEVER while going on), `repeat`."""
    return joined([_repeat_issues(seed, people, on_repeat), _courses(seed, people, on_repeat)])


def _repeat_issues(seed: int, people: People, on_repeat: np.ndarray) -> Columns:
    rng = stream(seed, "issues")
    first, last, _ = window(people)
    person, medicine = np.nonzero(on_repeat)
    offset = rng.integers(0, _EVERY, len(person))
    since = np.maximum(first[person], last[person] - (rng.exponential(3.0, len(person)) * 365).astype(int))
    issues = np.arange(0, 5)
    date = (last[person] - 1 - offset)[:, None] - issues * _EVERY
    keep = (date >= since[:, None]) | ((issues == 0) & (date >= first[person][:, None]))
    at, issue = np.nonzero(keep)
    day = date[keep].astype(np.int64)
    current = (issue == 0) & (people.end[person[at]] > people.as_of)
    end = np.where(current, NEVER, day + _EVERY - 1)
    return _frame(person[at], day, medicine[at], end, True)


def _courses(seed: int, people: People, on_repeat: np.ndarray) -> Columns:
    """Short courses, of at most one or two different medicines a person, so that no course makes a polypharmacy."""
    rng = stream(seed, "courses")
    first, last, years = window(people)
    person = repeat(rng, (0.45 + 0.06 * people.frail.count) * years)
    kinds = np.where(on_repeat.sum(axis=1) == 3, 1, 2)[person]
    own = rng.integers(0, len(_ACUTE), len(people))[person]
    medicine = _ACUTE[(own + rng.integers(0, kinds)) % len(_ACUTE)]
    date = between(rng, first[person], last[person]).astype(np.int64)
    return _frame(person, date, medicine, date + 6, False)


def _frame(person: np.ndarray, date: np.ndarray, medicine: np.ndarray, end: np.ndarray, is_repeat: bool) -> Columns:
    return {
        "person": person,
        "date": date,
        "medicine": medicine,
        "end": end.astype(np.int64),
        "repeat": np.full(len(person), is_repeat),
    }


def sent_home_with(seed: int, on_repeat: np.ndarray, admissions: Columns) -> Columns:
    """Discharge medicines: the GP's list of each admission's person, one in eight left out, one new in half of them.

    `admissions` has `person`, `end`; the result adds `admission` (its row) and `medicine`.
    """
    rng = stream(seed, "sent home")
    told = np.flatnonzero(admissions["discharge_list"])
    has = on_repeat[admissions["person"][told]] & (rng.random((len(told), on_repeat.shape[1])) > 0.12)
    new = np.flatnonzero(rng.random(len(told)) < 0.5)
    has[new, rng.choice(np.r_[_ACUTE, _REPEAT[:20]], len(new))] = True
    row, medicine = np.nonzero(has)
    at = told[row]
    return {
        "person": admissions["person"][at],
        "date": admissions["end"][at],
        "medicine": medicine,
        "admission": at,
    }
