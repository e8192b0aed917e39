"""GP appointments with named clinicians, and contacts and referrals of the community and mental-health trusts."""

import numpy as np

from carestead.synth.facts import Columns, facts
from carestead.synth.history import window
from carestead.synth.population import People
from carestead.synth.streams import between, pick, pick_rows, repeat, stream

_USUAL = 0.6
"""Share of GP appointments that are with the usual GP, about; practices differ."""


def usual_gps(seed: int, people: People, practice: np.ndarray, key: str) -> np.ndarray:
    """The usual GP (row of staff) of each person at `practice`; GPs have people in proportion to their sessions."""
    rng, g = stream(seed, "usual gp", key), people.group
    out = np.full(len(people), -1)
    for p in range(len(g.codes)):
        gps, here = g.gps(p), np.flatnonzero(practice == p)
        out[here] = gps[pick(rng, g.staff["sessions"][gps], len(here))]
    return out


def appointments(seed: int, people: People, usual: np.ndarray, usual_before: np.ndarray) -> Columns:
    """GP appointments: `person`, `date`, `practice`, `clinician` (row of staff), `status`."""
    rng = stream(seed, "appointments")
    first, last, years = window(people)
    age, count = people.age(), people.frail.count
    rate = 2.6 + 1.05 * count + np.where(age < 5, 2.5, 0) + np.where(people.female & (age > 16) & (age < 45), 0.8, 0)
    person = repeat(rng, rate * years)
    date = between(rng, first[person], last[person]).astype(np.int64)
    practice = practice_on(people, person, date)
    own = np.where(practice == people.practice[person], usual[person], usual_before[person])
    status = np.array(["fulfilled", "noshow", "cancelled"], dtype=object)[pick(rng, np.array([92, 4, 4]), len(person))]
    clinician = _seen(rng, people, practice, own)
    return {"person": person, "date": date, "practice": practice, "clinician": clinician, "status": status}


def practice_on(people: People, person: np.ndarray, date: np.ndarray) -> np.ndarray:
    """Number of the practice each person was registered with on each date."""
    moved = (people.before[person] >= 0) & (date < people.start[person])
    return np.where(moved, people.before[person], people.practice[person])


def _seen(rng: np.random.Generator, people: People, practice: np.ndarray, own: np.ndarray) -> np.ndarray:
    """A nurse a quarter of the time; else the usual GP about six times in ten, more or less by practice."""
    g, seen = people.group, own.copy()
    loyalty = np.clip(_USUAL + rng.normal(0, 0.08, len(g.codes)), 0.35, 0.85)
    for p in range(len(g.codes)):
        here = np.flatnonzero(practice == p)
        gps, nurses = g.gps(p), g.nurses(p)
        chance = rng.random(len(here))
        nurse, other = chance < 0.25, chance > 0.25 + 0.75 * loyalty[p]
        seen[here[nurse]] = rng.choice(nurses, nurse.sum())
        seen[here[other]] = gps[pick(rng, g.staff["sessions"][gps], other.sum())]
    return seen


def team_contacts(seed: int, people: People, kind: str, smi: np.ndarray) -> Columns:
    """Contacts of the teams of one kind (`community` or `mental-health`): `person`, `date`, `team`, `attended`.

    A small share of people are on a caseload and are seen often; frail people are more likely to be.
    """
    rng, f = stream(seed, "contacts", kind), facts("community_teams")
    teams = np.flatnonzero(f["contact_type"] == kind)
    first, last, years = window(people)
    age, count = people.age(), people.frail.count
    on = np.minimum(0.015 + 0.035 * count, 0.9) if kind == "community" else 0.03 + 0.85 * smi + 0.004 * count
    caseload = np.flatnonzero((rng.random(len(people)) < on) & ((age < 5) | (age >= 16)))
    often = (3 + 0.7 * count[caseload]) if kind == "community" else 6 + 4.0 * smi[caseload]
    weights = f["weight"][teams] + f["weight_per_deficit"][teams] * count[caseload][:, None]
    weights = weights * (age[caseload][:, None] >= f["from_age"][teams])
    weights *= np.where((f["team"][teams] == "Health visiting"), age[caseload][:, None] < 5, True)
    possible = weights.sum(axis=1) > 0
    caseload, often, weights = caseload[possible], often[possible], weights[possible]
    team = teams[pick_rows(rng, weights)]
    row = repeat(rng, often * years[caseload])
    person = caseload[row]
    return {
        "person": person,
        "date": between(rng, first[person], last[person]).astype(np.int64),
        "team": team[row],
        "attended": rng.random(len(person)) < 0.93,
    }


def team_referrals(seed: int, people: People, contacts: Columns) -> Columns:
    """One referral a person and team, some days before the first contact: `person`, `team`, `date`, `closed`."""
    rng = stream(seed, "team referrals")
    order = np.lexsort((contacts["date"], contacts["team"], contacts["person"]))
    person, team = contacts["person"][order], contacts["team"][order]
    new = np.r_[True, (person[1:] != person[:-1]) | (team[1:] != team[:-1])] if len(person) else np.zeros(0, dtype=bool)
    date = contacts["date"][order][new] - rng.integers(2, 60, new.sum())
    closed = (rng.random(new.sum()) < 0.8) & (people.end[person[new]] > 0)
    seen = contacts["date"][order][new]
    return {
        "person": person[new],
        "team": team[new],
        "date": np.maximum(date, people.birth[person[new]]),
        "closed": np.where(closed, seen, 0),
        "practice": practice_on(people, person[new], seen),
    }
