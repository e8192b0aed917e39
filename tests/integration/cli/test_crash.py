"""`carestead crash` in small: three kills. The hundred of docs/benchmarks.md are the same command."""

import json
import os
import subprocess
import sys

import pytest

from carestead.core.area import create_area

pytestmark = pytest.mark.slow


def crash(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("CARESTEAD_", "DJANGO_"))}
    known["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    command = [sys.executable, "-m", "carestead", "crash", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env={**known, **environment}, timeout=1200)


def test_nothing_is_lost_when_everything_is_killed(made_up_area, tmp_path):
    done = crash("--area", made_up_area, "--out", tmp_path, "--kills", 3, "--clients", 3, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["kill -9 of pages and worker"] == "3"
    assert int(found["writes acknowledged"].replace(",", "")) > 20
    assert int(found["messages told; told once more"].partition(";")[0].replace(",", "")) > 20
    wrong = list(found)[list(found).index("acknowledged writes lost") :]
    assert {name: found[name] for name in wrong if found[name] not in ("0", [])} == {}
    assert not (made_up_area / "store.sqlite3").exists(), "it works on a copy"


def test_it_is_not_done_to_real_people(tmp_path):
    area = create_area(tmp_path / "real", name="Real", people=1000).path
    done = crash("--area", area, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "these are real" in done.stderr


def test_it_is_not_done_to_a_store_in_use(tmp_path):
    area = create_area(tmp_path / "area", name="Made up", people=1000, synthetic=True).path
    used = tmp_path / "used.sqlite3"
    code = "import sys, pathlib; from carestead import store; store.configure(pathlib.Path(sys.argv[1]), demo=True);"
    code += "store.migrate(None); from carestead.store.accounts.models import User; User(username='x', roles=[]).save()"
    environment = {**os.environ, "CARESTEAD_DB": str(used), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    subprocess.run([sys.executable, "-c", code, str(area)], check=True, env=environment)
    done = crash("--area", area, "--out", tmp_path / "out", CARESTEAD_DB=str(used))
    assert done.returncode == 2
    assert "is in use" in done.stderr
