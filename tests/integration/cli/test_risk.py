"""A risk fitted, listed, chosen, published and drifted from, as somebody types it."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from carestead import models, results
from carestead.cli import main
from carestead.core.area import open_area
from carestead.find.risk import split

pytest.importorskip("lightgbm")
pytestmark = pytest.mark.slow
AS_OF = "2026-03-31"


@pytest.fixture(scope="module")
def area(made_up_area: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the made-up area in which a model was fitted, chosen, and run."""
    folder = tmp_path_factory.mktemp("risk") / "area"
    shutil.copytree(made_up_area, folder)
    main(["risk", "fit", "--area", str(folder), "--use"])
    main(["run", "--area", str(folder), "--as-of", AS_OF])
    return folder


def test_fitting_again_gives_the_same_model(area: Path, capsys):
    before = models.every(open_area(area))
    main(["risk", "fit", "--area", str(area)])
    assert [m.id for m in models.every(open_area(area))] == [m.id for m in before]
    assert f"model {before[0].id}" in capsys.readouterr().out


def test_the_card_says_on_whom_and_that_it_is_for_evaluation(area: Path):
    kept = models.chosen(open_area(area))
    card = kept.card
    assert card["for"] == "for evaluation, until conformity is assessed"
    assert card["synthetic"]
    assert card["index"]["test"] == "2025-04-01"
    assert not set(card["practices"]["fit"]) & set(card["practices"]["test"])
    assert card["fitted_on"]["people"] > card["tested_on"]["people"] > 100
    assert 0.5 < card["models"]["logistic"]["measures"]["auroc"]["value"] < 1
    assert json.loads((area / "models" / kept.id / "card.json").read_text()) == card


def test_the_run_publishes_a_risk_with_reasons_for_everybody_who_has_not_opted_out(area: Path):
    with results.latest(area) as snapshot:
        said = snapshot.rows(
            """select count(*) as people, count(*) filter (value = points) as agree from score
            join (select person_id, score, sum(points) as points from evidence group by all) using (person_id, score)
            where score = 'admission-risk-evaluation'""",
            ("score", "evidence"),
        )[0]
        registered = snapshot.rows(
            "select count(*) as n from feature where person_id not in (select person_id from opt_out)",
            ("feature", "opt_out"),
        )[0]["n"]
    assert said == {"people": registered, "agree": registered}


def test_every_run_is_held_against_the_fitting(area: Path):
    with results.latest(area) as snapshot:
        items = {r["item"]: r for r in snapshot.rows("from risk_drift", ("risk_drift",))}
    assert items["outcome"]["measure"] == "ratio"
    # the run's last year is the year that the model was tested on: the same people, the same admissions
    assert items["outcome"]["value"] == pytest.approx(1, abs=0.1)


def test_list_and_use(area: Path, capsys):
    kept = models.chosen(open_area(area))
    main(["risk", "list", "--area", str(area)])
    assert f"* {kept.id}" in capsys.readouterr().out
    main(["risk", "use", "none", "--area", str(area)])
    assert models.chosen(open_area(area)) is None
    main(["risk", "use", kept.id, "--area", str(area)])
    assert models.chosen(open_area(area)) == kept


def test_where_records_reach_back_people_are_tested_in_a_later_year(area: Path, monkeypatch, capsys):
    """The made-up records are two years long: that they reach back is taken for granted here."""
    monkeypatch.setattr(split, "by_time", lambda test, counts: split.Dates(date(2024, 10, 1), test))
    before = {m.id for m in models.every(open_area(area))}
    main(["risk", "fit", "--area", str(area)])
    (kept,) = [m for m in models.every(open_area(area)) if m.id not in before]
    assert (kept.card["index"]["fit"], kept.card["index"]["test"]) == ("2024-10-01", "2025-04-01")
    assert "not tested in a later year" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["use", "nothing"], "There is no model nothing"),
        (["fit", "--index-date", "2025-04-02"], "The year from 2025-04-02 is not over on 2026-03-31"),
    ],
)
def test_refusals_say_what_to_type(area: Path, capsys, words, said):
    with pytest.raises(SystemExit) as ended:
        main(["risk", *words, "--area", str(area)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
