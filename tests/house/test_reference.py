"""Facts in the house are dated files that say where they come from."""

import pytest

from carestead import reference

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
