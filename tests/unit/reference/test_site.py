"""A site's own files are read as names and what differs, or refused with the file and what is wrong."""

import pytest

from carestead.core.finding import InputError
from carestead.reference.site import own


def test_what_differs_is_read_by_name(tmp_path):
    file = tmp_path / "clocks.yaml"
    assert own(file) == {}
    file.write_text("# nothing yet\n")
    assert own(file) == {}
    file.write_text("hand-over-offer:\n  limit: 3  # agreed in May\n")
    assert own(file) == {"hand-over-offer": {"limit": 3}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"hand-over-offer: {limit: 3", "not valid YAML.* line 1"),
        (b"- hand-over-offer\n", "has no names"),
        (b"hand-over-offer\n", "has no names"),
        (b"hand-over-offer: {from: 2026-02-30}\n", "not valid YAML.* day"),
        ("source: caf\xe9\n".encode("latin-1"), "not text in UTF-8"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path, text, said):
    file = tmp_path / "clocks.yaml"
    file.write_bytes(text)
    with pytest.raises(InputError, match=said) as refused:
        own(file)
    assert str(file) in refused.value.what
    assert refused.value.do
