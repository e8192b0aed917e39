"""Linking judged on sets whose truth is known, beside Splink with settings made for each set. One setting of ours."""

import itertools
import sys
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import duckdb
import pytest

from carestead.bench.linking import linked
from carestead.record.link_files import link_files

FEBRL = {
    "id": "rec_id",
    "given_name": "given_name",
    "family_name": "surname",
    "birth_date": "date_of_birth",
    "address": ["street_number", "address_1", "address_2"],
    "town": "suburb",
    "postcode": "postcode",
    "other": ["state"],
}
FAKE = {
    "id": "unique_id",
    "given_name": "first_name",
    "family_name": "surname",
    "birth_date": "dob",
    "town": "city",
    "email": "email",
}
FILES = {
    "fake_1000": (["splink_fake_1000"], FAKE, 2975),
    "febrl_1": (["febrl_dataset1"], FEBRL, 500),
    "febrl_4": (["febrl_dataset4a", "febrl_dataset4b"], FEBRL, 5000),
}
Pair = tuple[str, str]


@dataclass(frozen=True)
class Quality:
    precision: float
    recall: float

    @classmethod
    def of(cls, pairs: set[Pair], truth: set[Pair]) -> "Quality":
        right = len(pairs & truth)
        return cls(right / len(pairs) if pairs else 1.0, right / len(truth))


def _tuned():
    spec = spec_from_file_location("tuned_splink", Path(__file__).with_name("tuned_splink.py"))
    module = sys.modules.setdefault("tuned_splink", module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


def _load(con, paths: list[Path]) -> dict[str, str]:
    """Tables a and b with trimmed texts; the person of each id."""
    person: dict[str, str] = {}
    for table, path in zip("ab", paths, strict=False):
        con.execute(f"create table raw_{table} as from read_csv('{path}', all_varchar = true)")
        names = [d[0] for d in con.execute(f"describe raw_{table}").fetchall()]
        keep = [n for n in names if n.strip() not in ("cluster", "soc_sec_id")]
        columns = ", ".join(f"""nullif(trim("{n}"), '') as "{n.strip()}\"""" for n in keep)
        con.execute(f"create table {table} as select {columns} from raw_{table}")
        con.execute(f'alter table {table} rename column "{names[0].strip()}" to id')
        truth = "cluster" if "cluster" in names else f"split_part(\"{names[0]}\", '-', 2)"
        person |= dict(con.execute(f'select trim("{names[0]}"), {truth} from raw_{table}').fetchall())
    return person


def _same_person(person: dict[str, str]) -> set[Pair]:
    members: dict[str, list[str]] = {}
    for key, who in person.items():
        members.setdefault(who, []).append(key)
    return {tuple(sorted(pair)) for keys in members.values() for pair in itertools.combinations(keys, 2)}


def _clusters(ids, edges) -> set[Pair]:
    parent = {i: i for i in ids}

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in edges:
        parent[root(a)] = root(b)
    return _same_person({i: root(i) for i in ids})


def _best(person, rows, truth) -> Quality:
    """Splink's best recall at precision 0.99, over thresholds, as pairs and as clusters of pairs."""
    tried = []
    for least in range(-20, 41):
        edges = [(a, b) for a, b, w in rows if w >= least / 2]
        tried += [Quality.of({tuple(sorted(e)) for e in edges}, truth), Quality.of(_clusters(person, edges), truth)]
    return max((q for q in tried if q.precision >= 0.99), key=lambda q: q.recall)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_recall_is_no_lower_than_tuned_splinks_at_precision_99(shared_data, name):
    files, column_map, expected = FILES[name]
    paths = [shared_data / "linkage-truth" / f"{f}.csv.gz" for f in files]
    with duckdb.connect() as con:
        found = link_files(con, paths[0], paths[1] if len(paths) > 1 else None, column_map)
        person = _load(con, paths)
        truth = _same_person(person)
        assert len(truth) == expected
        rows = _tuned().fake_1000(con) if name == "fake_1000" else _tuned().febrl(con, ["a", "b"][: len(paths)])
    left, right = found.pairs["id_left"].to_pylist(), found.pairs["id_right"].to_pylist()
    ours = Quality.of({tuple(sorted(p)) for p in zip(left, right, strict=True)}, truth)
    theirs = _best(person, rows, truth)
    print(
        f"{name}: ours precision {ours.precision:.4f} recall {ours.recall:.4f}; "
        f"Splink tuned {theirs.precision:.4f} {theirs.recall:.4f}"
    )
    assert ours.precision >= 0.99
    assert ours.recall >= theirs.recall - 0.001


@pytest.mark.slow
def test_bench_links_two_lists():
    _, precision, recall = linked(5_000)
    assert precision >= 0.999
    assert recall >= 0.98
