"""The migrations make what the models say."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_an_area_is_migrated_in_a_process_of_its_own(tmp_path):
    import json
    import os
    import sqlite3
    import subprocess
    import sys

    (tmp_path / "area.json").write_text(json.dumps({"format": 1, "name": "a", "buckets": 4, "synthetic": True}))
    code = "import sys, pathlib; from carestead import store; a = pathlib.Path(sys.argv[1]); "
    code += "store.migrate(a); store.migrate(a)"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CARESTEAD_")}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with sqlite3.connect(tmp_path / "store.sqlite3") as con:
        assert con.execute("pragma journal_mode").fetchone() == ("wal",)
        triggers = {row[0] for row in con.execute("select name from sqlite_master where type = 'trigger'")}
    assert {"audit_auditevent_no_update", "find_decision_no_update", "find_decision_no_delete"} <= triggers
