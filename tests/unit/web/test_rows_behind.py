"""Every reason that the register's rule can word leads to what it is about."""

from collections import defaultdict

import pytest

from carestead.reference import load, names
from carestead.web.find.rows_behind import about, rows_behind, rows_of_sudden

SAID = defaultdict(list)
"""What each wording of the rule may be about: two rules may say the same."""
for _facts in load("find", "register")["lists"].values():
    for _said in _facts.get("any", ()):
        SAID[_said["words"].format(value="14", percent="37%", nights="3 nights")].append(_said)


@pytest.mark.parametrize("words", SAID)
def test_each_rule_is_found_by_its_words(words):
    kind, name = about(words)
    assert any(said.get(kind) == name for said in SAID[words])
    assert about(words.lower()) == (kind, name)


def test_the_addresses_are_those_of_the_rows():
    assert rows_behind(7, "Severe frailty: 14 of 36 deficits (eFI)") == "/people/7/why/efi/"
    assert rows_behind(7, "Dementia") == "/people/7/why/#flags"
    assert rows_behind(7, "Has home care") == "/people/7/record/?kind=care-package"
    assert rows_behind(7, "A word that no rule has") == "/people/7/why/#lists"


def test_scores_that_the_rule_asks_have_a_name():
    from carestead.web.find.naming import asked_scores, score_name

    known = asked_scores() & set(names("scores"))
    assert known
    assert all(score_name(s) != s for s in known)


@pytest.mark.parametrize("entry", load("find", "register")["sudden"])
def test_each_sudden_entry_leads_to_what_shows_it(entry):
    where = {"carer-died": "/people/7/", "first-palliative": "/people/7/why/#flags"}
    where["new-care-home"] = "/people/7/record/?kind=care-package"
    assert rows_of_sudden(7, entry) == where.get(entry, "/people/7/record/?kind=admission")
