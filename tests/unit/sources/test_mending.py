"""Files of which a few lines are broken: the others keep their numbers, and are read in bulk."""

import gzip
import json
import random

import duckdb
import pytest

from carestead.sources import lines as lines_module
from carestead.sources.fhir.connection import objects
from carestead.sources.fhir.mend import broken_lines, without
from carestead.sources.fhir.stage import Stage
from carestead.sources.lines import has_blank, numbered, read_lines


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_numbered_lines_are_those_read_one_by_one(tmp_path, monkeypatch, packed, ending):
    monkeypatch.setattr(lines_module, "_BLOCK", 64)
    chance = random.Random(7)
    texts = [chance.choice([b"", b"  ", b"x" * chance.randrange(1, 150)]) + b"%d" % i for i in range(300)]
    texts[5:8] = [b"", b" \t", b""]
    path = tmp_path / "x"
    whole = ending.join(texts)
    path.write_bytes(gzip.compress(whole) if packed else whole)
    all_lines = list(read_lines(path))
    wanted = sorted(chance.sample(range(1, len(all_lines) + 1), 40))
    found = [(x.offset, x.text) for x in numbered(path, wanted)]
    assert found == [(all_lines[n - 1].offset, all_lines[n - 1].text) for n in wanted]
    assert list(numbered(path, [])) == []


@pytest.mark.parametrize(
    ("block", "blank"),
    [
        (b"a\nb\n", False),
        (b"a\n\nb", True),
        (b"\na\n", True),
        (b"a\n \t\r\nb\n", True),
        (b"a", False),
        (b" a\nb", False),
    ],
)
def test_a_blank_line_is_seen(block, blank):
    assert has_blank(block) == blank


def test_broken_lines_are_found_and_replaced(tmp_path):
    path, to = tmp_path / "x.ndjson", tmp_path / "y.ndjson"
    path.write_bytes(b'{"a":1}\n{"a":\n{"a":3}\r\n\xff\n{"a":5}')
    broken = broken_lines(duckdb.connect(), objects(path), path)
    assert [(x.number, x.text) for x in broken] == [(2, b'{"a":'), (4, b"\xff")]
    assert without(path, broken, to)
    assert to.read_bytes() == b'{"a":1}\n{}\n{"a":3}\r\n{}\n{"a":5}'
    path.write_bytes(b'{"a":1}\n\n{"a":\n')
    assert not without(path, broken_lines(duckdb.connect(), objects(path), path), to)


def condition(n, **more):
    return json.dumps(
        {
            "resourceType": "Condition",
            "id": f"c{n}",
            "subject": {"reference": "Patient/p1"},
            "code": {"text": "x"},
            **more,
        }
    )


@pytest.fixture
def no_sifting(monkeypatch):
    """Fails the test when a whole file is sorted line by line."""
    monkeypatch.setattr("carestead.sources.fhir.stage.sift", lambda *_: pytest.fail("sorted line by line"))


def test_a_file_with_broken_lines_is_still_read_in_bulk(tmp_path, take, rows, no_sifting):
    src = tmp_path / "src"
    src.mkdir()
    (src / "Patient.ndjson").write_text('{"resourceType":"Patient","id":"p1"}\n')
    texts = [condition(n) for n in range(1, 2001)]
    texts[9] = condition(10, onsetDateTime="2019-02-30")
    texts[499] = '{"resourceType":"Condition","id":"c500","subject":'
    texts[1998] = condition(1999, subject=None)
    texts[1999] = '{"resourceType":"Basic","id":"b"'
    (src / "Condition.ndjson").write_text("\n".join(texts))
    report = take(src)
    assert report.totals() == {"read": 2001, "loaded": 1997, "ignored": 0, "quarantined": 4}
    refused = [(q["source_row"], q["type"], q["reason"], q["text"]) for q in rows("quarantine")]
    assert sorted(refused) == [
        (10, "Condition", "date.impossible", texts[9]),
        (500, "Condition", "json.truncated", texts[499]),
        (1999, "Condition", "reference.no-subject", texts[1998]),
        (2000, "Basic", "json.truncated", texts[1999]),
    ]
    assert all(e["source_row_key"] == f"Condition/c{e['source_row']}" for e in rows("event"))


def test_a_byte_order_mark_costs_nothing_but_one_line(tmp_path, take, rows, no_sifting):
    src = tmp_path / "src"
    src.mkdir()
    (src / "Patient.ndjson").write_bytes(b'\xef\xbb\xbf{"resourceType":"Patient","id":"p1"}\n')
    (src / "Condition.ndjson").write_text("\n".join(condition(n) for n in range(1, 4)))
    assert take(src).totals() == {"read": 4, "loaded": 4, "ignored": 0, "quarantined": 0}
    assert [p["source_row"] for p in rows("patient")] == [1]


def test_a_broken_line_among_types_that_are_not_read(tmp_path, take, rows, no_sifting):
    src = tmp_path / "src"
    src.mkdir()
    (src / "Patient.ndjson").write_text('{"resourceType":"Patient","id":"p1"}\n')
    (src / "Basic.ndjson").write_text('{"resourceType":"Basic","id":"1"}\n{"resourceType":"Basic"\n')
    assert take(src).totals() == {"read": 3, "loaded": 1, "ignored": 1, "quarantined": 1}
    assert [(q["type"], q["source_row"]) for q in rows("quarantine")] == [("Basic", 2)]


def test_files_are_read_ahead_whatever_their_order(tmp_path, take, rows, monkeypatch):
    read = []
    before = Stage._read
    monkeypatch.setattr(Stage, "_read", lambda self, con, path, *a: (read.append(path), before(self, con, path, *a))[1])
    src = tmp_path / "src"
    src.mkdir()
    (src / "Patient.ndjson").write_text('{"resourceType":"Patient","id":"p1"}\n')
    for i in range(3):
        (src / f"Condition.{i}.ndjson").write_text("\n".join(condition(10 * i + n) for n in range(i + 1)))
    assert take(src).totals()["loaded"] == 7
    assert len(read) == len(set(read)) == 4
    assert sorted(e["source_row"] for e in rows("event")) == [1, 1, 1, 2, 2, 3]
