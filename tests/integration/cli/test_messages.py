"""Feeds and the watched folder as somebody types them, each time as a process: the store is set up once in each."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]


def typed(*words: object) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CARESTEAD_", "DJANGO_"))}
    command = [sys.executable, "-m", "carestead", *(str(w) for w in words)]
    paths = {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, env=environment | paths, timeout=120, check=False)


def test_a_feed_is_opened_heard_and_its_files_are_taken(tmp_path: Path):
    area = tmp_path / "area"
    assert typed("init", "--area", area).returncode == 0
    opened = typed("feed", "open", "teasel", "--name", "Teasel Hospital", "--every", 60, "--area", area)
    assert (opened.returncode, len(opened.stdout.strip())) == (0, 43), opened.stderr
    again = typed("feed", "open", "teasel", "--name", "Teasel Hospital", "--every", 60, "--area", area)
    assert (again.returncode, again.stderr.splitlines()[0]) == (2, "carestead: There is already a feed teasel.")
    assert "SILENT, never heard" in typed("feed", "list", "--area", area).stdout

    inbox = tmp_path / "in" / "teasel"
    inbox.mkdir(parents=True)
    (inbox / "a.csv").write_text("event,visit_id,happened_at,nhs_number\nadmit,V1,2026-03-31T10:00:00Z,9990000018\n")
    (inbox / "b.json").write_text("{")
    earlier = time.time() - 60
    for path in inbox.iterdir():
        os.utime(path, (earlier, earlier))
    watched = typed("watch", "--area", area, "--folder", tmp_path / "in", "--once")
    assert watched.returncode == 0, watched.stderr
    assert "a.csv: 1 taken, 0 came before, 0 refused" in watched.stdout
    assert "b.json: 0 taken, 0 came before, 1 refused" in watched.stdout
    assert sorted(p.name for p in inbox.rglob("*") if p.is_file()) == ["a.csv", "b.json", "b.json.txt"]
    said = typed("feed", "list", "--area", area).stdout
    assert "SILENT" not in said
    assert "2 messages wait at the desk" in said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    assert typed("init", "--area", tmp_path / "area").returncode == 0
    done = typed("watch", "--area", tmp_path / "area", "--folder", tmp_path / "nowhere", "--once")
    assert (done.returncode, "There is no folder" in done.stderr) == (2, True)
