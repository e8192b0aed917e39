"""Two files of mostly the same people, each with its own errors, and who is who: for judging and timing links."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from carestead.synth import identity, misspell, numbers
from carestead.synth.facts import facts
from carestead.synth.identity import Demographics
from carestead.synth.misspell import Habits, Written
from carestead.synth.population import YEAR
from carestead.synth.streams import pick, pick_rows, stream

_OVERLAP = 0.8
_PER_HOUSEHOLD = 2.3
_STEMS = "Ash Beck Birk Brad Carl Cliff Crof Den Ellis Fair Garth Hal Hart Holm Kirk Lang Mar Nether Nor Oak Pen Rams"
_ENDS = "bourne bridge bury by combe cott den field ford gate ham ley low man mere more shaw stead ton well worth"
_LEFT = Habits(no_number=0.02)
_RIGHT = Habits(0.2, 0.004, 0.001, 0.03, 0.06, 0.005, 0.05, 0.01, 0.025, 0.1, 0.3, 0.001, 0.85, upper=True)


@dataclass(frozen=True)
class Pair:
    """The files written: rows of `left` and `right` with equal `entity` in `truth` are one person."""

    left: Path
    right: Path
    truth: Path
    shared: int


def linkage_pair(con: Any, n: int, seed: int, out: Path, form: Literal["parquet", "csv"] = "parquet") -> Pair:
    """Write `left`, `right` (n rows each, four in five people in both) and `truth` under `out`.

    Columns: source_person_id, nhs_number, family_name, given_name, birth_date, sex, address, postcode, phone; truth:
    file, source_person_id, entity. The right file lacks a fifth of NHS numbers and is dirtier. At most 7,000,000 rows.
    """
    out.mkdir(parents=True, exist_ok=True)
    shared = int(n * _OVERLAP)
    everybody = _everybody(seed, 2 * n - shared)
    sides = {
        "left": (np.arange(n), _LEFT, "L"),
        "right": (np.arange(n - shared, 2 * n - shared), _RIGHT, "R"),
    }
    truth = []
    for name, (entities, habits, prefix) in sides.items():
        rows = stream(seed, "order", name).permutation(entities)
        ids = np.char.add(prefix, np.arange(1, n + 1).astype(str))
        table = _table(ids, misspell.written(seed, name, everybody, rows, habits))
        _copy(con, table, out / f"{name}.{form}", form)
        truth.append(pa.table({"file": pa.array([name] * n), "source_person_id": ids, "entity": rows}))
    _copy(con, pa.concat_tables(truth), out / f"truth.{form}", form)
    return Pair(out / f"left.{form}", out / f"right.{form}", out / f"truth.{form}", shared)


def _everybody(seed: int, n: int) -> Demographics:
    rng, f = stream(seed, "linkage"), facts("age_sex")
    age = f["age"][pick(rng, f["female"] + f["male"], n)] + rng.random(n)
    female, birth = rng.random(n) < 0.5, (20_500 - age * YEAR).astype(np.int32)
    household = rng.integers(0, max(1, int(n / _PER_HOUSEHOLD)), n)
    homes = int(household.max()) + 1
    of_home = pick_rows(rng, np.tile(facts("ethnicity")["share"], (homes, 1)))
    ethnicity = of_home[household]
    names = _family_names(rng, of_home)
    maiden = _family_names(rng, ethnicity)
    family = np.where(rng.random(n) < 0.8, names[household], maiden)
    given = identity.given_names(rng, ethnicity, female, birth)
    area = rng.integers(0, max(1, n // 1_600), n).astype(np.int32)
    address, postcode = identity.addresses(rng, household, area)
    elsewhere = rng.permutation(n)
    return Demographics(
        number=numbers.valid(rng, n),
        family=family,
        given=given,
        maiden=maiden,
        birth=birth,
        female=female,
        address=address,
        postcode=postcode,
        old_address=address[elsewhere],
        old_postcode=postcode[elsewhere],
        phone=identity.phones(rng, n),
    )


def _family_names(rng: np.random.Generator, ethnicity: np.ndarray) -> np.ndarray:
    """Common names, and for four in ten of the largest group rarer ones made of two parts."""
    names = identity.family_names(rng, ethnicity)
    rarer = np.array([a + b for a in _STEMS.split() for b in _ENDS.split()], dtype=object)
    rare = np.flatnonzero((ethnicity == 0) & (rng.random(len(names)) < 0.4))
    names[rare] = rarer[rng.integers(0, len(rarer), len(rare))]
    return names


def _table(ids: np.ndarray, w: Written) -> pa.Table:
    sex = {"F": "female", "M": "male", "U": "unknown"}
    words = pa.DictionaryArray.from_arrays(
        pa.array(np.select([w.sex == "F", w.sex == "M"], [0, 1], 2), pa.int32()), pa.array(list(sex.values()))
    )
    return pa.table(
        {
            "source_person_id": ids,
            "nhs_number": pa.array(w.number, pa.string()),
            "family_name": pa.array(w.family, pa.string()),
            "given_name": pa.array(w.given, pa.string()),
            "birth_date": w.birth.astype("datetime64[D]"),
            "sex": words,
            "address": pa.array(w.address, pa.string()),
            "postcode": pa.array(w.postcode, pa.string()),
            "phone": pa.array(w.phone, pa.string()),
        }
    )


def _copy(con: Any, given: pa.Table, path: Path, form: str) -> None:
    con.execute("set preserve_insertion_order = true")
    con.register("given", given)
    text = str(path).replace("'", "''")
    options = "format parquet, compression zstd" if form == "parquet" else "format csv, header"
    con.execute(f"copy (select * from given) to '{text}' ({options})")
    con.unregister("given")
