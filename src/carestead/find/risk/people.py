"""The people a model is fitted or tested on, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from carestead.find.risk.terms import Columns


@dataclass(frozen=True)
class People:
    """Everybody alive and registered on the index date whose year after is known, one place each in every array.

    `columns` are features (float64, NaN where not known), `practice` and `groups` text (empty where not known),
    `admitted`, `died`, `left` what became of them. They are in order of person, so that equal tables give equal arrays.
    """

    columns: Columns
    practice: np.ndarray
    ethnicity: np.ndarray
    admitted: np.ndarray
    died: np.ndarray
    left: np.ndarray

    def __len__(self) -> int:
        return len(self.practice)

    def only(self, chosen: np.ndarray) -> "People":
        """Those for whom `chosen` (boolean, or places) says so."""
        columns = {name: values[chosen] for name, values in self.columns.items()}
        arrays = ("practice", "ethnicity", "admitted", "died", "left")
        return replace(self, columns=columns, **{a: getattr(self, a)[chosen] for a in arrays})

    def counted(self) -> dict[str, int]:
        """How many, and what became of them."""
        return {
            "people": len(self),
            "admitted": int(self.admitted.sum()),
            "died_first": int((self.died & ~self.admitted).sum()),
            "left_first": int((self.left & ~self.admitted).sum()),
        }


def from_columns(table: Mapping[str, np.ndarray], features: Mapping[str, str]) -> People:
    """People from columns as they come from a query: features numeric, the rest as named in `People`."""
    columns = {name: np.asarray(table[name], dtype=float) for name in features}
    text = {name: np.asarray(table[name], dtype=str) for name in ("practice", "ethnicity")}
    flags = {name: np.asarray(table[name], dtype=bool) for name in ("admitted", "died", "left")}
    return People(columns, **text, **flags)
