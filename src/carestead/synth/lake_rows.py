"""The rows of one bucket of a made lake, each table sorted as its contract says."""

import numpy as np
import pyarrow as pa

from carestead.synth import contacts, hospital
from carestead.synth.facts import Columns, facts
from carestead.synth.frailty import first_codes
from carestead.synth.group import HOSPITAL
from carestead.synth.lake_codes import FILLERS, GP_SOURCE, HOSPITAL_SOURCE, Vocabulary
from carestead.synth.population import NEVER, YEAR, People
from carestead.synth.streams import repeat, stream

_DAY_ZERO = 30_000
"""Added to days since 1970 so that they are never negative (1887) and fit 16 bits (to 2067)."""
_KINDS = ("admission", "emergency-attendance", "gp-appointment", "outpatient")


def days(values: np.ndarray) -> np.ndarray:
    """Days as dates, NaT for NEVER."""
    out = values.astype("datetime64[D]")
    out[values == NEVER] = np.datetime64("NaT")
    return out


def words(index: np.ndarray, values: tuple[str | None, ...] | np.ndarray) -> pa.DictionaryArray:
    """`values[index]` as an Arrow dictionary, null where the index is negative."""
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32), mask=index < 0), pa.array(list(values)))


def _keys(bucket: int, table: int, n: int) -> np.ndarray:
    return (np.uint64(bucket) << np.uint64(44)) + (np.uint64(table) << np.uint64(40)) + np.arange(n, dtype=np.uint64)


def _provenance(bucket: int, n: int, source: int | np.ndarray = GP_SOURCE) -> Columns:
    source_id = np.full(n, source, dtype=np.int16) if isinstance(source, int) else source.astype(np.int16)
    return {"source_id": source_id, "file_id": np.full(n, bucket, dtype=np.int32), "source_row": np.arange(1, n + 1)}


def person_rows(ids: np.ndarray, p: People, usual: np.ndarray) -> Columns:
    """Table person: one row a person, in order of id."""
    here = p.here
    return {
        "person_id": ids,
        "birth_date": days(p.birth.astype(np.int64)),
        "sex": words(p.female.astype(int), ("male", "female")),
        "death_date": days(p.death.astype(np.int64)),
        "ethnicity": words(p.ethnicity, facts("ethnicity")["category"]),
        "lsoa": np.array([f"E0199{a:04d}" for a in p.lsoa], dtype=object),
        "imd_decile": p.decile,
        "practice_code": words(np.where(here, p.practice, -1), p.group.codes),
        "usual_gp_code": words(np.where(here, usual, -1), p.group.staff["code"]),
        "sources": np.full(len(ids), 2),
    }


def registration_rows(bucket: int, ids: np.ndarray, p: People, usual: np.ndarray, before: np.ndarray) -> Columns:
    """Table registration: the earlier one in the group, if any, and the latest."""
    moved = np.flatnonzero(p.before >= 0)
    local = np.r_[np.arange(len(ids)), moved]
    start = np.r_[p.start, p.before_start[moved]].astype(np.int64)
    end = np.r_[np.minimum(p.death, p.left), p.start[moved]].astype(np.int64)
    practice, gp = np.r_[p.practice, p.before[moved]], np.r_[usual, before[moved]]
    order = np.lexsort((start, local))
    return {
        "person_id": ids[local[order]],
        "row_key": _keys(bucket, 1, len(order)),
        "practice_code": words(practice[order], p.group.codes),
        "start_date": days(start[order]),
        "end_date": days(end[order]),
        "usual_gp_code": words(gp[order], p.group.staff["code"]),
        **_provenance(bucket, len(order)),
    }


