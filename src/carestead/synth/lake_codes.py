"""The codes of a made lake, numbered, and its small tables: organisations, staff, sources, files."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from carestead.synth import group as g
from carestead.synth.facts import Columns, deficit_codes, facts

FILLERS = 5_000
"""Made-up local codes, so that the table has as many different codes as records really have."""
GP_SOURCE, HOSPITAL_SOURCE = 0, 1
PRACTICES_A_GROUP = 22
"""About 200,000 people: 177 groups of practices are for 35 million."""


@dataclass(frozen=True)
class Vocabulary:
    """All codes in a row, the number of each being its place; `first` says where each kind begins."""

    system: np.ndarray
    code: np.ndarray
    display: np.ndarray
    first: dict[str, int]
    icd10: dict[str, int]

    def area_tables(self, group: g.Group, as_of: date, loaded: list[dict[str, int]]) -> dict[str, Columns]:
        """The tables that belong to the area and not to a person."""
        return {
            "code": {
                "code_id": np.arange(len(self.code)),
                "system": self.system,
                "code": self.code,
                "display": self.display,
            },
            "organisation": _organisations(group),
            "practitioner": _practitioners(group),
            "source": _sources(as_of),
            "file": _files(as_of, loaded),
        }


@cache
def vocabulary() -> Vocabulary:
    """Deficits, observations, immunisations, fillers, medicines, ICD-10 diagnoses, in this order."""
    deficits, seen, jabs, drugs = deficit_codes(), facts("observations"), facts("immunisations"), facts("medicines")
    causes, others = facts("admissions"), facts("secondary_diagnoses")
    names = dict(zip([*causes["icd10"], *others["icd10"]], [*causes["display"], *others["display"]], strict=True))
    icd10 = {c.replace(".", ""): d for c, d in names.items()}
    once = dict(zip(jabs["code"], jabs["display"], strict=True))
    parts = {
        "deficit": ("snomed", list(deficits["code"]), list(deficits["display"])),
        "observation": ("snomed", list(seen["code"]), list(seen["display"])),
        "immunisation": ("snomed", list(once), list(once.values())),
        "filler": (
            "https://carestead.org/fhir/made-up",
            [f"M{i:05d}" for i in range(FILLERS)],
            [f"Made-up code {i}" for i in range(FILLERS)],
        ),
        "medicine": ("dmd", list(drugs["dmd"]), list(drugs["name"])),
        "icd10": ("icd10", list(icd10), list(icd10.values())),
    }
    first, systems, codes, displays = {}, [], [], []
    for kind, (system, code, display) in parts.items():
        first[kind] = len(codes)
        systems += [system] * len(code)
        codes += code
        displays += display
    numbers = {c: first["icd10"] + i for i, c in enumerate(icd10)}
    text = (np.array(x, dtype=object) for x in (systems, codes, displays))
    return Vocabulary(*text, first, numbers)


def _provenance(n: int, source: int = GP_SOURCE) -> Columns:
    return {"source_id": np.full(n, source), "file_id": np.zeros(n, dtype=int), "source_row": np.arange(1, n + 1)}


def _organisations(group: g.Group) -> Columns:
    groups = _groups(group)
    rows = [
        (code, name, "practice", groups[i % len(groups)])
        for i, (code, name) in enumerate(zip(group.codes, group.names, strict=True))
    ]
    rows += [(code, f"Riverside Group of Practices{f' {i}' * bool(i)}", "group", None) for i, code in enumerate(groups)]
    rows += [(g.HOSPITAL, "Riverside General Hospital", "acute-trust", None)]
    code, name, kind, of = (np.array(c, dtype=object) for c in zip(*sorted(rows), strict=True))
    columns = {"organisation_code": code, "name": name, "kind": kind, "group_code": of}
    return {"row_key": np.arange(len(rows)), **columns, **_provenance(len(rows))}


def _groups(group: g.Group) -> list[str]:
    """The codes of the groups; practices and coordinators are dealt out to them in turn."""
    n = -(-len(group.codes) // PRACTICES_A_GROUP)
    return [g.GROUP] if n == 1 else [f"U{99_000 + i}" for i in range(n)]


def _practitioners(group: g.Group) -> Columns:
    s = group.staff
    order = np.argsort(s["code"].astype(str), kind="stable")
    at = np.array([*group.codes, g.HOSPITAL, g.GROUP], dtype=object)[s["practice"][order]]
    of_groups = np.flatnonzero(at == g.GROUP)
    at[of_groups] = np.resize(np.array(_groups(group), dtype=object), len(of_groups))
    away = s["leave_start"][order] > 0
    starts, ends = (s[k][order].astype("datetime64[D]") for k in ("leave_start", "leave_end"))
    starts[~away] = ends[~away] = np.datetime64("NaT")
    return {
        "row_key": np.arange(len(order)),
        "practitioner_code": s["code"][order],
        "name": s["name"][order],
        "role": s["role"][order],
        "organisation_code": at,
        "sessions": s["sessions"][order],
        "sex": np.where(s["female"][order], "female", "male").astype(object),
        "birth_year": 1970 + s["birth"][order] // 365.25,
        "leave_start": starts,
        "leave_end": ends,
        **_provenance(len(order)),
    }


def _sources(as_of: date) -> Columns:
    return {
        "source_id": np.array([GP_SOURCE, HOSPITAL_SOURCE]),
        "name": np.array(["practices", "hospital"], dtype=object),
        "title": np.array(["All practices", "Riverside General Hospital"], dtype=object),
        "kind": np.array(["gp", "acute"], dtype=object),
        "organisation_code": np.array([None, g.HOSPITAL], dtype=object),
        "expected_every_days": np.array([1, 7]),
        "last_delivery": np.full(2, as_of, dtype="datetime64[D]"),
    }


def _files(as_of: date, loaded: list[dict[str, int]]) -> Columns:
    """One file a bucket, with what was made for it."""
    rows: list[tuple[Any, ...]] = [(b, name, n) for b, made in enumerate(loaded) for name, n in sorted(made.items())]
    bucket, kind, n = (np.array(c) for c in zip(*rows, strict=True))
    none = np.zeros(len(rows), dtype=int)
    return {
        "file_id": bucket,
        "source_id": np.full(len(rows), GP_SOURCE),
        "name": np.array([f"bucket-{b}" for b in bucket], dtype=object),
        "sha256": np.full(len(rows), "0" * 64, dtype=object),
        "bytes": none,
        "type": kind.astype(object),
        "delivered_on": np.full(len(rows), as_of, dtype="datetime64[D]"),
        "read": n,
        "loaded": n,
        "ignored": none,
        "quarantined": none,
    }
