"""Every score of diagnoses, engine and files and all, against the same score written in pandas."""

from pathlib import Path

import pytest

from carestead.bench.diagnoses import compare, in_pandas, one_pass, sample
from carestead.bench.measure import Setting
from carestead.bench.prepare import lake_area
from carestead.find.diagnoses.diagnosis_scores import diagnosis_scores


def test_pandas_says_the_same(tmp_path: Path):
    area = lake_area(Setting(20_000, tmp_path))
    files, of_sample, _ = sample(area)
    theirs = {s.name: in_pandas(s.name, *files) for s in diagnosis_scores()}
    assert of_sample > 1000
    assert one_pass(area.path) > 0
    compare(area.path, theirs)
    theirs["hfrs"].iloc[0] += 1
    with pytest.raises(ArithmeticError, match="hfrs"):
        compare(area.path, theirs)
