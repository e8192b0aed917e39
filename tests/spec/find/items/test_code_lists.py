"""Code lists in use: reviewed exclusions count for nobody, and a run says which releases it rests on."""

from datetime import date

from tests.spec.find.looking import looking

from carestead.find import items
from carestead.find.items.releases_used import decide, used_step
from carestead.find.scores import efi
from carestead.reference import Codelist

AS_OF = date(2025, 6, 30)
MAPPED = Codelist(
    "efi", "mapped", "As mapped by machine", "made up",
    ({"group": "diabetes", "code": "73211009"}, {"group": "ckd", "code": "73211009"},
     {"group": "ckd", "code": "90688005"}, {"group": "falls", "code": "49808004"}),
    "snomed", sha256="abc",
)  # fmt: skip
HOLDS_DIABETES = [{"code_id": 1, "system": "snomed", "code": "73211009"}]


def used(lists: dict[str, Codelist], code: list[dict]):
    return decide({"code": code}, AS_OF, used_step(lists).params)


def test_diabetes_is_one_deficit_though_the_mapping_says_two(run_steps):
    rows = run_steps(
        [*looking("item_mask", releases={"efi": MAPPED}), efi.step],
        AS_OF,
        code=HOLDS_DIABETES,
        event=[{"person_id": 1, "date": "2020-01-01", "code_id": 1, "kind": "condition"}],
    )
    assert [(r["person_id"], r["value"]) for r in rows] == [(1, 1.0)]


def test_a_run_says_which_release_of_each_list_it_used():
    outcome = used({"efi": MAPPED}, HOLDS_DIABETES)
    row = next(r for r in outcome.tables["codelist"] if r["list_id"] == "efi")
    assert (row["version"], row["system"], row["rows"], row["excluded"], row["met"]) == ("mapped", "snomed", 4, 2, 1)
    assert (row["sha256"], row["is_starter"], row["asked_by"]) == ("abc", False, "efi")


def test_what_exclusions_left_out_is_a_finding_with_a_count():
    found = {f.code: f for f in used({"efi": MAPPED}, HOLDS_DIABETES).findings if "efi" in f.where}
    assert found["codelist.excluded"].count == 2
    assert "2 of 4 codes" in found["codelist.excluded"].what
    assert "codes excluded efi" in found["codelist.excluded"].do


def test_a_list_in_another_system_than_the_records_finds_nobody_and_says_so():
    ctv3 = Codelist("efi", "read", "CTV3", "made up", ({"group": "ckd", "code": "K05.."},), "ctv3")
    found = used({"efi": ctv3}, HOLDS_DIABETES).findings
    (said,) = [f for f in found if f.code == "codelist.system" and "efi" in f.where]
    assert said.severity == "warning"
    assert "is of CTV3, and no record is: nobody was found by it. Records are coded in SNOMED CT." in said.what


def test_a_list_that_no_record_holds_a_code_of_is_told_without_alarm():
    rare = Codelist("efi", "rare", "Rare", "made up", ({"group": "ckd", "code": "90688005"},), "snomed")
    (said,) = [f for f in used({"efi": rare}, HOLDS_DIABETES).findings if f.code == "codelist.unmet"]
    assert said.severity == "information"
    assert "efi" in said.what


def test_a_list_without_a_release_says_that_nobody_was_looked_for():
    params = {"lists": [{"list_id": "carer", "version": None, "is_starter": False, "asked_by": "flag"}], "codes": {}}
    outcome = decide({"code": []}, AS_OF, params)
    (said,) = outcome.findings
    assert (said.code, said.severity) == ("codelist.none", "warning")
    assert "which flag asks for: nobody was looked for" in said.what
    assert "codes import FILE --as carer" in said.do


def test_starters_are_named_in_one_finding():
    said = [f for f in used({}, HOLDS_DIABETES).findings if f.code == "codelist.starter"]
    starters = [i for i, found in items.releases_in_use().items() if found.version.startswith("starter")]
    assert [f.count for f in said] == [len(starters)]


def test_groups_that_a_score_looks_for_are_known():
    assert items.known_groups("efi") == set(efi.DEFICITS)
    assert items.known_groups("nobody-asks-for-it") == frozenset()
