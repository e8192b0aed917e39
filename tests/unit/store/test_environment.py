"""Reading the environment, and refusing a demo where one may not be."""

import json
import stat

import pytest

from carestead.core.finding import UsageError
from carestead.store.environment import Environment, database_settings, is_loopback, secret_key


def area(folder, *, synthetic):
    (folder / "area.json").write_text(json.dumps({"format": 1, "name": "a", "buckets": 4, "synthetic": synthetic}))
    return folder


def test_a_demo_runs_on_made_up_people_on_this_machine(tmp_path):
    read = Environment.read({"CARESTEAD_AREA": str(area(tmp_path, synthetic=True)), "CARESTEAD_DEMO": "1"})
    assert read.demo
    assert read.database == str(tmp_path / "store.sqlite3")
    assert not read.https


@pytest.mark.parametrize("synthetic", [False, "yes", None])
def test_a_demo_on_real_people_is_refused(tmp_path, synthetic):
    with pytest.raises(UsageError, match="made-up people only"):
        Environment.read({"CARESTEAD_AREA": str(area(tmp_path, synthetic=synthetic)), "CARESTEAD_DEMO": "1"})


@pytest.mark.parametrize("bind", ["0.0.0.0", "10.0.0.7", "::", "example.org", ""])
def test_a_demo_beyond_this_machine_is_refused(tmp_path, bind):
    with pytest.raises(UsageError, match="not this machine alone"):
        Environment.read(
            {"CARESTEAD_AREA": str(area(tmp_path, synthetic=True)), "CARESTEAD_DEMO": "1", "CARESTEAD_BIND": bind}
        )


def test_a_flag_that_is_neither_says_what_to_set():
    with pytest.raises(UsageError, match="Set CARESTEAD_DEMO to 0 or 1"):
        Environment.read({"CARESTEAD_DEMO": "yes"})


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_postgres_url_is_taken_apart():
    made = database_settings("postgres://care:p%40ss@db.local:5433/stead")
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
        "care", "p@ss", "db.local", "5433", "stead",
    )  # fmt: skip


def test_loopback_names():
    assert all(map(is_loopback, ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"]))
    assert not any(map(is_loopback, ["0.0.0.0", "192.168.1.2", "localhost.example.org"]))


def test_a_folder_of_messages_must_be_there(tmp_path):
    assert Environment.read({}).messages is None
    assert Environment.read({"CARESTEAD_MESSAGES": str(tmp_path)}).messages == tmp_path.resolve()
    with pytest.raises(UsageError, match="there is no such folder"):
        Environment.read({"CARESTEAD_MESSAGES": str(tmp_path / "nowhere")})
