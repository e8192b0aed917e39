"""Facts in the house are dated files that say where they come from."""

import pytest

from carestead import reference
from carestead.core import coding
from carestead.find import items
from carestead.reference.exclusions import exclusions

FILES = dict(reference.every_file())


@pytest.mark.parametrize("path", FILES)
def test_every_reference_file_names_its_source(path):
    facts = FILES[path]
    assert isinstance(facts, dict), f"{path} must be a mapping"
    assert str(facts.get("source") or "").strip(), f"{path} must say where its facts were published: source: ..."


def test_every_code_list_is_the_one_its_manifest_describes():
    for name in reference.codelists():
        found = reference.codelist(*name.split("/"))
        assert f"{found.id}/{found.version}" == name
        assert found.rows


@pytest.mark.parametrize("name", reference.codelists())
def test_every_code_of_a_shipped_list_is_of_its_system(name):
    codes = reference.codelist(*name.split("/")).codes()
    assert [(code, fault) for system, code in codes if (fault := coding.system(system).fault(code))] == []


@pytest.mark.parametrize("id", reference.names("exclusions"))
def test_every_exclusion_is_a_code_and_says_why(id):
    found = exclusions(id)
    assert found
    assert [e for e in found if coding.system(e.code.system).fault(e.code.code) or not e.reason] == []
    assert len({(e.group, e.code) for e in found}) == len(found)


@pytest.mark.parametrize("id", reference.names("codelists"))
def test_every_group_of_a_shipped_list_is_looked_for(id):
    """Else a site could not import its own list with the groups of ours."""
    known = items.known_groups(id)
    assert not known or set(reference.default_codelist(id).groups()) <= known
