"""The worked example of the notebook page runs as it is printed."""

import re
from pathlib import Path

import pytest

from carestead import notebook as cs
from carestead.core.finding import InputError, UsageError

PAGE = Path(__file__).parents[3] / "docs" / "find-in-a-notebook.md"


def test_every_block_of_the_page_runs(capsys):
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    said = capsys.readouterr().out
    assert "Electronic Frailty Index: 3 of 36 deficits, fit" in said
    assert "snomed" not in said.splitlines()[0]


def test_tables_of_pandas_are_taken_as_they_are():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([{"person_id": 1, "date": "2024-01-01", "system": "snomed", "code": "161898004"}])
    assert cs.score("efi", "2025-06-30", event=frame).num_rows == 1


@pytest.mark.parametrize(
    ("tables", "refusal", "says"),
    [
        ({"events": []}, UsageError, "There is no table events"),
        ({"event": [{"person_id": 1, "code": "161898004"}]}, InputError, "has no system"),
        ({"event": [{"person_id": 1, "when": "2024-01-01"}]}, InputError, "has no column when"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can(tables, refusal, says):
    with pytest.raises(refusal, match=says):
        cs.score("efi", "2025-06-30", **tables)


def test_an_unknown_score_is_answered_with_those_there_are():
    with pytest.raises(UsageError, match="hfrs"):
        cs.score("hfsr", "2025-06-30")


def test_evidence_that_one_step_gives_for_several_scores():
    met = [{"person_id": 1, "kind": kind, "start_date": "2025-06-01"} for kind in ("gp-appointment", "outpatient")]
    shown = cs.evidence("contacts", "2025-06-30", encounter=met)
    assert [(r["item"], r["points"]) for r in shown.to_pylist()] == [("gp-appointment", 1.0), ("outpatient", 1.0)]
    assert cs.explain("contacts", 1, cs.score("contacts", "2025-06-30", encounter=met), shown).count("\n") == 5
