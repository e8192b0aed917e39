"""A site's own code list becomes a release, whole or not at all; each bad file is refused with its place."""

import errno
import hashlib
from pathlib import Path

import pytest

from carestead.core.area import create_area
from carestead.core.finding import BusyError, InputError, StorageError, UsageError
from carestead.reference import releases
from carestead.sources.codelists import Groups, Wanted, import_codelist, keep, pin

GROUPS = Groups(frozenset({"ckd", "diabetes", "falls"}), frozenset({"ckd", "diabetes"}))
HEAD = "group,code,term\n"
GOOD = HEAD + "diabetes,73211009,Diabetes\nckd,90688005,Kidney failure\n"
RF2 = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\r\n"


@pytest.fixture
def area(tmp_path):
    return create_area(tmp_path / "area", name="test")


@pytest.fixture
def take(area, tmp_path):
    """`take(text, **wanted)`: import a file that holds `text`, bytes as they are."""

    def import_(text: str | bytes, groups: Groups = GROUPS, pinned: bool = True, **wanted):
        file = tmp_path / "list.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        said = {"id": "efi", "version": "2024", **wanted}
        return import_codelist(area, Wanted(file, **said), groups, pinned=pinned)

    return import_


def codes(made) -> list[tuple[str, str]]:
    return [(r.get("group", ""), r["code"]) for r in made.release.read().rows]


def test_a_csv_becomes_a_release_in_use(take, area):
    made = take(GOOD, title="Ours", licence="TRUD", source="our analyst")
    assert codes(made) == [("ckd", "90688005"), ("diabetes", "73211009")]
    assert (made.rows, made.codes, made.new) == (2, 2, True)
    facts = made.release.facts
    assert (facts["title"], facts["licence"], facts["source"], facts["system"]) == (
        "Ours", "TRUD", "our analyst", "snomed",
    )  # fmt: skip
    assert facts["file"]["sha256"] == hashlib.sha256(GOOD.encode()).hexdigest()
    assert releases.in_use(area.codelists)["efi"] == made.release
    assert releases.pinned(area.codelists)["efi"].version == "2024"


def test_without_pinning_the_shipped_release_stays_in_use(take, area):
    take(GOOD, pinned=False)
    assert releases.in_use(area.codelists)["efi"].starter
    assert pin(area, "efi", "2024").own
    assert releases.in_use(area.codelists)["efi"].own
    pin(area, "efi", "starter-1")
    assert not releases.in_use(area.codelists)["efi"].own


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace(",", "\t"),
        GOOD.replace(",", ";"),
        HEAD.upper() + "\n ckd , 90688005 ,x\n\ndiabetes,\u00a073211009,y\n,,\n",
        GOOD + "diabetes,73211009,The same in other words\n",
        'deficit,display,code\nckd,"Failure, of a kidney",90688005\ndiabetes,"a ""b""",73211009\n',
    ],
    ids=["windows", "bom", "tabs", "semicolons", "spaces", "twice", "quotes"],
)
def test_the_same_codes_in_another_dress_are_the_same_codes(take, text):
    assert codes(take(text)) == [("ckd", "90688005"), ("diabetes", "73211009")]


def test_what_was_set_right_is_said_with_place_and_count(take):
    text = HEAD + "ckd, 90688005,x\ndiabetes,73211009,y\ndiabetes,73211009,z\nckd,90688005,w\n"
    said = {f.code: f for f in take(text).findings}
    assert (said["codelist.spaces"].where, said["codelist.spaces"].count) == ("list.csv, line 2", 1)
    assert (said["codelist.twice"].where, said["codelist.twice"].count) == ("list.csv, line 4", 2)
    assert said["codelist.twice"].example == "73211009"


def test_the_codes_of_a_deficit_that_is_left_out_are_missed(take):
    (said,) = take(HEAD + "diabetes,73211009,x\n").findings
    assert (said.code, said.severity, said.count) == ("codelist.groups-missing", "warning", 1)
    assert "no codes for ckd" in said.what


def test_icd10_is_kept_as_records_are(take):
    made = take("code\nf00.0\nI10X\nG30.9†\n", Groups(), id="dementia", system="icd10")
    assert [c for _, c in codes(made)] == ["F000", "G309", "I10"]


