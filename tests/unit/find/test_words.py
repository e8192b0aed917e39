"""Short names become the words that people use."""

import pytest

from carestead.find import item_name
from carestead.find.items import catalogue
from carestead.find.words import in_words, within


@pytest.mark.parametrize(
    ("name", "words"),
    [("stroke-tia", "Stroke or TIA"), ("copd-review", "COPD review"), ("hearing-loss", "Hearing loss")],
)
def test_a_short_name_in_words(name, words):
    assert in_words(name) == words


def test_capitals_that_belong_to_a_word_stay_within_a_sentence():
    assert within("COPD review") == "COPD review"
    assert within("Falls assessment") == "falls assessment"


def test_no_item_that_people_read_has_a_hyphenated_name():
    names = [item_name(i.score, i.name) for i in catalogue()]
    assert names
    assert not [n for n in names if "_" in n or n.islower()]
