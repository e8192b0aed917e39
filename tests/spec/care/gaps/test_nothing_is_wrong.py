"""In a world in which everything is as it should be, nothing is found."""

from datetime import UTC, datetime

import pytest

from carestead.care.gaps import invariants
from tests.spec.care.gaps.world import gaps, well


@pytest.mark.parametrize("id", [i.id for i in invariants()])
def test_nothing_is_found_where_nothing_is_wrong(id):
    assert gaps(id, well()) == []


@pytest.mark.parametrize("id", [i.id for i in invariants()])
def test_nothing_is_found_where_there_is_nothing(id):
    assert gaps(id, {}, datetime(2026, 3, 31, 2, 10, tzinfo=UTC)) == []
