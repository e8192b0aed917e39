"""Groups: no row, and no difference of rows, is about few people."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.made_up_people import made_up_people

from carestead.find.risk.groups import levels, subgroups, together
from carestead.reference import load

GROUPS = load("find", "risk")["groups"]


def test_a_small_level_joins_the_smaller_of_its_neighbours():
    level = np.array(["a"] * 40 + ["b"] * 12 + ["c"] * 20 + ["d"] * 30)
    admitted = np.concatenate([np.arange(k) < n for k, n in ((40, 20), (12, 3), (20, 6), (30, 10))])
    assert together(level, admitted, ["a", "b", "c", "d"], 5) == [["a"], ["b", "c"], ["d"]]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8))
def test_no_level_is_left_small_beside_another(sizes):
    order = [f"l{n}" for n in range(len(sizes))]
    level = np.concatenate([np.repeat(name, a + b) for name, (a, b) in zip(order, sizes, strict=True)]).astype(str)
    admitted = np.concatenate([np.repeat([True, False], [a, b]) for a, b in sizes])
    kept = together(level, admitted, order, 5)
    assert [name for each in kept for name in each] == order
    for each in kept if len(kept) > 1 else []:
        inside = np.isin(level, each)
        assert min(admitted[inside].sum(), (~admitted[inside]).sum()) >= 5


def test_levels_are_named_as_the_facts_say():
    people = made_up_people(6)
    columns = {
        **people.columns,
        "age": np.array([0, 17, 18, 79, 80, np.nan]),
        "female": np.array([1, 0, np.nan, 1, 0, 1]),
    }
    from dataclasses import replace

    people = replace(people, columns=columns, ethnicity=np.array(["A", "H", "Z", "", "M", "S"]))
    age = ["under 18", "under 18", "18 to 64", "65 to 79", "80 and over", "not known"]
    assert levels(people, "age", GROUPS["age"]).tolist() == age
    assert levels(people, "female", GROUPS["female"]).tolist()[:3] == ["female", "male", "other or not known"]
    ethnicity = ["White", "Asian", "not stated or not known", "not stated or not known", "Black", "Other"]
    assert levels(people, "ethnicity", GROUPS["ethnicity"]).tolist() == ethnicity


def test_rows_of_each_group_count_everybody_once():
    people = made_up_people(3000)
    points = people.columns["age"] * 10 - 3000
    found = subgroups(people, points, 1 / (1 + np.exp(-points / 1000)), cut=-2200, groups=GROUPS, below=5)
    for facts in GROUPS.values():
        rows = [r for r in found if r["group"] == facts["title"] and not r["withheld"]]
        assert sum(r["people"] for r in rows) == 3000
        assert sum(r["admitted"] for r in rows) == people.admitted.sum()
