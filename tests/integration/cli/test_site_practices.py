"""A site writes how its practices are reached: doctor says of which it does not, and names every slip."""

import shutil
from pathlib import Path

import pytest

from tests.integration.cli.test_messages import typed


@pytest.fixture
def area(made_up_area: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_up_area, tmp_path / "area")


def practices(area: Path) -> tuple[int, str]:
    told = typed("doctor", "--area", area)
    return told.returncode, next(line for line in told.stdout.splitlines() if " practices: " in line)


def test_doctor_says_of_which_practice_nobody_said_the_number(area: Path):
    code, line = practices(area)
    assert code == 0
    assert line.startswith("ok     practices: 0 as practices.yaml says; ")
    codes = line.rpartition(": ")[2].split(" and ")[0].split(", ")
    (area / "practices.yaml").write_text(f"{codes[0]}: {{phone: 01632 960001}}\n", encoding="utf-8")
    assert practices(area)[1].startswith("ok     practices: 1 as practices.yaml says")
    assert codes[0] not in practices(area)[1]


def test_doctor_names_every_slip_with_the_file_and_what_to_write(area: Path):
    (area / "practices.yaml").write_text("Z99999: {phone: 01632 960001}\nY00001: {phone: 112}\n", encoding="utf-8")
    code, line = practices(area)
    assert code == 1
    assert line.startswith("WRONG  practices: ")
    assert "practices.yaml: there is no practice Z99999. There are, for instance: " in line
    assert "practices.yaml: Y00001 has the phone 112, which is no text. Put it in quotation marks" in line


@pytest.mark.parametrize("text", ["Y00001: [\n", "- Y00001\n"])
def test_doctor_says_of_a_file_that_is_none_what_to_do(area: Path, text: str):
    (area / "practices.yaml").write_text(text, encoding="utf-8")
    code, line = practices(area)
    assert code == 1
    assert str(area / "practices.yaml") in line
    assert line.endswith(("Correct it.", "what is said of it."))


def test_before_anything_is_published_codes_cannot_be_judged(tmp_path: Path):
    assert typed("init", "--area", tmp_path / "area").returncode == 0
    (tmp_path / "area" / "practices.yaml").write_text("Z99999: {phone: 01632 960001}\n", encoding="utf-8")
    assert practices(tmp_path / "area")[1] == "ok     practices: 1 as practices.yaml says"
