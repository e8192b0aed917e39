"""The group of practices and the organisations and staff around it. All names are made up."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from carestead.synth.facts import Columns, facts
from carestead.synth.streams import stream

GROUP, HOSPITAL, COMMUNITY, MENTAL_HEALTH, COUNCIL = "U99901", "RZX", "RZC", "RZM", "Z99"
_PLACES = ("Rivermead", "Mill Lane", "Old Foundry", "Priory", "Canalside", "Northgate", "Orchard", "Kestrel", "Chapel")
_SINGLE_HANDED = 1_900
_PEOPLE_PER_PRACTICE = 9_000


@dataclass(frozen=True)
class Group:
    """`codes`, `names`, `share` (of people) of the practices, the last one single-handed; staff and organisations."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    share: np.ndarray
    staff: Columns = field(repr=False)
    care_homes: tuple[tuple[str, str, str], ...] = ()
    home_care: tuple[tuple[str, str], ...] = ()

    def gps(self, practice: int) -> np.ndarray:
        """Rows of `staff` who are GPs of the practice with that number."""
        return np.flatnonzero((self.staff["practice"] == practice) & (self.staff["role"] == "gp"))

    def nurses(self, practice: int) -> np.ndarray:
        """Rows of `staff` who are nurses of the practice with that number."""
        return np.flatnonzero((self.staff["practice"] == practice) & (self.staff["role"] == "nurse"))


def group(seed: int, people: int, as_of: date) -> Group:
    """The group for so many people: a practice for each 9,000 begun, one of them single-handed from 1,000 people on."""
    n = max(2 if people >= 1_000 else 1, -(-people // _PEOPLE_PER_PRACTICE))
    share = _shares(n, people)
    homes = max(1, people // 5_000)
    return Group(
        codes=tuple(f"Y{99901 + i}" if n < 99 else f"Y{99000 + i}" for i in range(n)),
        names=tuple(f"{_PLACES[i % len(_PLACES)]} Surgery{'' if i < len(_PLACES) else f' {i}'}" for i in range(n)),
        share=share,
        staff=_staff(seed, share * people, people, as_of),
        care_homes=tuple(
            (f"VZX{i:02d}", f"{_PLACES[-1 - i % len(_PLACES)]} House", "Nursing care" if i % 2 else "Residential care")
            for i in range(homes)
        ),
        home_care=tuple((f"8HZ{i:02d}", f"{_PLACES[i % 9]} Home Care") for i in range(max(2, people // 10_000))),
    )


def _shares(n: int, people: int) -> np.ndarray:
    if n == 1:
        return np.ones(1)
    single = min(_SINGLE_HANDED, 0.2 * people) / people
    others = np.linspace(1.35, 0.65, n - 1)
    return np.append(others / others.sum() * (1 - single), single)


def _staff(seed: int, sizes: np.ndarray, people: int, as_of: date) -> Columns:
    """One row a person and post: practice (-1 the group, -2 hospital), role, sessions, sex, birth, leave."""
    rng = stream(seed, "staff")
    posts = [(p, "gp", s) for p, size in enumerate(sizes) for s in _sessions(rng, size, p == len(sizes) - 1 > 0)]
    posts += [(p, "nurse", 8.0) for p, size in enumerate(sizes) for _ in range(max(1, round(size / 3_500)))]
    posts += [(p, "pharmacist", 4.0) for p, size in enumerate(sizes) if size > 4_000]
    posts += [(-1, "care-coordinator", 9.0) for _ in range(max(1, round(people / 8_000)))]
    posts += [(-2, "consultant", 9.0) for _ in range(max(6, people // 2_500))]
    return _described(rng, posts, as_of)


def _sessions(rng: np.random.Generator, size: float, single: bool) -> list[float]:
    """Half-days a week of each GP: nine for each 2,200 people, full-time and part-time; two GPs at least."""
    if single:
        return [9.0]
    sessions: list[float] = []
    while len(sessions) < 2 or sum(sessions) < size / 2_200 * 9 - 2:
        sessions.append(float(rng.choice([4, 5, 6, 7, 8, 9])))
    return sessions


def _described(rng: np.random.Generator, posts: list[tuple[int, str, float]], as_of: date) -> Columns:
    n = len(posts)
    practice, role = np.array([p[0] for p in posts]), np.array([p[1] for p in posts], dtype=object)
    surname = rng.permutation(facts("staff_names")["surname"])
    title = {
        "gp": "Dr",
        "consultant": "Dr",
        "nurse": "Nurse",
        "pharmacist": "Pharmacist",
        "care-coordinator": "Coordinator",
    }
    number = np.arange(n)
    today = np.datetime64(as_of, "D").astype(int)
    birth_year = np.where(rng.random(n) < 0.18, rng.integers(57, 66, n), rng.integers(29, 57, n))
    birth_year[(role == "gp") & (practice == practice.max())] = 63  # the single-handed GP is near retiring
    away = (rng.random(n) < 0.12) & (role == "gp")
    away[min(np.flatnonzero(role == "gp"), key=lambda i: posts[i][2])] = True  # one at least, so that cover is needed
    leave = today + rng.integers(-30, 20, n)
    return {
        "practice": practice,
        "role": role,
        "sessions": np.array([p[2] for p in posts]),
        "code": np.array([_code(r, i) for i, r in enumerate(role)], dtype=object),
        "name": np.array([f"{title[r]} {_name(surname, i)}" for i, r in enumerate(role)], dtype=object),
        "female": rng.random(n) < 0.56,
        "birth": (np.datetime64(f"{as_of.year}-01-01", "D").astype(int) - birth_year * 365.25 + number % 300).astype(
            int
        ),
        "leave_start": np.where(away, leave, 0),
        "leave_end": np.where(away, leave + rng.integers(40, 200, n), 0),
    }


def _code(role: str, i: int) -> str:
    return f"99{i:05d}" if role in ("gp", "consultant") else f"9999{i:08d}"


def _name(surname: np.ndarray, i: int) -> str:
    turn, place = divmod(i, len(surname))
    return str(surname[place]) if turn == 0 else f"{surname[place]}-{surname[(place + turn) % len(surname)]}"
