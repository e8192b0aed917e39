"""What a record is used for, and who may be used for it."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any


class Purpose(StrEnum):
    """The purposes of the national rules. Counts that name nobody are not a use of confidential patient information
    (National data opt-out operational policy guidance, NHS England): no opt-out bears on them."""

    DIRECT_CARE = "direct-care"
    PLANNING = "planning"
    RESEARCH = "research"


def usable(people: Collection[int], opt_outs: Iterable[Mapping[str, Any]], purpose: Purpose) -> set[int]:
    """Who of `people` may be used, person by person, for `purpose`. `opt_outs` are rows of table opt_out.

    For direct care that is everybody: finding who needs care, by those who give it, is care. Fitting a model, an
    export and an analyst's list of people are planning or research.
    """
    if purpose is Purpose.DIRECT_CARE:
        return set(people)
    return set(people) - {row["person_id"] for row in opt_outs if row["purpose"] == purpose}
