"""The pair of files for judging links: right sizes, right overlap, real errors, and the truth."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from carestead import synth
from carestead.synth.misspell import typo
from carestead.synth.numbers import mistype, valid
from carestead.synth.streams import stream, top_k


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_four_in_five_people_are_in_both_files(tmp_path: Path, form: str) -> None:
    with duckdb.connect() as con:
        pair = synth.linkage_pair(con, 2_000, 1, tmp_path, form=form)
        both, same_name, same_number = con.sql(
            f"""select count(*), avg((upper(l.family_name) = r.family_name)::int),
                       avg((l.nhs_number = r.nhs_number)::int)
                from '{pair.truth}' a join '{pair.truth}' b using (entity)
                join '{pair.left}' l on l.source_person_id = a.source_person_id
                join '{pair.right}' r on r.source_person_id = b.source_person_id
                where a.file = 'left' and b.file = 'right'"""
        ).fetchall()[0]
        assert con.sql(f"select count(distinct source_person_id) from '{pair.right}'").fetchall() == [(2_000,)]
    assert both == pair.shared == 1_600
    assert 0.85 < same_name < 0.98
    assert 0.97 < same_number < 1


def test_a_typo_is_one_slip() -> None:
    slips = {typo("Patel", how, 0.5, 0.1) for how in (0.0, 0.3, 0.6, 0.9)}
    assert slips == {"Ptel", "Patttel"} or all(abs(len(s) - 5) <= 1 and s != "Patel" for s in slips)
    assert typo("Li", 0.1, 0.1, 0.1) == "Li"


def test_a_mistyped_number_never_passes_its_check() -> None:
    from carestead.core.nhs_number import is_valid

    rng = stream(1, "test")
    numbers = valid(rng, 300)
    assert not any(is_valid(str(n)) for n in mistype(rng, numbers))


def test_too_many_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="8,800,000"):
        valid(stream(1, "test"), 9_000_000)


def test_top_k_draws_exactly_k_and_never_weight_nought() -> None:
    weights = np.tile([1.0, 0.0, 5.0, 2.0], (1_000, 1))
    mask = top_k(stream(1, "k"), weights, np.full(1_000, 2))
    assert (mask.sum(axis=1) == 2).all()
    assert not mask[:, 1].any()
    assert mask[:, 2].mean() > mask[:, 0].mean()


def test_streams_are_apart_and_repeatable() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()
