"""What a person on the register takes of a holder, minutes a week, by the points of their needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from carestead.assign.problem import Ints

ROLES = ("gp", "care-coordinator")


@dataclass(frozen=True)
class Work:
    """The bands of reference/assign/capacity.yaml for one role: `minutes` of each, a person of band `ordinary` takes
    what room that is left is told in; `per_tenth` are tenths of a minute that a tenth of a session has room for."""

    tops: tuple[int, ...]
    minutes: Ints
    ordinary: int
    per_tenth: int

    def band(self, weight: int) -> int:
        """The band of a person with so many points: an index into `minutes`."""
        return next((n for n, top in enumerate(self.tops) if weight <= top), len(self.tops))

    def of(self, weight: int) -> int:
        """Minutes a week of a person with so many points."""
        return int(self.minutes[self.band(weight)])

    def people(self, minutes: int) -> int:
        """Ordinary people that so many minutes are room for; below 0 when they are too few already."""
        return minutes // int(self.minutes[self.ordinary])


def work(rule: Mapping[str, Any], role: str) -> Work:
    """The bands of a role. `rule` is reference/assign/capacity.yaml."""
    bands = rule["bands"]
    return Work(
        tops=tuple(b["up_to"] for b in bands[:-1]),
        minutes=np.array([b[role] for b in bands], dtype=np.int64),
        ordinary=[b["name"] for b in bands].index(rule["ordinary"]),
        per_tenth=rule["minutes_per_session"][role],
    )
