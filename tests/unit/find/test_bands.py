"""Bands in whole numbers."""

from carestead.find.bands import HIGHEST, band_table


def test_a_band_begins_where_the_last_ended():
    bands = [{"name": "low", "below": 5}, {"name": "intermediate", "up_to": 15}, {"name": "high"}]
    assert band_table("b", bands, scale=10).rows == (("low", 0, 49), ("intermediate", 50, 150), ("high", 151, HIGHEST))
