"""How near the bands of a score are to the published shares."""

from carestead.measure.bands import chart, compare, sentence

PUBLISHED = {"fit": 50, "mild": 35, "moderate": 12, "severe": 3}


def test_the_difference_in_points_and_in_people():
    found = compare({"fit": 540, "mild": 320, "moderate": 105, "severe": 35}, PUBLISHED)
    assert [(b.name, round(b.points, 1), b.more(1000)) for b in found.bands] == [
        ("fit", 4.0, 40),
        ("mild", -3.0, -30),
        ("moderate", -1.5, -15),
        ("severe", 0.5, 5),
    ]
    assert sentence(found) == (
        "Of 1,000 people every band is within 4.0 points of the published share; "
        "furthest is fit, by 4.0 percentage points, or 40 people more."
    )
    assert [b.said for b in chart(found, "eFI").bars][1] == "32.0%, -3.0 points"


def test_a_small_band_is_withheld_with_the_next_smallest():
    found = compare({"fit": 54, "mild": 32, "moderate": 10, "severe": 4}, PUBLISHED)
    assert [b.people for b in found.bands] == [54, 32, None, None]
    assert "severe" not in [b.label.lower() for b in chart(found, "eFI").bars]


def test_too_few_to_compare():
    found = compare({"severe": 3}, PUBLISHED)
    assert found.total is None
    assert sentence(found) == "There are too few people to compare with what was published."
