"""The disk is full in the middle of writing: a clear answer, the old state, and on it goes once there is room."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db.utils import Error, OperationalError

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


def _file(name: str, **options):
    """A database of its own, which is opened when it is first asked."""
    from django.db.utils import ConnectionHandler

    said = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {"timeout": 0, **options}}
    return ConnectionHandler({"default": said})["default"]


def _refused(database, *statements: str) -> Error:
    with pytest.raises(Error) as refused, database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    database.close()
    return refused.value


def test_what_a_file_says_is_said_in_words(db, tmp_path):
    path = tmp_path / "store.sqlite3"
    first = _file(str(path))
    with first.cursor() as cursor:
        cursor.execute("create table kept (words text)")
        cursor.execute("begin immediate")
        assert "Too many people" in in_words(_refused(_file(str(path)), "insert into kept values ('x')")).what
    first.close()
    read_only = _refused(_file(f"file:{path}?mode=ro", uri=True), "insert into kept values ('x')")
    assert "may only be read" in in_words(read_only).what
    full = _refused(_file(str(path)), "pragma max_page_count=2", "insert into kept values (randomblob(100000))")
    assert "is full" in in_words(full).what
    gone = _refused(_file(str(tmp_path / "nowhere" / "store.sqlite3")), "select 1")
    assert "cannot be reached" in in_words(gone).what
    assert in_words(_refused(_file(str(path)), "select colour from kept")) is None, "a fault of ours is not talked away"


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (psycopg.errors.DiskFull, "is full"),
        (psycopg.errors.ReadOnlySqlTransaction, "may only be read"),
        (psycopg.errors.DeadlockDetected, "Too many people"),
        (psycopg.errors.TooManyConnections, "Too many people"),
        (psycopg.errors.AdminShutdown, "cannot be reached"),
        (psycopg.errors.ConnectionFailure, "cannot be reached"),
        (psycopg.OperationalError, "cannot be reached"),
    ],
)
def test_what_a_server_says_is_said_in_words_whatever_its_language(raised, words):
    assert words in in_words(_wrapped(raised("Auf dem Server ging etwas schief"))).what


def test_a_fault_of_ours_is_not_talked_away_on_a_server():
    assert in_words(_wrapped(psycopg.errors.UndefinedColumn("the disk is full of connections"))) is None


def _wrapped(raised: psycopg.Error) -> Error:
    """As Django raises it."""
    error = OperationalError(str(raised))
    error.__cause__ = raised
    return error
