"""The starter code list is what its manifest says, and nothing else in the records counts as a deficit by mistake."""

import csv
import hashlib
from importlib.resources import files
from pathlib import Path

import yaml

from carestead.synth.facts import deficit_codes, facts
from carestead.synth.frailty import DEFICITS
from carestead.synth.history import SMOKING

_LIST = files("carestead.reference").joinpath("codelists", "efi", "starter-1")


def test_the_manifest_is_true() -> None:
    manifest = yaml.safe_load(_LIST.joinpath("manifest.yaml").read_text())
    content = _LIST.joinpath("codes.csv").read_bytes()
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["rows"] == len(content.splitlines()) - 1
    assert manifest["system"] == "snomed"


def test_every_deficit_but_polypharmacy_has_codes_of_its_own() -> None:
    codes = deficit_codes()
    assert len(DEFICITS) == 36
    assert set(codes["group"]) == set(DEFICITS) - {"polypharmacy"}
    assert len(set(codes["code"])) == len(codes["code"])


def test_codes_are_in_the_published_mapping_without_its_mistakes(shared_data: Path) -> None:
    with (shared_data / "clinical" / "efi_codes_snomed_mapped.csv").open() as file:
        mapped = {(r["deficit"], r["code"]) for r in csv.DictReader(file)}
    ours = set(zip(deficit_codes()["group"], deficit_codes()["code"], strict=True))
    assert ours <= mapped
    wrong = {("ckd", "73211009"), ("heart-failure", "53741008"), ("falls", "49808004"), ("osteoporosis", "239862000")}
    assert not ours & wrong


def test_no_other_code_of_the_records_is_a_deficit(shared_data: Path) -> None:
    with (shared_data / "clinical" / "efi_codes_snomed_mapped.csv").open() as file:
        mapped = {r["code"] for r in csv.DictReader(file)}
    names = ("problems", "observations", "immunisations", "allergies")
    others = {str(c) for n in names for c in facts(n)["code"]} | {c for c, _ in SMOKING}
    assert not others & mapped


def test_medicines_are_in_the_drug_tariff(shared_data: Path) -> None:
    import duckdb

    tariff = str(shared_data / "unit-costs" / "drug_tariff_viii_a.csv.gz")
    with duckdb.connect() as con:
        rows = con.execute(
            "select cast(vmp_snomed_code as bigint), medicine from read_csv($f)", {"f": tariff}
        ).fetchall()
    real = {(str(code), name) for code, name in rows}
    ours = set(zip(facts("medicines")["dmd"], facts("medicines")["name"], strict=True))
    assert ours <= real


def test_hrgs_are_in_the_national_cost_collection(shared_data: Path) -> None:
    import duckdb

    costs = str(shared_data / "unit-costs" / "ncc.csv.gz")
    with duckdb.connect() as con:
        real = {r[0] for r in con.execute("select distinct currency_code from read_csv($f)", {"f": costs}).fetchall()}
    assert {str(h) for h in facts("admissions")["hrg"]} | {str(h) for h in facts("attendances")["hrg"]} <= real
