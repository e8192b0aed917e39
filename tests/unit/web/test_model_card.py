"""The model card: what it says, to whom, and what it withholds."""

import csv
import html
import re
import shutil

import pytest

from carestead import models
from carestead.core.area import open_area
from carestead.web import published


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.mark.parametrize("persona", ["analyst", "lead"])
def test_it_says_first_what_it_is_not(pages, persona):
    said = text(pages(persona).get("/model-card/"))
    first = said[said.index("Model card: risk") :]
    for fact in (
        "For evaluation, until conformity is assessed.",
        "Everybody here is made up.",
        "They say nothing of real people, and nothing of whether anybody is helped.",
        "Version made-up, not in use",
        "What it is not for",
        "PRISMATIC, 32 practices and 230,099 people",
    ):
        assert fact in first
    assert first.index("Everybody here is made up") < first.index("AUROC 0.")


def test_it_shows_every_measure_with_its_interval(pages, small_area):
    card = models.read(open_area(small_area), "made-up").card
    said = text(pages("analyst").get("/model-card/made-up/"))
    for estimate in card["models"]["logistic"]["measures"].values():
        assert f"{estimate['value']:.3f} {estimate['lower']:.3f} to {estimate['upper']:.3f}" in said
    for words in ("Ethnicity: Asian", "Practice: Quarry Lane Practice", "SPARRAv4", "16 Training versus evaluation"):
        assert words in said
    assert "{" not in said


@pytest.mark.parametrize("sheet", ["measures", "comparators", "calibration", "decisions", "groups", "importance"])
def test_each_table_can_be_taken_away_with_its_numbers(pages, sheet):
    rows = list(csv.reader(pages("analyst").get(f"/model-card/made-up/{sheet}.csv").content.decode().splitlines()))
    assert len(rows) > 3
    assert all(len(r) == len(rows[0]) for r in rows)
    if sheet == "measures":
        assert rows[0][1:4] == ["Logistic (used)", "Logistic (used), lower 95%", "Logistic (used), upper 95%"]
        assert float(rows[1][2]) < float(rows[1][1]) < float(rows[1][3])


@pytest.mark.parametrize("address", ["/model-card/other/", "/model-card/made-up/other.csv"])
def test_what_is_not_there_is_not_found(pages, address):
    assert pages("analyst").get(address).status_code == 404


@pytest.mark.parametrize("persona", ["gp", "coordinator", "partner", "commissioner"])
def test_others_have_no_business_here(pages, persona):
    assert pages(persona).get("/model-card/").status_code == 403


def test_without_a_model_it_says_how_to_fit_one(pages, small_area, settings, tmp_path):
    client = pages("analyst")
    settings.AREA = tmp_path / "area"
    shutil.copytree(small_area, settings.AREA, ignore=shutil.ignore_patterns("models"))
    published.forget()
    assert "carestead risk fit" in text(client.get("/model-card/"))
