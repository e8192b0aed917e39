"""What every source folder has: `source.yaml`, and now and then a record no computer should have sent."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import yaml


@dataclass(frozen=True)
class Source:
    """One supplier's folder as it was written. `rows` counts good records, `broken` those spoiled on purpose."""

    name: str
    kind: str
    people: int
    rows: int
    broken: int
    bytes: int
    ids: np.ndarray
    """The id of each person at this source, None for those it does not know."""


def describe(folder: Path, *, title: str, kind: str, organisation: str, map_: str = "", days: int, last: date) -> None:
    """Write `source.yaml`; `map_` names the column map of an extract, none means FHIR."""
    described = {"name": folder.name, "title": title, "kind": kind, "organisation_code": organisation}
    described |= {"format": "extract", "map": map_} if map_ else {"format": "fhir"}
    described |= {"expected_every_days": days, "last_delivered": last}
    text = yaml.safe_dump(described, sort_keys=False, allow_unicode=True)
    (folder / "source.yaml").write_text(text, encoding="utf-8")


def size(folder: Path) -> int:
    """Bytes of all files in the folder."""
    return sum(f.stat().st_size for f in folder.iterdir())


_TRUNCATED = (
    '{"resourceType":"Observation","id":"o99999991","status":"final","code":{"coding":[{"system":"http://snom\n'
)
_IMPOSSIBLE = (
    '{"resourceType":"Condition","id":"c99999992","code":{"coding":[{"system":"http://snomed.info/sct",'
    '"code":"161891005","display":"Backache"}]},"subject":{"reference":"Patient/p1"},"onsetDateTime":"2019-02-30"}\n'
)
_NOBODY = (
    '{"resourceType":"Observation","id":"o99999993","status":"final","code":{"coding":[{"system":'
    '"http://snomed.info/sct","code":"27113001","display":"Body weight"}]},"effectiveDateTime":"2025-03-04",'
    '"valueQuantity":{"value":71.5,"unit":"kg"}}\n'
)
_THIRTIETH = (
    '{"resourceType":"Encounter","id":"i99999994","status":"finished","class":{"system":'
    '"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},"subject":{"reference":"Patient/p1"},'
    '"period":{"start":"2019-02-30","end":"2019-03-01"}}\n'
)
_CUT_OFF = '{"resourceType":"Condition","id":"d99999995","category":[{"coding":[{"system":"http://termino\n'
SPOILED = {
    "observation": (_TRUNCATED + _NOBODY).encode(),
    "condition": _IMPOSSIBLE.encode(),
    "encounter": _THIRTIETH.encode(),
    "diagnosis": _CUT_OFF.encode(),
}
"""Broken lines by the resource whose file they are put in: cut off, about nobody, on 30 February."""
