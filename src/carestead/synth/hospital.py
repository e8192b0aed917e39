"""The hospital: admissions with diagnoses and procedures, emergency attendances, outpatients."""

import numpy as np

from carestead.synth.facts import Columns, facts
from carestead.synth.frailty import DEFICITS
from carestead.synth.history import joined, window
from carestead.synth.households import Homes
from carestead.synth.population import NEVER, YEAR, People
from carestead.synth.streams import between, pick, pick_rows, repeat, stream


def admissions(seed: int, people: People, homes: Homes) -> Columns:
    """Admissions: `person`, `date`, `end`, `cause` (row of `admissions.csv`), `emergency`, `destination`,
    `discharge_list` (medicines were listed)."""
    first, last, years = window(people)
    parts = [_emergencies(seed, people, first, last, years), _planned(seed, people, first, last, years)]
    parts.append(_last_illness(seed, people))
    out = joined(parts)
    rng = stream(seed, "stay")
    f = facts("admissions")
    mean = f["length_of_stay"][out["cause"]] * (0.7 + 0.06 * people.frail.count[out["person"]])
    stay = np.where(mean > 0, rng.gamma(1.3, mean / 1.3 + 1e-9), 0).astype(np.int64)
    dies = people.death[out["person"]]
    final = out.pop("final")
    out["date"] = np.where(final, np.maximum(dies - 1 - stay, people.birth[out["person"]]), out["date"])
    out["end"] = np.where(final, dies, np.minimum(out["date"] + stay, people.end[out["person"]] - 1))
    out["end"] = np.maximum(out["end"], out["date"])
    out["destination"] = _destination(rng, people, homes, out, final)
    out["discharge_list"] = out["emergency"] & (out["destination"] != "died") & (rng.random(len(stay)) < 0.7)
    return out


def _emergencies(seed: int, people: People, first: np.ndarray, last: np.ndarray, years: np.ndarray) -> Columns:
    rng = stream(seed, "emergency admissions")
    by_practice = np.exp(rng.normal(0, 0.12, len(people.group.codes)))[people.practice]
    deprived = 1 + 0.05 * (5.5 - people.decile)
    rate = (0.028 + 0.042 * people.frail.count) * by_practice * deprived
    person = repeat(rng, np.where(people.age() < 2, 0.22, rate) * years)
    return _caused(rng, people, person, between(rng, first[person], last[person]), ("emergency",))


def _planned(seed: int, people: People, first: np.ndarray, last: np.ndarray, years: np.ndarray) -> Columns:
    rng = stream(seed, "planned admissions")
    age = people.age()
    rate = np.where(age < 3, 0.01, 0.05 + 0.035 * people.frail.count)
    rate += np.where(people.female & (age >= 18) & (age < 43), 0.06, 0)
    person = repeat(rng, rate * years)
    return _caused(rng, people, person, between(rng, first[person], last[person]), ("elective", "maternity"))


def _last_illness(seed: int, people: People) -> Columns:
    rng = stream(seed, "last illness")
    person = np.flatnonzero((people.death < NEVER) & (rng.random(len(people)) < 0.45))
    out = _caused(rng, people, person, people.death[person] - 5, ("emergency",))
    out["final"][:] = True
    return out


def _caused(
    rng: np.random.Generator, people: People, person: np.ndarray, date: np.ndarray, methods: tuple[str, ...]
) -> Columns:
    f = facts("admissions")
    age = (date - people.birth[person]) / YEAR
    weights = f["weight"] + f["weight_per_deficit"] * people.frail.count[person][:, None]
    weights = weights * np.isin(f["method"], methods)
    weights *= (age[:, None] >= f["from_age"]) & (age[:, None] < f["to_age"])
    maternity = f["method"] == "maternity"
    weights[:, maternity] *= people.female[person][:, None]
    possible = weights.sum(axis=1) > 0
    person, date, weights = person[possible], date[possible], weights[possible]
    cause = pick_rows(rng, weights)
    emergency = np.full(len(person), methods == ("emergency",))
    return {
        "person": person,
        "date": date.astype(np.int64),
        "cause": cause,
        "emergency": emergency,
        "final": np.zeros(len(person), dtype=bool),
    }


