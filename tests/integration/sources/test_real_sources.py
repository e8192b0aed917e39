"""Real data sets: everybody is there, and every record is accounted for."""

import csv
import gzip
import json
import shutil
import tarfile

import pytest


@pytest.fixture(scope="module")
def bundles(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundles") / "hundred"
    with tarfile.open(shared_data / "synthea-r4-100-bundles" / "bundles.tar.gz") as tar:
        tar.extractall(folder, filter="data")
    return folder


def everybody(rows):
    return {r["source_person_id"]: (r["birth_date"], r["sex"], r["family_name"]) for r in rows("patient")}


def places(events, path):
    """How many lines of a file rows were made of, after a look that each row says the number of its line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        ids = [json.loads(line)["id"] for line in file]
    told = {(e["source_row_key"].partition("#")[0], e["source_row"]) for e in events}
    told = {(key, row) for key, row in told if key.startswith("Observation/")}
    assert told <= {(f"Observation/{one}", row) for row, one in enumerate(ids, 1)}
    return len(told)


def test_six_hundred_people_in_bulk_and_a_hundred_of_them_in_bundles(shared_data, bundles, take, rows):
    report = take(shared_data / "synthea-r4-600")
    assert report.totals() == {"read": 189_111, "loaded": 146_724, "ignored": 42_387, "quarantined": 0}
    assert report.as_dict()["unresolved_references"] == 0
    bulk = everybody(rows)
    assert len(bulk) == 615
    assert report.sources[0].tables["encounter"] == 18_098
    assert places(rows("event"), shared_data / "synthea-r4-600" / "Observation.ndjson.gz") == 88_674
    again = take(bundles, source="bundles")
    assert again.sources[0].types["Patient"]["loaded"] == 100
    assert again.as_dict()["unresolved_references"] == 0
    assert all(n["read"] == n["loaded"] + n["ignored"] + n["quarantined"] for n in again.sources[0].types.values())
    assert everybody(rows) == bulk


def test_uk_csvs_give_a_thousand_people_and_explain_the_two_malformed_files(shared_data, take, rows):
    report = take(shared_data / "synthea-uk-csv-1000")
    assert len(everybody(rows)) == 1000
    types = report.sources[0].types
    assert types["immunisation"]["loaded"] == 20_467
    assert types["medication"]["loaded"] == 375
    assert types["observation"]["loaded"] == 182_242
    said = {f.where: f.what for f in report.findings if f.code == "csv.repaired"}
    assert "empty field after the last column" in said["immunizations.csv.gz"]
    assert "lacks the column DISPENSES" in said["medications.csv.gz"]
    assert report.as_dict()["unresolved_references"] == 0
    reasons = {r["code"] for r in rows("medication")}
    assert all(code.isdigit() for code in reasons)


def test_conditional_references_of_us_core_bundles_are_resolved(shared_data, tmp_path, take, rows):
    with tarfile.open(shared_data / "synthea-uscore-16-bundles" / "bundles.tar.gz") as tar:
        tar.extractall(tmp_path / "uscore", filter="data")
    report = take(tmp_path / "uscore")
    assert len(everybody(rows)) == 16
    assert report.as_dict()["unresolved_references"] == 0
    assert all(r["practitioner_code"] and r["organisation_code"] for r in rows("encounter"))


def test_conditional_references_of_a_bulk_export_are_resolved(shared_data, take, rows):
    report = take(shared_data / "synthea-bulk-2025" / "patients-10")
    assert len(everybody(rows)) == 13
    assert report.as_dict()["unresolved_references"] == 0
    assert report.sources[0].types["log"]["ignored"] == 1
    assert {"Encounter", "Condition"} <= set(report.sources[0].types)
    practitioners = {r["practitioner_code"] for r in rows("practitioner")}
    assert {r["practitioner_code"] for r in rows("encounter")} <= practitioners


def test_hospital_episode_statistics(shared_data, tmp_path, take, rows):
    hes = tmp_path / "hes"
    hes.mkdir()
    for path in (shared_data / "hes-artificial").glob("artificial_*.csv.gz"):
        shutil.copy(path, hes / path.name)
    (hes / "source.yaml").write_text("name: hes\nkind: acute\nformat: extract\nmap: hes-apc, hes-ae, hes-op\n")
    report = take(hes)
    assert report.totals() == {"read": 4075, "loaded": 4075, "ignored": 0, "quarantined": 0}
    assert len(everybody(rows)) == 994 + 672 + 269
    assert {r["kind"] for r in rows("encounter")} == {"admission", "emergency-attendance", "outpatient"}
    codes = {r["code"] for r in rows("diagnosis") if r["code_system"] == "icd10"}
    assert {c for c in codes if not c[0].isalpha()} == {"0000", "7999"}, "made-up codes of the set, kept as sent"
    assert all(3 <= len(c) <= 5 and not c.endswith("X") for c in codes)


def test_no_bad_input_is_lost_or_stops_the_rest(shared_data, tmp_path, take, rows, area):
    with tarfile.open(shared_data / "fhir-bad-input" / "cases.tar.gz") as tar:
        tar.extractall(tmp_path / "bad", filter="data")
    with open(shared_data / "fhir-bad-input" / "manifest.csv", encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) == 223
    report = take(tmp_path / "bad")
    assert all(n["read"] == n["loaded"] + n["ignored"] + n["quarantined"] for n in report.sources[0].types.values())
    assert report.totals()["quarantined"] == len(rows("quarantine"))
    refused = set()
    for delivery in (area / "deliveries").glob("*/*/delivery.json"):
        for f in json.loads(delivery.read_text())["files"]:
            assert sum(t["read"] for t in f["types"].values()) > 0, f
            if any(t["quarantined"] for t in f["types"].values()):
                refused.add(f["name"].rpartition("/")[2])
    assert {c["file"].rpartition("/")[2] for c in cases if c["parses_as_json"] == "0"} <= refused


def test_hl7_examples_of_every_type(shared_data, tmp_path, take):
    with tarfile.open(shared_data / "fhir-r4-hl7-examples" / "examples.tar.gz") as tar:
        tar.extractall(tmp_path / "hl7", filter="data")
    report = take(tmp_path / "hl7")
    assert report.totals()["read"] > 600
    assert all(n["read"] == n["loaded"] + n["ignored"] + n["quarantined"] for n in report.sources[0].types.values())


def test_stu3_records_and_xml_are_refused_with_a_word(shared_data, tmp_path, take, rows):
    gp = tmp_path / "gp"
    gp.mkdir()
    for path in (shared_data / "gp-record-stu3").glob("*.gz"):
        shutil.copy(path, gp / path.name)
    (gp / "Patient.ndjson").write_text('{"resourceType":"Patient","id":"1"}\n')
    take(gp)
    assert {"fhir.stu3", "fhir.xml"} <= {q["reason"] for q in rows("quarantine")}
