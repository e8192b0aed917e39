"""What a practice's record says of people: problems with onset, measurements, immunisations, allergies."""

import numpy as np

from carestead.synth.facts import Columns, deficit_codes, facts
from carestead.synth.frailty import first_codes
from carestead.synth.households import Homes
from carestead.synth.population import NEVER, WINDOW, YEAR, People
from carestead.synth.streams import between, repeat, stream

SMOKING = (
    ("266919005", "Never smoked tobacco"),
    ("8517006", "Ex-smoker"),
    ("77176002", "Smoker"),
)
_CARED_FOR_IN_HOME = "160734000"


def joined(frames: list[Columns]) -> Columns:
    """Frames of the same columns, one after another."""
    return {name: np.concatenate([f[name] for f in frames]) for name in frames[0]}


def window(people: People) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First and last-but-one day of dense activity of each person, and the years between."""
    first = np.maximum(people.birth, people.as_of - WINDOW)
    first = np.maximum(first, np.where(people.before >= 0, people.before_start, people.start))
    last = np.maximum(people.end, first)
    return first.astype(np.int64), last.astype(np.int64), (last - first) / YEAR


def conditions(seed: int, people: People, homes: Homes) -> Columns:
    """Problems: `person`, `date`, `code`, `display`, `end` (NEVER while active)."""
    parts = [_deficits(seed, people, homes), *_problems(seed, people), _carers(seed, people, homes)]
    parts += [_palliative(seed, people), *_recorded_frailty(seed, people), *_course(seed, people)]
    out = joined(parts)
    keep = (out["date"] >= people.birth[out["person"]]) & (out["date"] < people.end[out["person"]])
    return {k: v[keep] for k, v in out.items()}


def _deficits(seed: int, people: People, homes: Homes) -> Columns:
    person, deficit = np.nonzero(people.frail.has)
    rng = stream(seed, "onset")
    again = rng.random(len(person)) < 0.15
    person, deficit = np.r_[person, person[again]], np.r_[deficit, deficit[again]]
    row = first_codes(seed, deficit)
    coded = row >= 0
    person, row = person[coded], row[coded]
    list_ = deficit_codes()
    code = list_["code"][row]
    home = (homes.care_home[person] >= 0) & (list_["group"][row] == "care-requirement")
    display = np.where(home, "Lives in nursing home", list_["display"][row])
    code = np.where(home, _CARED_FOR_IN_HOME, code)
    return _onset(rng, people, person, code, display, 5.5)


def _onset(
    rng: np.random.Generator, people: People, person: np.ndarray, code: object, display: object, mean_years: float
) -> Columns:
    """Onset some years before the end of the person's time, in adult life for adults."""
    adult = people.birth[person] + np.where(people.age()[person] > 30, 25, 0.1) * YEAR
    last = people.end[person] - 1
    ago = 1 + rng.exponential(mean_years, len(person)) * YEAR
    date = np.where(last - ago > adult, last - ago, between(rng, np.minimum(adult, last), last))
    as_array = np.full(len(person), code, dtype=object) if isinstance(code, str) else code.astype(object)
    shown = np.full(len(person), display, dtype=object) if isinstance(display, str) else display.astype(object)
    end = np.full(len(person), NEVER, dtype=np.int64)
    return {"person": person, "date": date.astype(np.int64), "code": as_array, "display": shown, "end": end}


def _problems(seed: int, people: People) -> list[Columns]:
    f, age, out = facts("problems"), people.age(), []
    for i, (code, rate, flag) in enumerate(zip(f["code"], f["rate"], f["flag"], strict=True)):
        rng = stream(seed, "problem", code)
        who = (rng.random(len(people)) < rate) & (age >= f["from_age"][i]) & (age < f["to_age"][i])
        if flag in ("female", "male"):
            who &= people.female == (flag == "female")
        part = _onset(rng, people, np.flatnonzero(who), code, f["display"][i], 6.0)
        if code in ("65363002", "25064002", "161891005", "271807003"):  # these pass
            part["end"] = np.minimum(part["date"] + rng.integers(7, 90, len(part["date"])), people.as_of)
        out.append(part)
    return out


def _carers(seed: int, people: People, homes: Homes) -> Columns:
    rng = stream(seed, "carer code")
    who = np.unique(homes.carer)
    return _onset(rng, people, who[rng.random(len(who)) < 0.7], "302767002", "Cares for a relative", 3.0)


def _palliative(seed: int, people: People) -> Columns:
    rng = stream(seed, "palliative")
    dying = (people.death < NEVER) & (people.age() > 40) & (rng.random(len(people)) < 0.45)
    frailest = people.here & (people.frail.count >= 12) & (rng.random(len(people)) < 0.08)
    who = np.flatnonzero(dying | frailest)
    return _onset(rng, people, who, "526631000000108", "On end of life care register", 0.4)