def event_rows(bucket: int, ids: np.ndarray, p: People, codes: Vocabulary, seed: int, events: float) -> Columns:
    """Table event: deficits with onset, then as many measurements and other facts as make up the mean `events`."""
    key = np.sort(np.concatenate([_deficit_keys(seed, p), _other_keys(seed, p, codes, events)]))
    local, code = key >> 32, (key & 0xFFFF).astype(np.int32)
    date = ((key >> 16 & 0xFFFF) - _DAY_ZERO).astype("datetime64[D]")
    kind = np.searchsorted(
        [codes.first["observation"], codes.first["immunisation"], codes.first["filler"]], code, "right"
    )
    measured = kind == 1
    seen = facts("observations")
    at = np.where(measured, code - codes.first["observation"], 0)
    noise = stream(seed, "values").standard_normal(len(key), dtype=np.float32)
    value = np.round(seen["mean"][at] + seen["sd"][at] * noise)
    return {
        "person_id": ids[local].astype(np.int32),
        "date": date,
        "code_id": code,
        "kind": words(kind, ("condition", "observation", "immunisation", "observation")),
        "value": pa.array(value, mask=~measured),
        "unit": words(np.where(measured, at, -1), seen["unit"]),
        "status": words(np.minimum(kind, 1), ("active", "final")),
        "recorded_date": date,
        "organisation_code": words(p.practice[local], p.group.codes),
        "row_key": _keys(bucket, 2, len(key)),
        **_provenance(bucket, len(key)),
    }


def _pack(local: np.ndarray, date: np.ndarray, code: np.ndarray) -> np.ndarray:
    return local.astype(np.int64) << 32 | (date.astype(np.int64) + _DAY_ZERO) << 16 | code.astype(np.int64)


def _deficit_keys(seed: int, p: People) -> np.ndarray:
    rng = stream(seed, "lake deficits")
    local, deficit = np.nonzero(p.frail.has)
    code = first_codes(seed, deficit)
    local, code = local[code >= 0], code[code >= 0]
    last = p.end[local] - 1
    date = last - 1 - rng.exponential(5.5 * YEAR, len(local))
    return _pack(local, np.maximum(date, p.birth[local]), code)


def _other_keys(seed: int, p: People, codes: Vocabulary, events: float) -> np.ndarray:
    """Frail people have more; half of the facts are of the last two and a half years, the oldest ten years old."""
    rng = stream(seed, "lake others")
    weight = 0.55 + 0.25 * p.frail.count
    local = repeat(rng, weight / weight.mean() * max(events - p.frail.count.mean(), 0))
    n = len(local)
    measured = rng.random(n, dtype=np.float32) < 0.35
    filler = codes.first["filler"] + (FILLERS * rng.random(n, dtype=np.float32) ** 3).astype(np.int32)
    seen = codes.first["observation"] + rng.integers(0, codes.first["filler"] - codes.first["observation"], n, np.int32)
    last, age = (p.end - 1).astype(np.float32), (p.end - 1 - p.birth).astype(np.float32)
    ago = np.minimum(rng.random(n, dtype=np.float32) ** 2 * 3_650, age[local])
    return _pack(local, np.floor(last[local] - ago), np.where(measured, seen, filler))


