"""The files are what suppliers send: whole, with references that resolve, and with a few records that are broken."""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from carestead import synth
from carestead.core import nhs_number
from carestead.core.finding import UsageError

AS_OF = date(2026, 3, 31)


def _lines(folder: Path) -> Iterator[tuple[Path, dict]]:
    for path in sorted(folder.glob("*.ndjson")):
        for line in path.read_bytes().splitlines():
            try:
                yield path, json.loads(line)
            except json.JSONDecodeError:
                yield path, {}


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            assert inner is not None
            yield from [inner] if key == "reference" else _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _hashes(out: Path) -> dict[str, str]:
    files = sorted(p for p in out.rglob("*") if p.is_file())
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_every_reference_resolves_and_ids_are_unique_within_a_source(written: tuple[Path, synth.Summary]) -> None:
    out, _ = written
    for folder in [*out.glob("practice-*"), *out.glob("hospital-*")]:
        ids, wanted = defaultdict(Counter), set()
        for path, resource in _lines(folder):
            if resource:
                assert resource["resourceType"] == path.stem
                ids[path.stem][resource["id"]] += 1
                wanted |= set(_references(resource))
        assert all(n == 1 for kind in ids.values() for n in kind.values())
        assert not [w for w in wanted if w.split("/")[1] not in ids[w.split("/")[0]]]


def test_a_handful_of_records_are_broken_and_the_summary_counts_the_others(
    written: tuple[Path, synth.Summary],
) -> None:
    out, summary = written
    broken = sum(not resource for folder in out.glob("*-*") for _, resource in _lines(folder))
    assert broken == 3  # one cut-off line a FHIR source; the other broken ones are well-formed JSON
    assert 5 <= sum(s.broken for s in summary.sources) <= 20
    for source in summary.sources[:3]:
        assert sum(1 for _ in _lines(out / source.name)) == source.rows + source.broken


def test_sources_say_who_they_are_and_the_council_is_silent(written: tuple[Path, synth.Summary]) -> None:
    out, summary = written
    said = {s.name: yaml.safe_load((out / s.name / "source.yaml").read_text()) for s in summary.sources}
    assert [s["kind"] for s in said.values()] == ["gp", "gp", "acute", "community", "mental-health", "social-care"]
    assert all(name == s["name"] for name, s in said.items())
    silent = [n for n, s in said.items() if (AS_OF - s["last_delivered"]).days > 2 * s["expected_every_days"]]
    assert silent == ["council-z99"]
    assert said["council-z99"]["map"] == "council-care"
    assert said["community-rzc"]["map"] == said["mental-health-rzm"]["map"] == "community-contacts"


def test_csv_headers_are_the_agreed_ones(written: tuple[Path, synth.Summary]) -> None:
    out, _ = written
    first = {
        p.name: p.read_text().splitlines()[0] for d in ("community-rzc", "council-z99") for p in (out / d).glob("*.csv")
    }
    assert first["patients.csv"].startswith("LocalPatientId,NHSNumber,Surname,Forename,DateOfBirth,Sex,AddressLine")
    assert first["packages.csv"].startswith("PackageId,ClientId,ServiceType,StartDate,EndDate,HoursPerWeek,WeeklyCost")
    assert first["carers.csv"] == "ClientId,CarerClientId,CarerName,CarerPhone,Relationship,StartDate"


def test_the_truth_knows_every_record_and_lies_apart(written: tuple[Path, synth.Summary]) -> None:
    out, summary = written
    with (out / "truth" / "people.csv").open() as file:
        truth = {(r["source"], r["source_person_id"]): int(r["person"]) for r in csv.DictReader(file)}
    sent = set()
    for source in summary.sources[:3]:
        sent |= {(source.name, r["id"]) for _, r in _lines(out / source.name) if r.get("resourceType") == "Patient"}
    assert sent == {k for k in truth if k[0] in {s.name for s in summary.sources[:3]}}
    assert len(truth) == sum(s.people for s in summary.sources)
    assert set(truth.values()) == set(range(4_000))  # everybody is or was registered
    assert not list(out.glob("*-*/people.csv"))


def test_most_nhs_numbers_are_right_and_some_are_not(written: tuple[Path, synth.Summary]) -> None:
    out, _ = written
    numbers = [
        r["identifier"][0]["value"] if "identifier" in r else None
        for _, r in _lines(out / "hospital-rzx")
        if r.get("resourceType") == "Patient"
    ]
    missing = numbers.count(None) / len(numbers)
    invalid = sum(n is not None and not nhs_number.is_valid(n) for n in numbers)
    assert 0.02 < missing < 0.06
    assert 0 < invalid < 0.02 * len(numbers)
    assert max(Counter(n for n in numbers if n).values()) == 2  # somebody's number was given to another


def test_ids_overlap_between_practices(written: tuple[Path, synth.Summary]) -> None:
    out, summary = written
    ids = [
        {r["id"] for _, r in _lines(out / s.name) if r.get("resourceType") == "Patient"} for s in summary.sources[:2]
    ]
    assert "p1" in ids[0] & ids[1]


def test_equal_seeds_give_equal_bytes_and_others_do_not(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        for name, seed in (("a", 5), ("b", 5), ("c", 6)):
            synth.write_sources(con, tmp_path / name, people=600, seed=seed, as_of=AS_OF)
    same, again, other = (_hashes(tmp_path / n) for n in "abc")
    assert same == again
    assert same != other


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with duckdb.connect() as con, pytest.raises(UsageError, match="is not empty"):
        synth.write_sources(con, tmp_path, people=600, seed=1, as_of=AS_OF)
    with duckdb.connect() as con, pytest.raises(UsageError, match="500,000"):
        synth.write_sources(con, tmp_path / "new", people=3, seed=1, as_of=AS_OF)
