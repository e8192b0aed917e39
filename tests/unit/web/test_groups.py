"""A worker learns from the published tables which group's desk answers for a practice."""

from carestead import results
from carestead.core.area import create_area


def test_the_group_of_each_practice(small_area, tmp_path):
    assert results.practice_groups(small_area)["Y00001"] == "GRP1"
    assert results.practice_groups(create_area(tmp_path / "new", name="New")) == {}
