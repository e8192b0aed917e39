"""Killed, crowded out, without room, without permission, and fed with rubbish: nothing good is lost."""

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carestead.core.finding import StorageError
from carestead.sources import ingest

SCRIPT = """
import resource, sys, json, os
from datetime import date
from pathlib import Path
import duckdb
from carestead.core.finding import CaresteadError
from carestead.sources import ingest
limit, user = int(sys.argv[3]), int(sys.argv[4])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
if user:
    os.setuid(user)
try:
    report = ingest(lambda: duckdb.connect(config={"threads": 2}), Path(sys.argv[1]), [Path(sys.argv[2])],
                    delivered_on=date(2026, 1, 1))
except CaresteadError as error:
    print(error)
    sys.exit(error.exit_code)
# this process's own peak: the kernel's ru_maxrss starts from that of the test run which started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(json.dumps({"totals": report.totals(), "rss": int(peak.split()[1])}))
"""


def start(area: Path, folder: Path, limit: int = 0, user: int = 0) -> subprocess.Popen[str]:
    src = Path(__file__).parents[3] / "src"
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(area), str(folder), str(limit), str(user)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(src)},
    )  # fmt: skip


def people(n: int) -> bytes:
    return b"".join(b'{"resourceType":"Patient","id":"p%d","birthDate":"1950-01-01"}\n' % i for i in range(n))


def conditions(n: int, start: int = 0) -> bytes:
    line = b'{"resourceType":"Condition","id":"c%d","subject":{"reference":"Patient/p%d"},"code":{"text":"x %d"}}\n'
    return b"".join(line % (i, i % 50, i) for i in range(start, start + n))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "gp"
    made.mkdir()
    (made / "Patient.ndjson").write_bytes(people(50))
    (made / "Condition.ndjson").write_bytes(conditions(60_000))
    return made


def new_area(place: Path) -> Path:
    place.mkdir()
    (place / "area.json").write_text('{"format": 1, "name": "test", "buckets": 4, "synthetic": true}')
    return place


def content(area: Path, table: str) -> list[tuple]:
    paths = [str(p) for p in (area / "deliveries").glob(f"*/*/{table}.parquet")]
    con = duckdb.connect()
    found = con.execute(
        "select * exclude (source_file) from read_parquet($paths) order by all", {"paths": paths}
    ).fetchall()
    con.close()
    return found


@pytest.mark.slow
def test_killed_at_any_instant_the_next_run_gives_the_same_rows(tmp_path):
    folder = tmp_path / "gp"
    folder.mkdir()
    (folder / "Patient.ndjson").write_bytes(people(50))
    for i in range(3):
        with gzip.open(folder / f"Condition.00{i}.ndjson.gz", "wb", compresslevel=0) as file:
            file.write(conditions(20_000, i * 20_000))
    whole = new_area(tmp_path / "whole")
    began = time.monotonic()
    process = start(whole, folder)
    process.communicate()
    seconds = time.monotonic() - began
    assert process.returncode == 0
    area = new_area(tmp_path / "killed")
    for i in range(8):
        process = start(area, folder)
        time.sleep(seconds * (0.35 + 0.6 * i / 8))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for delivery in (area / "deliveries").glob("gp/*"):
            assert (delivery / "delivery.json").is_file()
    process = start(area, folder)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert not list((area / "deliveries").glob(".tmp*"))
    for table in ("patient", "event"):
        assert content(area, table) == content(whole, table)


def test_two_at_once_one_is_told_to_wait(tmp_path, folder):
    area = new_area(tmp_path / "area")
    both = [start(area, folder), start(area, folder)]
    said = [p.communicate()[0] for p in both]
    codes = sorted(p.returncode for p in both)
    assert codes in ([0, 0], [0, 4])
    if codes == [0, 4]:
        assert any("is being written by process" in s for s in said)
    assert len(content(area, "event")) == 60_000


def test_a_full_disk_leaves_nothing_half_written(tmp_path, folder):
    area = new_area(tmp_path / "area")
    process = start(area, folder, limit=200_000)
    said, trace = process.communicate()
    assert (process.returncode, trace) == (5, "")
    assert "is full" in said
    assert not list((area / "deliveries").glob("gp/*"))
    process = start(area, folder)
    process.communicate()
    assert len(content(area, "event")) == 60_000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without permission")
def test_without_permission_a_sentence_and_no_trace(tmp_path_factory, folder):
    for parent in [folder, *folder.parents][:5]:  # one folder more where several processes share the tests
        parent.chmod(parent.stat().st_mode | 0o055)
    for path in folder.iterdir():
        path.chmod(0o644)
    area = new_area(folder.parent / "area")
    area.chmod(0o755)
    process = start(area, folder, user=65534)
    said, trace = process.communicate()
    if (
        "ModuleNotFoundError" in trace
        or "can't open file" in trace
        or "PermissionError" in trace.partition("carestead")[0]
    ):
        pytest.skip("the interpreter itself may only be used by root here")
    assert (process.returncode, trace) == (5, "")
    assert "may not write in" in said


def test_a_line_of_300_megabytes_is_refused_in_little_memory(tmp_path):
    folder = tmp_path / "gp"
    folder.mkdir()
    (folder / "Patient.ndjson").write_bytes(people(3))
    with open(folder / "Condition.ndjson", "wb") as file:
        file.write(conditions(1))
        file.write(b'{"resourceType":"Condition","id":"long","note":[{"text":"')
        for _ in range(300):
            file.write(b"x" * 1_000_000)
        file.write(b'"}]}\n')
        file.write(conditions(2, 1))
    area = new_area(tmp_path / "area")
    process = start(area, folder)
    said, trace = process.communicate()
    assert process.returncode == 0, trace
    made = json.loads(said)
    assert made["totals"] == {"read": 7, "loaded": 6, "ignored": 0, "quarantined": 1}
    assert made["rss"] < 700_000
    (refused,) = content(area, "quarantine")
    assert "line.too-long" in refused
    assert 10_000 in {len(v) for v in refused if isinstance(v, str)}


def test_storage_errors_are_recognised(tmp_path, folder):
    area = new_area(tmp_path / "area")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StorageError, match="Free some space"):
            ingest(duckdb.connect, area, [folder], delivered_on=date(2026, 1, 1))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


LINES = (people(3) + conditions(5)).splitlines()
EDITS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 90), st.binary(max_size=4)), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, order=st.permutations(range(8)))
def test_whatever_happens_to_the_bytes_every_line_is_accounted_for(tmp_path_factory, edits, order):
    place = tmp_path_factory.mktemp("mutated")
    lines = [LINES[i] for i in order]
    for line, at, new in edits:
        new = new.replace(b"\n", b" ").replace(b"\r", b" ")
        lines[line] = lines[line][:at] + new + lines[line][at + len(new) + 1 :]
    folder = place / "gp"
    folder.mkdir()
    (folder / "Patient.ndjson").write_bytes(b"\n".join(lines))
    area = new_area(place / "area")
    totals = ingest(duckdb.connect, area, [folder], delivered_on=date(2026, 1, 1)).totals()
    assert totals["read"] == sum(bool(x.strip()) for x in lines)
    assert totals["read"] == totals["loaded"] + totals["ignored"] + totals["quarantined"]
    untouched = 8 - len({line for line, _, _ in edits})
    assert totals["loaded"] >= untouched
    assert len(content(area, "quarantine")) == totals["quarantined"]
