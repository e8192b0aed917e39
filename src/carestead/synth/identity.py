"""Names, addresses, telephones and NHS numbers: the truth that every source then writes down in its own way."""

from dataclasses import dataclass

import numpy as np

from carestead.synth import numbers
from carestead.synth.facts import facts
from carestead.synth.households import Homes
from carestead.synth.population import People
from carestead.synth.streams import pick, stream

_PLACES = np.array(
    ["Rivermead", "Foundry Green", "Priory Park", "Northgate", "Canal Side", "Kestrel Hill"], dtype=object
)
_LETTERS = np.array(list("ABDEFGHJLNPQRSTUWXYZ"), dtype=object)


@dataclass
class Demographics:
    """Parallel arrays: `number` (integer), texts, `birth` (days), `female`; `maiden` and `old_*` are earlier truths."""

    number: np.ndarray
    family: np.ndarray
    given: np.ndarray
    maiden: np.ndarray
    birth: np.ndarray
    female: np.ndarray
    address: np.ndarray
    postcode: np.ndarray
    old_address: np.ndarray
    old_postcode: np.ndarray
    phone: np.ndarray


def demographics(seed: int, people: People, homes: Homes) -> Demographics:
    """The true demographics of the people, household by household."""
    rng = stream(seed, "identity")
    ethnicity = people.ethnicity[homes.head]
    maiden = family_names(rng, ethnicity)
    family = np.where(homes.head != np.arange(len(people)), maiden[homes.head], maiden)
    wed = (homes.partner >= 0) & people.female & (rng.random(len(people)) < 0.8)
    family[wed] = family[homes.partner[wed]]
    given = given_names(rng, ethnicity, people.female, people.birth)
    address, postcode = addresses(rng, homes.household, people.lsoa)
    cared = homes.care_home >= 0
    home_names = np.array([f"{name}, Chapel Lane" for _, name, _ in people.group.care_homes], dtype=object)
    address[cared] = home_names[homes.care_home[cared]]
    postcode[cared] = [f"XC1 {h % 9 + 1}AA" for h in homes.care_home[cared]]
    elsewhere = rng.permutation(len(people))
    phone = phones(rng, len(people))
    number = numbers.valid(rng, len(people))
    old = address[elsewhere], postcode[elsewhere]
    return Demographics(number, family, given, maiden, people.birth, people.female, address, postcode, *old, phone)


def family_names(rng: np.random.Generator, ethnicity: np.ndarray) -> np.ndarray:
    """One family name a person, by the name group of the ethnic category (row of `ethnicity.csv`)."""
    return _names(rng, facts("ethnicity")["name_group"][ethnicity], np.full(len(ethnicity), "family"), None)


def given_names(rng: np.random.Generator, ethnicity: np.ndarray, female: np.ndarray, birth: np.ndarray) -> np.ndarray:
    """One given name a person, of their time for names with a time; one in three has a second name."""
    group, part = facts("ethnicity")["name_group"][ethnicity], np.where(female, "female", "male")
    era = np.where(birth < -9_500, "old", np.where(birth < 4_000, "middle", "young"))  # born before 1944, 1981
    first, second = _names(rng, group, part, era), _names(rng, group, part, era)
    two = (rng.random(len(birth)) < 0.33) & (first != second)
    first[two] = first[two] + " " + second[two]
    return first


def _names(rng: np.random.Generator, group: np.ndarray, part: np.ndarray, era: np.ndarray | None) -> np.ndarray:
    f = facts("names")
    out = np.empty(len(group), dtype=object)
    for g in np.unique(f["name_group"].astype(str)):
        for p in np.unique(part):
            for e in ("",) if era is None or g != "british" else ("old", "middle", "young"):
                pool = f["name"][(f["name_group"] == g) & (f["part"] == p) & (f["era"] == e)]
                here = np.flatnonzero((group == g) & (part == p) & ((era == e) if e else True))
                if len(pool):
                    out[here] = pool[pick(rng, 1 / (np.arange(len(pool)) + 6), len(here))]
    return out


def addresses(rng: np.random.Generator, household: np.ndarray, lsoa: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(address lines, postcode) of each person, the same within a household. Area XA is not a real postcode area."""
    n = int(household.max()) + 1 if len(household) else 0
    area = np.zeros(n, dtype=np.int64)
    area[household] = lsoa
    streets = facts("streets")["street"]
    street, house = rng.integers(0, 6, n), rng.integers(1, 120, n)
    line = house.astype(str).astype(object) + " " + streets[(area * 6 + street) % len(streets)]
    line += ", " + _PLACES[area // 4 % len(_PLACES)]
    outward = "XA" + (area % 97 + 1).astype(str).astype(object)
    inward = (area // 97 % 9 + 1).astype(str).astype(object) + _LETTERS[street] + _LETTERS[house // 7]
    return line[household], (outward + " " + inward)[household]


def phones(rng: np.random.Generator, n: int) -> np.ndarray:
    """Telephone numbers of an area code (01999) that does not exist."""
    return "01999 " + np.char.zfill(rng.integers(0, 1_000_000, n).astype(str), 6).astype(object)