def _recorded_frailty(seed: int, people: People) -> list[Columns]:
    """Six in ten of those with nine deficits and more have a grade of frailty that a clinician recorded."""
    grades = (("925831000000107", "Moderate frailty", 9, 13), ("925861000000102", "Severe frailty", 13, 99))
    out = []
    for code, display, least, below in grades:
        rng = stream(seed, "recorded frailty", code)
        who = (people.frail.count >= least) & (people.frail.count < below) & (people.age() >= 65)
        who &= rng.random(len(people)) < 0.6
        out.append(_onset(rng, people, np.flatnonzero(who), code, display, 1.5))
    return out


def _course(seed: int, people: People) -> list[Columns]:
    """What comes and goes: delirium with failing memory, and some of the housebound who are so no longer."""
    kinds = (
        ("2776000", "Delirium", "cognitive-problems", 0.2, 1.5),
        ("760661000000106", "No longer housebound", "housebound", 0.15, 1.0),
    )
    out = []
    for code, display, deficit, chance, mean_years in kinds:
        rng = stream(seed, "course", code)
        who = np.flatnonzero(people.frail.of(deficit) & (rng.random(len(people)) < chance))
        out.append(_onset(rng, people, who, code, display, mean_years))
    return out


def observations(seed: int, people: People) -> Columns:
    """Measurements: `person`, `date`, `code`, `display`, `value`, `unit`; smoking status as a finding without value."""
    f, parts, last_draw = facts("observations"), [], None
    first, last, years = window(people)
    for i, code in enumerate(f["code"]):
        rng = stream(seed, "observation", code)
        if code != "271650006":  # diastolic pressure is taken together with systolic
            rate = (f["rate"][i] + f["rate_per_deficit"][i] * people.frail.count) * years
            person = repeat(rng, np.where(people.age() >= f["from_age"][i], rate, 0))
            last_draw = person, between(rng, first[person], last[person])
        person, date = last_draw
        value = _values(rng, people, person, i)
        parts.append(_observed(person, date, code, f["display"][i], value, f["unit"][i]))
    return joined([*parts, _smoking(seed, people, first, last, years)])


def _observed(person: np.ndarray, date: np.ndarray, code: str, display: str, value: np.ndarray, unit: str) -> Columns:
    texts = {
        k: np.full(len(person), v, dtype=object) for k, v in (("code", code), ("display", display), ("unit", unit))
    }
    return {"person": person, "date": date.astype(np.int64), "value": value, **texts}


def _values(rng: np.random.Generator, people: People, person: np.ndarray, i: int) -> np.ndarray:
    """Values round the mean with and without the deficit, never over the deficit's threshold without it."""
    f = facts("observations")
    has = people.frail.of(f["deficit"][i])[person]
    noise = rng.normal(0, 1, len(person))
    value = np.where(has, f["mean_with"][i] + f["sd_with"][i] * noise, f["mean"][i] + f["sd"][i] * noise)
    least = {"1011481000000105": 62.0, "1022431000000105": 131.0}.get(f["code"][i])
    if least is not None:
        value = np.where(has, value, np.maximum(value, least))
    if f["code"][i] == "999791000000106":
        value = np.where(has, value, np.minimum(value, 46))
    return np.maximum(np.round(value, int(f["decimals"][i])), 1)


def _smoking(seed: int, people: People, first: np.ndarray, last: np.ndarray, years: np.ndarray) -> Columns:
    rng = stream(seed, "smoking")
    status = np.searchsorted([0.6, 0.86], rng.random(len(people)), side="right")
    person = repeat(rng, np.where(people.age() >= 16, 0.35, 0) * years)
    out = _observed(person, between(rng, first[person], last[person]), "", "", np.full(len(person), np.nan), "")
    table = np.array(SMOKING, dtype=object)
    out["code"], out["display"] = table[status[person], 0], table[status[person], 1]
    return out


def immunisations(seed: int, people: People) -> Columns:
    """Immunisations given: `person`, `date`, `code`, `display`."""
    f, parts = facts("immunisations"), []
    first, last, years = window(people)
    for i, code in enumerate(f["code"]):
        rng = stream(seed, "immunisation", i)
        age = people.age()
        person = repeat(rng, np.where((age >= f["from_age"][i]) & (age < f["to_age"][i]), f["yearly"][i], 0) * years)
        o = _observed(person, between(rng, first[person], last[person]), code, f["display"][i], person * 1.0, "")
        parts.append({k: o[k] for k in ("person", "date", "code", "display")})
    return joined(parts)


def allergies(seed: int, people: People, source: str, chance: float) -> Columns:
    """Allergies as one source knows them: of the true ones a share `chance`, and a few of its own."""
    truth, own, f = stream(seed, "allergy"), stream(seed, "allergy", source), facts("allergies")
    has = truth.random((len(people), len(f["code"]))) < f["rate"] * np.clip(people.age() / 40, 0.2, 1.5)[:, None]
    known = (has & (own.random(has.shape) < chance)) | (own.random(has.shape) < 0.0015)
    person, row = np.nonzero(known)
    return _onset(own, people, person, f["code"][row], f["display"][row], 9.0)
