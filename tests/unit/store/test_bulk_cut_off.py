"""A bulk of 5,000 people whose process is killed in the middle leaves everything as it was."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

PEOPLE = 5_000

MAKE = f"""
import sys
from pathlib import Path
from carestead import store
store.configure(Path(sys.argv[1]))
store.migrate(Path(sys.argv[1]))
from tests.hand_over_store import STAFF, QUILL, enrol_many
from carestead.store.assign.bulk import offer_bulk
receivers = dict.fromkeys(range(1, {PEOPLE} + 1), "G2")
enrol_many(receivers)
print(offer_bulk(role="named-gp", leaving_code="G1", receivers=receivers, reason="Leaves", by=QUILL, staff=STAFF).pk)
"""
TAKE = """
import sys
from pathlib import Path
from carestead import store
store.configure(Path(sys.argv[1]))
from tests.hand_over_store import STAFF, BROWN
from carestead.store.assign.bulk import accept_bulk
print(len(accept_bulk(bulk_id=int(sys.argv[2]), by=BROWN, staff=STAFF)))
"""


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, env=environment(root))


def environment(root: Path) -> dict[str, str]:
    named = {k: v for k, v in os.environ.items() if k != "CARESTEAD_DB"}
    return {**named, "PYTHONPATH": f"{root / 'src'}:{root}"}


def counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as db:
        asked = {
            "held by G2": """select count(*) from assign_responsibility
                where practitioner_code = 'G2' and "end" is null""",
            "entries": "select count(*) from assign_ledgerentry",
            "on offer": "select count(*) from assign_handover where state = 'offered'",
            "notices": "select count(*) from care_notice",
            "audit rows": "select count(*) from audit_auditevent",
        }
        return {name: db.execute(sql).fetchone()[0] for name, sql in asked.items()} | {
            "faults": len(db.execute("pragma foreign_key_check").fetchall())
        }


def cut_off(taking: subprocess.Popen[str], database: Path) -> None:
    """Kill it once it has written a good deal of its transaction to the journal."""
    journal = database.with_name(database.name + "-wal")
    with taking:
        while not (journal.exists() and journal.stat().st_size > 1_000_000):
            assert taking.poll() is None, "it ended before it could be cut off"
            time.sleep(0.01)
        taking.send_signal(signal.SIGKILL)
    assert taking.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif("CARESTEAD_DB" in os.environ, reason="it looks into the file that SQLite writes")
def test_a_kill_in_the_middle_of_5000_leaves_the_old_state_and_it_can_be_done_again(tmp_path):
    area = tmp_path / "area"
    area.mkdir()
    made, _ = run(MAKE, str(area)).communicate(timeout=300)
    database = next(area.rglob("*.sqlite3"))
    before = counts(database)
    assert (before["held by G2"], before["on offer"]) == (0, PEOPLE)

    cut_off(run(TAKE, str(area), made.strip()), database)
    assert counts(database) == before, "all or nothing"

    done, _ = run(TAKE, str(area), made.strip()).communicate(timeout=300)
    assert done.split() == [str(PEOPLE)]
    after = counts(database)
    assert (after["held by G2"], after["on offer"], after["entries"]) == (PEOPLE, 0, before["entries"] + PEOPLE)
