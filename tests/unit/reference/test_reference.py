"""The reader of dated facts refuses what it cannot vouch for."""

import hashlib

import pytest

from carestead import reference
from carestead.core.finding import InputError, UsageError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(reference, "_root", lambda: tmp_path)
    reference._text.cache_clear()
    yield tmp_path
    reference._text.cache_clear()


def _codelist(folder, rows: int, digest: str | None = None) -> None:
    home = folder / "codelists" / "falls" / "2024"
    home.mkdir(parents=True)
    data = b"code,term\nW19,Unspecified fall\nW01,Fall on same level\n"
    (home / "codes.csv").write_bytes(data)
    sha = digest or hashlib.sha256(data).hexdigest()
    (home / "manifest.yaml").write_text(
        f"id: falls\nversion: 2024\ntitle: Falls\nsource: ICD-10\nrows: {rows}\nsha256: {sha}"
    )


def test_load_gives_the_facts_and_a_fresh_dict_each_time(folder):
    (folder / "scores").mkdir()
    (folder / "scores" / "hfrs.yaml").write_text("source: Gilbert 2018\npoints: {F00: 7.1}\n")
    reference.load("scores", "hfrs")["points"]["F00"] = 0
    assert reference.load("scores", "hfrs")["points"] == {"F00": 7.1}
    assert reference.names("scores") == ["hfrs"]


def test_an_unknown_name_is_answered_with_those_there_are(folder):
    (folder / "scores").mkdir()
    (folder / "scores" / "hfrs.yaml").write_text("source: x\n")
    with pytest.raises(UsageError, match="There are: hfrs"):
        reference.load("scores", "hfsr")


def test_facts_without_a_source_are_refused(folder):
    (folder / "scores").mkdir()
    (folder / "scores" / "new.yaml").write_text("points: {F00: 7.1}\n")
    with pytest.raises(InputError, match="does not name its source"):
        reference.load("scores", "new")


def test_a_code_list_is_read_when_count_and_hash_agree(folder):
    _codelist(folder, rows=2)
    found = reference.codelist("falls", "2024")
    assert [r["code"] for r in found.rows] == ["W19", "W01"]
    assert (found.id, found.version) == ("falls", "2024")
    assert reference.codelists() == ["falls/2024"]


@pytest.mark.parametrize(("rows", "digest"), [(3, None), (2, "0" * 64)])
def test_a_code_list_that_was_changed_is_refused(folder, rows, digest):
    _codelist(folder, rows, digest)
    with pytest.raises(InputError, match="not the file its manifest describes"):
        reference.codelist("falls", "2024")


def test_a_missing_version_is_answered_with_those_there_are(folder):
    _codelist(folder, rows=2)
    with pytest.raises(UsageError, match="falls/2024"):
        reference.codelist("falls", "2025")