def test_a_list_may_hold_two_systems_and_says_of_each_row_which(take):
    text = "group,code,system\ndiabetes,C10..,ctv3\ndiabetes,73211009,\n"
    made = take(text).release.read()
    assert sorted(made.codes("diabetes")) == [("ctv3", "C10.."), ("snomed", "73211009")]


@pytest.mark.parametrize(
    ("text", "wanted", "what", "do"),
    [
        ("group,concept\nckd,90688005\n", {}, "has no column code; its columns are: group, concept", "--code-column"),
        ("code\n90688005\n", {}, "has no column of groups", "ckd, diabetes, falls"),
        (GOOD, {"group_column": "deficits"}, "has no column deficits", "--group-column"),
        ("", {}, "has no column code; its columns are: none", "--code-column"),
        (HEAD, {}, "holds no codes", "right file"),
        (HEAD + "ckd,90688005,x\nckd,C10..,x\n", {}, "line 3: 'C10..' is not SNOMED CT", "--system"),
        (
            HEAD + "ckd,K05..,x\nckd,C104.,x\n",
            {},
            "2 of 2 rows are wrong",
            "CTV3 or Read v2: say --system ctv3 or readv2",
        ),
        (HEAD + "ckd,N18.1,x\nckd,I12.0,x\n", {}, "'N18.1' is not SNOMED CT", "say --system icd10"),
        (GOOD, {"system": "icd10"}, "line 2: '73211009' is not ICD-10", "say --system snomed"),
        (HEAD + "ckd,90688005,x\nckd,,y\n", {}, "line 3: '' is no code", "Correct the file"),
        (HEAD + "ckd,4.47741E+14,x\n", {}, "line 2: '4.47741E+14' was made a number by a spreadsheet", "before a spre"),
        (HEAD + "ckd,714251000000000,x\n", {}, "wrong check digit", "Correct"),
        ("group,code\nckd,503\n", {"system": "bnf"}, "lost the nought before it", "Correct"),
        (HEAD + "loneliness,267076002,x\n", {}, "line 2: nothing looks for a group 'loneliness'", "ckd, diabetes, fal"),
        (HEAD + "CKD,90688005,x\n", {}, "nothing looks for a group 'CKD'", "ckd, diabetes, falls"),
        (GOOD.encode() + b"ckd,90688005,caf\xe9\n", {}, "list.csv, line 4, is not UTF-8", "CSV in UTF-8"),
        (GOOD.encode("utf-16"), {}, "line 1, is not UTF-8", "CSV in UTF-8"),
        (HEAD + 'ckd,90688005,"x\n' + "ckd,90688005,y\n", {}, "line 3: unexpected end of data", "quotation mark"),
        (GOOD, {"count": 3}, "has 2 codes, each counted once a group, not 3", "which release"),
        (GOOD, {"sha256": "0" * 64}, "has SHA-256", "which release"),
    ],
)
def test_a_bad_file_is_refused_and_leaves_nothing(take, area, text, wanted, what, do):
    with pytest.raises(InputError) as refused:
        take(text, **wanted)
    assert what in refused.value.what
    assert do in refused.value.do
    assert not area.codelists.exists()


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        ({"id": "E F I"}, "cannot be a list's id"),
        ({"id": "../efi"}, "cannot be a list's id"),
        ({"version": "../1"}, "cannot be a version"),
        ({"system": "icd11"}, "There is no coding system icd11"),
        ({"refset": "999"}, "is not a reference set"),
    ],
)
def test_words_that_cannot_be_meant_are_refused(take, area, wanted, what):
    with pytest.raises(UsageError, match=what):
        take(GOOD, **wanted)
    assert not area.codelists.exists()


def test_expectations_that_are_met_are_no_hindrance(take):
    assert take(GOOD, count=2, sha256=hashlib.sha256(GOOD.encode()).hexdigest().upper()).new


def test_a_release_is_there_once_and_never_changes(take, area):
    first = take(GOOD)
    again = take(GOOD.replace("\n", "\r\n"))
    assert (first.new, again.new) == (True, False)
    with pytest.raises(InputError, match="is there with other codes") as refused:
        take(GOOD + "falls,161898004,Falls\n")
    assert "another --version" in refused.value.do
    assert codes(first) == [("ckd", "90688005"), ("diabetes", "73211009")]