def encounter_rows(
    bucket: int, ids: np.ndarray, p: People, admitted: Columns, seed: int, usual: np.ndarray, before: np.ndarray
) -> tuple[Columns, np.ndarray]:
    """Table encounter, and the `row_key` of each of the admissions given."""
    gp, ae = contacts.appointments(seed, p, usual, before), hospital.attendances(seed, p, admitted)
    op, causes = hospital.outpatients(seed, p), facts("admissions")
    parts = (admitted, ae, gp, op)
    kind = np.repeat(np.arange(4), [len(f["person"]) for f in parts])
    local = np.concatenate([f["person"] for f in parts])
    date = np.concatenate([f["date"] for f in parts])
    order = np.argsort(local.astype(np.int64) << 32 | (date + _DAY_ZERO) << 16 | kind, kind="stable")
    end = np.concatenate([admitted["end"], ae["date"], gp["date"], op["date"]])
    currency = np.concatenate([causes["hrg"][admitted["cause"]], ae["hrg"], np.full(len(gp["date"]), None), op["hrg"]])
    attended = np.concatenate(
        [np.ones(len(admitted["date"]) + len(ae["date"]), bool), gp["status"] == "fulfilled", op["attended"]]
    )
    clinician = np.concatenate(
        [np.full(len(admitted["date"]) + len(ae["date"]), -1), gp["clinician"], np.full(len(op["date"]), -1)]
    )
    kinds, methods = kind[order], _methods(admitted, causes, kind)[order]
    keys = _keys(bucket, 3, len(order))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    where = np.where(kind == 2, p.practice[local], len(p.group.codes))[order]
    return {
        "person_id": ids[local[order]],
        "start_date": days(date[order]),
        "end_date": days(end[order]),
        "kind": words(kinds, _KINDS),
        "method": words(methods, ("emergency", "elective", "maternity")),
        "attended": attended[order],
        "length_of_stay": pa.array((end - date)[order], mask=kinds != 0),
        "currency": currency[order],
        "discharge_destination": np.concatenate(
            [admitted["destination"], np.full(len(kind) - len(admitted["end"]), None)]
        )[order],
        "practitioner_code": words(clinician[order], p.group.staff["code"]),
        "organisation_code": words(where, (*p.group.codes, HOSPITAL)),
        "row_key": keys,
        **_provenance(bucket, len(order), np.where(kinds == 2, GP_SOURCE, HOSPITAL_SOURCE)),
    }, keys[place[: len(admitted["date"])]]


def _methods(admitted: Columns, causes: Columns, kind: np.ndarray) -> np.ndarray:
    out = np.where(kind == 1, 0, -1)
    names = np.array(["emergency", "elective", "maternity"], dtype=object)
    of_cause = np.array([int(np.flatnonzero(names == m)[0]) for m in causes["method"]])
    out[: len(admitted["cause"])] = of_cause[admitted["cause"]]
    return out


def diagnosis_rows(
    bucket: int, ids: np.ndarray, p: People, admitted: Columns, keys: np.ndarray, codes: Vocabulary, seed: int
) -> Columns:
    """Table diagnosis, of the admissions."""
    d = hospital.diagnoses(seed, p, admitted)
    code = np.array([codes.icd10[c.replace(".", "")] for c in d["icd10"]], dtype=np.int64)
    date = admitted["date"][d["admission"]]
    order = np.lexsort((d["position"], code, date, d["person"]))
    return {
        "person_id": ids[d["person"][order]],
        "date": days(date[order]),
        "code_id": code[order],
        "position": d["position"][order],
        "encounter_key": keys[d["admission"][order]],
        "row_key": _keys(bucket, 4, len(order)),
        **_provenance(bucket, len(order), HOSPITAL_SOURCE),
    }


def medication_rows(bucket: int, ids: np.ndarray, p: People, issued: Columns, codes: Vocabulary) -> Columns:
    """Table medication: the practices' prescriptions."""
    f = facts("medicines")
    code = issued["medicine"] + codes.first["medicine"]
    order = np.argsort(_pack(issued["person"], issued["date"], code), kind="stable")
    m, local = issued["medicine"][order], issued["person"][order]
    return {
        "person_id": ids[local],
        "date": days(issued["date"][order]),
        "code_id": code[order],
        "bnf_code": words(m, f["bnf"]),
        "end_date": days(issued["end"][order]),
        "status": words((issued["end"][order] < NEVER).astype(int), ("active", "completed")),
        "is_repeat": issued["repeat"][order],
        "dose": words(m, f["dose"]),
        "quantity": f["quantity"][m],
        "quantity_unit": words(m, f["unit"]),
        "setting": words(np.zeros(len(m), dtype=int), ("gp",)),
        "organisation_code": words(p.practice[local], p.group.codes),
        "row_key": _keys(bucket, 5, len(m)),
        **_provenance(bucket, len(m)),
    }
