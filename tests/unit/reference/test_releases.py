"""Releases side by side, what changed between two, and what reviewed exclusions leave out."""

import pytest

from carestead.core.coding import Code
from carestead.core.finding import UsageError
from carestead.reference import Codelist, codelist, default_codelist, names
from carestead.reference.exclusions import exclusions, removed, reviewed
from carestead.reference.releases import changes, in_use, release, releases


def made(*rows: tuple[str, str], system: str = "snomed", id: str = "efi") -> Codelist:
    return Codelist(id, "test", "Made up", "made up", tuple({"group": g, "code": c} for g, c in rows), system)


def test_what_changed_is_said_group_by_group():
    old = made(("falls", "1912002"), ("falls", "161898004"), ("ckd", "90688005"))
    new = made(("falls", "1912002"), ("falls", "217082002"), ("ckd", "90688005"), ("anaemia", "271737000"))
    found = {c.group: (c.added.values, c.removed.values) for c in changes(old, new)}
    assert found == {
        "anaemia": ({"271737000"}, frozenset()),
        "falls": ({"217082002"}, {"161898004"}),
    }
    assert changes(old, old) == []


@pytest.mark.parametrize("rows", [[("falls", "16D2.")], [("anaemia", "D00..")]])
def test_lists_of_two_systems_are_not_compared(rows):
    with pytest.raises(UsageError, match="SNOMED CT cannot be compared with CTV3"):
        changes(made(("falls", "1912002")), made(*rows, system="ctv3"))


def test_the_shipped_release_is_in_use_where_nothing_is_pinned(tmp_path):
    assert in_use() == in_use(tmp_path)
    assert in_use()["efi"].read() == default_codelist("efi")
    assert {r.id for r in releases()} == set(names("codelists"))


def test_an_unknown_release_is_answered_with_those_there_are():
    with pytest.raises(UsageError, match="Its releases: starter-1"):
        release("efi", "2024")
    with pytest.raises(UsageError, match=r"There are: .*efi"):
        release("nosuch", "1")


def test_a_mistaken_code_is_left_out_of_the_one_group_it_is_mistaken_in():
    given = made(("ckd", "73211009"), ("diabetes", "73211009"), ("ckd", "127013003"), ("diabetes", "127013003"))
    assert sorted(reviewed(given).codes("ckd")) == [("snomed", "127013003")]
    assert len(list(reviewed(given).codes("diabetes"))) == 2
    (what,) = removed(given)
    assert (what.group, what.code) == ("ckd", Code("snomed", "73211009"))
    assert "not a kidney disease" in what.reason
    assert len(given.rows) == 4


def test_exclusions_are_of_a_list_and_of_a_system():
    assert removed(made(("ckd", "73211009"), id="other")) == ()
    assert exclusions("other") == ()
    assert removed(made(("ckd", "73211009"), system="ctv3")) == ()


def test_the_shipped_list_has_nothing_to_leave_out():
    assert removed(codelist("efi", "starter-1")) == ()


def test_a_flag_is_not_raised_by_old_age_or_a_home_visit():
    fall = Codelist("fall", "1", "", "made up", ({"code": "49808004"}, {"code": "1912002"}), "snomed")
    assert list(reviewed(fall).codes()) == [("snomed", "1912002")]
    visits = made(("anything", "185460008"), ("anything", "160689007"), id="housebound")
    assert list(reviewed(visits).codes()) == [("snomed", "160689007")]
    assert [e.code.code for e in removed(visits)] == ["185460008"]
