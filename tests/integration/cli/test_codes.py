"""Code lists as somebody types it: the real mapped eFI list in, its faults left out, and in use in the next run."""

import csv
import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.integration.cli.test_cli import AS_OF, typed

pytestmark = pytest.mark.slow


@pytest.fixture
def area(made_up_area: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_up_area, tmp_path / "area")
    return tmp_path / "area"


@pytest.fixture
def mapped(shared_data: Path, area: Path, capsys) -> Path:
    """The area with the eFI's machine-mapped SNOMED CT list in use."""
    file = shared_data / "clinical" / "efi_codes_snomed_mapped.csv"
    words = ("codes", "import", file, "--as", "efi", "--version", "2024", "--expect-count", 2089, "--area", area)
    code, out, err = typed(capsys, *words)
    assert (code, err) == (0, "")
    assert "2,089 codes by group, 2,040 different ones" in out
    assert "25 are left out" in out
    return area


def rows_of(area: Path, version: str) -> list[dict[str, str]]:
    return list(csv.DictReader((area / "codelists" / "efi" / version / "codes.csv").read_text().splitlines()))


def test_the_release_holds_the_file_whole_and_exclusions_only_leave_out_in_use(mapped: Path, capsys):
    rows = rows_of(mapped, "2024")
    groups = Counter(r["code"] for r in rows)
    assert (len(rows), len(groups), sum(n > 1 for n in groups.values())) == (2089, 2040, 48)
    out = typed(capsys, "codes", "excluded", "efi", "--area", mapped)[1]
    left_out = list(csv.DictReader(io.StringIO(out)))
    assert len(left_out) == 25
    assert {(r["group"], r["code"]) for r in left_out} <= {(r["group"], r["code"]) for r in rows}
    assert Counter(r["group"] for r in left_out) == {
        "housebound": 13, "falls": 3, "social-vulnerability": 3, "heart-failure": 2, "ckd": 1, "osteoporosis": 1,
        "parkinsons": 1, "respiratory-disease": 1,
    }  # fmt: skip


def test_the_next_run_uses_it_and_says_so(mapped: Path, capsys):
    assert typed(capsys, "run", "--area", mapped, "--as-of", AS_OF)[0] == 0
    used = json.loads(typed(capsys, "show", "codelist", "--area", mapped, "--format", "json")[1])
    efi = next(r for r in used if r["list_id"] == "efi")
    assert (efi["version"], efi["rows"], efi["excluded"], efi["is_starter"]) == ("2024", 2089, 25, False)
    said = typed(capsys, "show", "finding", "--area", mapped, "--format", "csv")[1]
    assert "Reviewed exclusions left out 25 of 2,089 codes of code list efi" in said
    assert typed(capsys, "codes", "pin", "efi", "starter-1", "--area", mapped)[0] == 0
    assert typed(capsys, "run", "--area", mapped, "--as-of", AS_OF)[0] == 0
    used = json.loads(typed(capsys, "show", "codelist", "--area", mapped, "--format", "json")[1])
    assert next(r for r in used if r["list_id"] == "efi")["version"] == "starter-1"


def test_doctor_says_what_is_pinned_and_when_it_was_changed(area: Path, tmp_path: Path, capsys):
    assert "code lists: used as shipped" in typed(capsys, "doctor", "--area", area)[1]
    (tmp_path / "mine.csv").write_text("code\n105504002\n")
    typed(capsys, "codes", "import", tmp_path / "mine.csv", "--as", "carers", "--version", "1", "--area", area)
    assert "code lists: pinned: carers 1" in typed(capsys, "doctor", "--area", area)[1]
    (area / "codelists" / "carers" / "1" / "codes.csv").write_text("code,display\n184140000,\n")
    code, out, _ = typed(capsys, "doctor", "--area", area)
    assert code == 1
    assert "WRONG  code lists: codelists/carers/1/codes.csv is not the file" in out
    code, _, err = typed(capsys, "run", "--area", area, "--as-of", AS_OF)
    assert code == 3
    assert "not the file its manifest describes" in err


def test_two_releases_are_compared_with_the_people_they_touch(mapped: Path, capsys):
    code, out, _ = typed(capsys, "codes", "diff", "efi", "starter-1", "2024", "--area", mapped)
    assert code == 0
    assert "From starter-1 to 2024: 1,972 codes added, 0 removed" in out
    assert "people of the newest snapshot have a record with one of these codes" in out


def test_read_codes_are_their_own_release_and_not_compared_with_snomed(mapped: Path, shared_data: Path, capsys):
    file = shared_data / "clinical" / "efi_codes_ctv3.csv"
    words = ("codes", "import", file, "--as", "efi", "--version", "ctv3", "--no-pin", "--area", mapped)
    code, _, err = typed(capsys, *words)
    assert code == 3
    assert "line 2: 'XE1DV' is not SNOMED CT" in err
    assert "say --system ctv3" in err
    code, out, _ = typed(capsys, *words, "--system", "ctv3")
    assert code == 0
    assert "2,095 codes by group, 2,055 different ones" in out
    code, _, err = typed(capsys, "codes", "diff", "efi", "ctv3", "2024", "--area", mapped)
    assert code == 2
    assert "CTV3 cannot be compared with SNOMED CT" in err


def test_lists_stand_side_by_side(area: Path, tmp_path: Path, capsys):
    (tmp_path / "mine.csv").write_text("code\n105504002\n")
    words = ("codes", "import", tmp_path / "mine.csv", "--as", "carers", "--version", "1", "--area", area)
    code, out, _ = typed(capsys, *words)
    assert code == 0
    assert "No score or flag asks for it" in out
    out = typed(capsys, "codes", "list", "--area", area)[1]
    assert "starter-1" in out
    assert "carers" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("pin", "efi", "1999"), "Its releases: starter-1"),
        (("excluded", "nosuch"), "There are: "),
        (("diff", "efi", "starter-1", "2"), "Its releases: starter-1"),
    ],
)
def test_refusals_say_what_to_type(area: Path, capsys, words, says):
    code, _, err = typed(capsys, "codes", *words, "--area", area)
    assert code == 2
    assert says in err
