"""Lines, entries and JSON types, looked at one by one."""

import gzip
import io
import json

import pytest

from carestead.sources.fhir.entries import elements
from carestead.sources.fhir.schema import columns, misfit
from carestead.sources.fhir.sift import parse, place_in_front, too_deep, type_told, without_place
from carestead.sources.lines import read_lines


def test_lines_keep_number_and_offset(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_bytes(b"one\r\n\n three\nlast")
    found = [(x.number, x.offset, x.text) for x in read_lines(path)]
    assert found == [(1, 0, b"one"), (3, 6, b" three"), (4, 13, b"last")]


def test_a_long_line_is_given_by_its_beginning(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_bytes(b"a\n" + b"b" * 1000 + b"\nc\n")
    found = list(read_lines(path, limit=100))
    assert [(x.number, x.too_long) for x in found] == [(1, False), (2, True), (3, False)]
    assert found[2].offset == 1003


def test_a_damaged_gzip_gives_what_comes_before(tmp_path):
    path = tmp_path / "x.ndjson.gz"
    whole = gzip.compress(b"".join(b'{"n": %d, "x": "%s"}\n' % (i, str(i * 7919).encode() * 20) for i in range(9000)))
    path.write_bytes(whole[: len(whole) // 2])
    found = list(read_lines(path))
    assert found[-1].damaged
    assert len(found) > 1000


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        ({"id": "1", "name": [{"given": ["A"]}]}, None),
        ({"id": "1", "name": {"given": ["A"]}}, "name"),
        ({"id": "1", "name": [{"given": "A"}]}, "name[0].given"),
        ({"id": ["1"]}, "id"),
        ({"deceasedBoolean": "no"}, "deceasedBoolean"),
        ({"extension": [{"url": "x", "valueDecimal": 1.5}, {"valueDecimal": {}}]}, "extension[1].valueDecimal"),
        ({"unknown": [[[]]]}, None),
    ],
)
def test_the_first_element_of_the_wrong_type_is_named(resource, where):
    assert misfit(resource, columns("Patient")) == where


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"a": 1}', ""),
        (b'{"a": ', "json.truncated"),
        (b'{"a": 1,}', "json.invalid"),
        (b'{"a": "\xff"}', "encoding.not-utf8"),
        (b"[" * 3000 + b"]" * 3000, "json.too-deep"),
    ],
)
def test_why_a_record_cannot_be_parsed(text, reason):
    assert parse(text)[1] == reason


def test_depth_is_not_fooled_by_brackets_in_strings():
    assert too_deep(b'{"x":' * 101 + b"1" + b"}" * 101)
    assert not too_deep(json.dumps({"x": "[" * 500}).encode())


def test_a_place_in_front_can_be_taken_off_again():
    for text in (b'{"a":1}', b"{}", b'{ "a" : 1 }'):
        assert json.loads(without_place(place_in_front(3, 9, text))) == json.loads(text)
        assert json.loads(place_in_front(3, 9, text))["carestead_row"] == 9


def test_a_broken_record_still_tells_its_type():
    assert type_told(b'{"resourceType" : "Condition", "id": "') == "Condition"
    assert type_told(b"nonsense", "Patient") == "Patient"


def bundle(*entries: bytes) -> bytes:
    return b'{"resourceType":"Bundle","entry":[' + b",".join(entries) + b"]}"


def taken(text: bytes, limit: int = 10_000):
    return [(t, r) for _, t, r in elements(io.BytesIO(text), limit)]


def test_entries_are_taken_one_by_one():
    one, two = b'{"resource":{"x":"]}\\"{"}}', b'{"resource":{"y":[1,{}]}}'
    assert taken(bundle(one, two)) == [(one, ""), (two, "")]


def test_good_entries_before_and_after_a_broken_one_are_kept():
    good, broken = b'{"resource":{"id":"1"}}', b'{"resource":{"id":"2"}'
    assert taken(bundle(good, broken, good, good)) == [
        (good, ""),
        (broken + b",", "json.invalid"),
        (good, ""),
        (good, ""),
    ]
    assert taken(bundle(good, good)[:-10])[0] == (good, "")
    assert taken(bundle(good, good)[:-10])[1][1] == "json.truncated"


def test_an_entry_too_long_is_passed_over():
    long = b'{"resource":{"id":"' + b"x" * 3_000_000 + b'", "y": "}"}}'
    good = b'{"resource":{"id":"1"}}'
    found = taken(bundle(good, long, good), limit=1_200_000)
    assert [r for _, r in found] == ["", "line.too-long", ""]
