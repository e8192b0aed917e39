"""The council: home care, care homes, equipment and day care, with hours, prices and who pays."""

import numpy as np

from carestead.synth.facts import Columns
from carestead.synth.group import COUNCIL, GROUP
from carestead.synth.households import Homes
from carestead.synth.population import People
from carestead.synth.streams import pick, stream

_HOUR = 2_660
"""Price of an hour of home care, pence. Our guess, near published council rates of 2025-26."""
_WEEK = {"Residential care": 92_000, "Nursing care": 108_500, "Day care": 14_200, "Direct payment": 21_000}


def packages(seed: int, people: People, homes: Homes) -> Columns:
    """Care packages: `person`, `kind`, `start`, `end` (0 while going on), `hours` and `pence` a week, `provider`,
    `funder`."""
    rng, frail = stream(seed, "council"), people.frail
    at_home = (homes.care_home < 0) & (people.age() >= 18)
    need = 0.16 * frail.of("care-requirement") + 0.1 * frail.of("housebound") + 0.1 * frail.of("activity-limitation")
    need += 0.04 * frail.of("cognitive-problems") + np.where(frail.count >= 10, 0.12, 0)
    cared = np.flatnonzero(at_home & (rng.random(len(people)) < need))
    kinds = np.array(["Home care", "Reablement", "Equipment", "Day care", "Direct payment"], dtype=object)
    kind = kinds[pick(rng, np.array([60, 12, 14, 6, 8]), len(cared))]
    living = np.flatnonzero(homes.care_home >= 0)
    own_kind = np.array([k for _, _, k in people.group.care_homes], dtype=object)[homes.care_home[living]]
    person, kind = np.r_[cared, living], np.r_[kind, own_kind]
    return _described(rng, people, homes, person, kind)


def _described(rng: np.random.Generator, people: People, homes: Homes, person: np.ndarray, kind: np.ndarray) -> Columns:
    n, last = len(person), people.end[person] - 1
    start = np.maximum(last - (rng.exponential(1.6, n) * 365).astype(np.int64) - 14, people.birth[person] + 6_600)
    short = np.isin(kind, ["Reablement", "Equipment"])
    ends = short | (people.end[person] <= people.as_of) | (rng.random(n) < 0.1)
    end = np.where(ends, np.minimum(last, start + np.where(short, 42, 5_000)), 0)
    hours = np.where(kind == "Home care", np.round(rng.gamma(3, 4.2, n) + 2, 1), np.where(kind == "Reablement", 9.0, 0))
    fixed = np.array([_WEEK.get(k, 0) for k in kind])
    pence = np.where(hours > 0, np.round(hours * _HOUR), fixed).astype(np.int64)
    homecare = np.array([c for c, _ in people.group.home_care], dtype=object)
    provider = homecare[rng.integers(0, len(homecare), n)]
    in_home = homes.care_home[person] >= 0
    codes = np.array([c for c, _, _ in people.group.care_homes], dtype=object)
    provider[in_home] = codes[homes.care_home[person[in_home]]]
    funder = np.where(rng.random(n) < 0.9, COUNCIL, GROUP)
    return {
        "person": person,
        "kind": kind,
        "start": start,
        "end": end,
        "hours": np.minimum(hours, 84.0),
        "pence": pence,
        "provider": provider,
        "funder": funder.astype(object),
    }