def test_a_shipped_release_cannot_be_taken_for_another(take):
    with pytest.raises(InputError, match="reference/codelists/efi/starter-1"):
        take(GOOD, version="starter-1")


def test_two_releases_of_one_name_with_different_codes_are_not_chosen_between(take, area):
    take(GOOD)
    (area.codelists / "efi" / "2024").rename(area.codelists / "efi" / "starter-1")
    (area.codelists / releases.PINS).write_text("efi: starter-1\n")
    with pytest.raises(InputError, match="Two releases starter-1 of code list efi hold different codes"):
        releases.pinned(area.codelists)


def test_a_release_that_was_changed_by_hand_is_not_used(take, area):
    made = take(GOOD)
    (area.codelists / "efi" / "2024" / "codes.csv").write_text(GOOD + "falls,161898004,x\n")
    with pytest.raises(InputError, match="not the file its manifest describes"):
        releases.pinned(area.codelists)
    with pytest.raises(InputError, match="not the file its manifest describes"):
        pin(area, made.release.id, "2024")


def test_a_full_disk_leaves_nothing(take, area, monkeypatch):
    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keep, "settle", full)
    with pytest.raises(StorageError, match="full"):
        take(GOOD)
    assert list(area.codelists.iterdir()) == []
    monkeypatch.undo()
    assert take(GOOD).new


def test_what_an_interrupted_import_left_is_no_release(take, area):
    half = area.codelists / keep.HALF
    half.mkdir(parents=True)
    (half / "codes.csv").write_text("half")
    assert [r for r in releases.releases(area.codelists) if r.own] == []
    assert take(GOOD).new
    assert not half.exists()


def test_while_somebody_else_writes_nothing_is_imported(take, area):
    with area.lock("a run"), pytest.raises(BusyError, match="a run"):
        take(GOOD)


def refset(*members: tuple[str, str, str, str, str]) -> str:
    return RF2 + "".join(f"{i}\t{t}\t{a}\t999\t{r}\t{c}\r\n" for i, t, a, r, c in members)


def test_a_reference_set_gives_its_active_members(take):
    text = refset(
        ("a", "20240101", "1", "111", "73211009"), ("b", "20240101", "0", "111", "90688005"),
        ("c", "20230101", "1", "111", "161898004"), ("c", "20240101", "0", "111", "161898004"),
        ("d", "20240101", "1", "111", "84114007"), ("d", "20230101", "0", "111", "84114007"),
    )  # fmt: skip
    made = take(text, Groups(), id="heart")
    assert [c for _, c in codes(made)] == ["73211009", "84114007"]
    assert {f.code: f.count for f in made.findings} == {"codelist.ignored": 4}


def test_of_several_reference_sets_one_is_named(take):
    text = refset(("a", "1", "1", "111", "73211009"), ("b", "1", "1", "222", "90688005"))
    with pytest.raises(UsageError, match="holds 2 reference sets") as refused:
        take(text, Groups(), id="heart")
    assert "111 (1 rows)" in refused.value.do
    with pytest.raises(UsageError, match="has no reference set 333"):
        take(text, Groups(), id="heart", refset="333")
    made = take(text, Groups(), id="heart", refset="222")
    assert [c for _, c in codes(made)] == ["90688005"]
    assert [f.what for f in made.findings] == ["1 rows are of another reference set, and were left out."]


def test_a_list_without_heading_names_its_columns_by_number(take):
    made = take('14G1.\tH/O: "arthritis"\nN040.\tx\n', Groups(), id="arthritis", system="readv2", code_column="1")
    assert [c for _, c in codes(made)] == ["14G1.", "N040."]


def test_a_missing_file_is_refused(area, tmp_path):
    with pytest.raises(InputError, match="There is no"):
        import_codelist(area, Wanted(tmp_path / "none.csv", "efi", "1"))
    with pytest.raises(InputError, match="cannot be read"):
        import_codelist(area, Wanted(tmp_path, "efi", "1"))


def test_pins_that_cannot_be_read_are_refused(take, area):
    take(GOOD)
    for text in ("[1, 2]", "efi: 2024", "efi: [", "\t"):
        (area.codelists / releases.PINS).write_text(text)
        with pytest.raises(InputError, match="does not map lists to versions"):
            releases.pins(area.codelists)
    with pytest.raises(UsageError, match="Its releases: starter-1, 2024"):
        pin(area, "efi", "2025")
