"""Elixhauser's 31 conditions with van Walraven's and with Swiss points."""

import pytest

from carestead.find.diagnoses.diagnosis_scores import prefix_table
from tests.spec.find.scores.diagnosed import coded, groups_and_points, published, values

PUBLISHED = [
    ("elixhauser-van-walraven", "van_walraven_2009"),
    ("elixhauser-swiss", "swiss_sharma_2021"),
]


@pytest.mark.parametrize(
    ("codes", "van_walraven", "swiss"),
    [
        (["E66"], -4, -6),  # obesity alone: a total below nought is kept
        (["I426", "F10"], 7, 10),  # I426 is heart failure as well as alcohol
        (["I426"], 7, 10),
        (["K703"], 11, 13),  # liver disease and alcohol
        (["F315"], -3, -7),  # psychosis and depression
        (["F11", "D500", "E66"], -13, -16),
        (["I50", "I500", "I110"], 7, 10),  # once; I110 is complicated hypertension too
        (["E66", "R64"], 2, 0),
    ],
)
def test_small_records(scored, codes, van_walraven, swiss):
    assert values(scored("elixhauser-van-walraven", coded(codes))) == {1: van_walraven}
    assert values(scored("elixhauser-swiss", coded(codes))) == {1: swiss}


@pytest.mark.parametrize(
    ("codes", "alone", "both"),
    [(["C50", "C79"], 17, 27), (["I10", "I12"], -3, -7), (["E119", "E112"], -1, 0)],
)
def test_the_severer_counts_alone_unless_the_caller_says_otherwise(scored, codes, alone, both):
    assert values(scored("elixhauser-swiss", coded(codes))) == {1: alone}
    choices = {"elixhauser-swiss": {"hierarchy": False}}
    assert values(scored("elixhauser-swiss", coded(codes), choices=choices)) == {1: both}


def test_fourteen_codes_belong_to_two_groups():
    of_map = [(prefix, item) for prefix, map_, item, _ in prefix_table().rows if map_ == "elixhauser-quan-2005"]
    groups = {code: {item for prefix, item in of_map if code.startswith(prefix)} for code, _ in of_map}
    twice = sorted(code for code, found in groups.items() if len(found) == 2)
    assert twice == [
        "F204", "F315", "G114", "I110", "I120", "I130", "I131", "I132", "I278", "I279", "I426", "K700", "K703", "K709",
    ]  # fmt: skip
    assert max(map(len, groups.values())) == 2


def test_the_evidence_has_a_row_for_each_group_of_a_code(evidence):
    rows = evidence("elixhauser-swiss", coded(["I426", "E66"]))
    assert [(r["item"], r["code_id"], r["points"]) for r in rows] == [
        ("alcohol", 2, -3), ("heart-failure", 2, 13), ("obesity", 1, -6),
    ]  # fmt: skip


@pytest.mark.parametrize(("score", "column"), PUBLISHED)
def test_codes_and_points_are_the_published_ones(shared_data, score, column):
    ours = groups_and_points(score)
    assert len(ours) == 31
    assert ours == published(shared_data, "elixhauser", "quan2005", column)
