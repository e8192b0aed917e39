"""The disk is full in the middle of writing: a clear answer, the old state, and on it goes once there is room."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from carestead.store.trouble import in_words

SCRIPT = Path(__file__).with_name("full_disk.py")


@pytest.mark.slow
def test_a_full_disk_ends_in_a_clear_answer_and_the_old_state(small_area, tmp_path):
    area = shutil.copytree(small_area, tmp_path / "area", ignore=shutil.ignore_patterns("store.sqlite3*"))
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CARESTEAD_", "DJANGO_"))}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    command = [sys.executable, str(SCRIPT), str(area)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["refused"], "the limit was never met: the test has to write more"
    for _, status, said in found["refused"]:
        assert status == 503
        assert json.loads(said)["issue"][0]["diagnostics"] == (
            "The disk that keeps decisions is full, or cannot be written. Nothing was changed. "
            "Try again in a minute; if it stays so, tell whoever runs carestead."
        )
    status, page = found["page"]
    assert status == 503, "a page that cannot be written down in the audit is not shown"
    assert "The disk that keeps decisions is full" in page
    assert found["kept"] == found["acknowledged"]
    assert found["decisions"] == found["audited"] == len(found["acknowledged"])
    assert found["sound"] == "ok"
    assert 200 in found["afterwards"]
    assert set(found["afterwards"]) <= {200, 403}, "what was refused for the disk is decided; some are another GP's"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "is full"),
        ('could not extend file "base/1": No space left on device', "is full"),
        ("attempt to write a readonly database", "may only be read"),
        ("database is locked", "Too many people"),
        ("server closed the connection unexpectedly", "cannot be reached"),
    ],
)
def test_what_the_database_says_is_said_in_words(said, words):
    from django.db.utils import OperationalError

    assert words in in_words(OperationalError(said)).what


def test_a_fault_of_ours_is_not_talked_away():
    from django.db.utils import OperationalError

    assert in_words(OperationalError("no such column: colour")) is None
