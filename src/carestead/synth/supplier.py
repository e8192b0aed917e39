"""What every source folder has: `source.yaml`, and now and then a record no computer should have sent."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from carestead.synth import ndjson
from carestead.synth.facts import Columns


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


class FhirFolder:
    """A supplier's folder of FHIR R4 bulk NDJSON. `rows` counts good records written, `broken` those spoiled."""

    con: Any
    folder: Path
    rows: int
    broken: int

    def _write(self, file: str, resource: str, frame: Columns) -> None:
        """Add a frame's rows, numbered from 1 where it has no ids, to `file`; a new file gets its spoiled records."""
        frame = {"id": np.arange(1, len(next(iter(frame.values()))) + 1), **frame} if "id" not in frame else frame
        path = self.folder / f"{file}.ndjson"
        spoiled = b"" if path.exists() else SPOILED.get(resource, b"")
        self.rows += ndjson.write(self.con, path, resource, frame, spoiled)
        self.broken += spoiled.count(b"\n")