def _destination(rng: np.random.Generator, people: People, homes: Homes, out: Columns, final: np.ndarray) -> np.ndarray:
    person = out["person"]
    to = np.full(len(person), "usual-residence", dtype=object)
    stayed_long = (out["end"] - out["date"] > 12) & (people.frail.count[person] > 7)
    to[(homes.care_home[person] >= 0) | (stayed_long & (rng.random(len(person)) < 0.15))] = "care-home"
    to[rng.random(len(person)) < 0.02] = "other-hospital"
    to[final] = "died"
    return to


def diagnoses(seed: int, people: People, admitted: Columns) -> Columns:
    """Diagnoses: `person`, `admission` (row), `position` (1 is primary), `icd10`, `display`; more of frailer people."""
    rng, f = stream(seed, "diagnoses"), facts("secondary_diagnoses")
    cause, person = facts("admissions"), admitted["person"]
    deficit = np.array([DEFICITS.index(d) if d else -1 for d in f["for_deficit"]])
    has = people.frail.has[person][:, np.maximum(deficit, 0)] | (deficit < 0)
    share = np.where(admitted["emergency"], 1.0, 0.45)[:, None]
    coded = has & (rng.random(has.shape) < f["chance"] * share)
    primary = cause["icd10"][admitted["cause"]]
    coded &= f["icd10"] != primary[:, None]
    rank = np.cumsum(coded, axis=1)[coded] + 1
    at, row = np.nonzero(coded)
    admission = np.r_[np.arange(len(person)), at]
    order = np.argsort(admission, kind="stable")
    return {
        "person": person[admission][order],
        "admission": admission[order],
        "position": np.r_[np.ones(len(person), dtype=int), rank][order],
        "icd10": np.r_[primary, f["icd10"][row]][order],
        "display": np.r_[cause["display"][admitted["cause"]], f["display"][row]][order],
    }


def attendances(seed: int, people: People, admitted: Columns) -> Columns:
    """Emergency attendances: `person`, `date`, `hrg`; most emergency admissions begin with one."""
    rng, f = stream(seed, "attendances"), facts("attendances")
    first, last, years = window(people)
    alone = repeat(rng, np.where(people.age() < 5, 0.5, 0.17 + 0.05 * people.frail.count) * years)
    before = np.flatnonzero(admitted["emergency"] & (rng.random(len(admitted["person"])) < 0.75))
    person = np.r_[alone, admitted["person"][before]]
    date = np.r_[between(rng, first[alone], last[alone]), admitted["date"][before]].astype(np.int64)
    return {"person": person, "date": date, "hrg": f["hrg"][pick(rng, f["weight"], len(person))]}


def outpatients(seed: int, people: People) -> Columns:
    """Outpatient appointments: `person`, `date`, `clinic` (row of `outpatients.csv`), `hrg`, `attended`, `new`."""
    rng, f = stream(seed, "outpatients"), facts("outpatients")
    first, last, years = window(people)
    needs = rng.gamma(0.5, 2.0, len(people))  # a few go often, many never
    person = repeat(rng, (0.45 + 0.28 * people.frail.count) * needs * years)
    weights = f["weight"] + f["weight_per_deficit"] * people.frail.count[person][:, None]
    weights = weights * (people.age()[person][:, None] >= f["from_age"])
    clinic = pick_rows(rng, weights)
    new = rng.random(len(person)) < 0.33
    return {
        "person": person,
        "date": between(rng, first[person], last[person]).astype(np.int64),
        "clinic": clinic,
        "hrg": np.where(new, f["hrg_first"][clinic], f["hrg_follow_up"][clinic]),
        "attended": rng.random(len(person)) < 0.92,
        "new": new,
    }
