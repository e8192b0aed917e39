"""The whole of the store's and the pages' tests again, on a real PostgreSQL server."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest that is installed."""
    if named := os.environ.get("CARESTEAD_POSTGRES_BIN"):
        return Path(named)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else (Path(on_path).parent if on_path else None)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server of its own, on a free port of this machine. initdb refuses root, so as root it is started
    by the user postgres."""
    programs = _programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL: apt-get install postgresql, or set CARESTEAD_POSTGRES_BIN")
    folder = Path("/tmp") / f"carestead-postgres-{os.getpid()}"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=folder, timeout=60)

    data = folder / "data"
    try:
        run(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "care", "--no-sync")
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        run(str(programs / "pg_ctl"), "-D", str(data), "-o", settings, "-l", str(folder / "log"), "-w", "start")
        yield f"postgres://care@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgres
@pytest.mark.slow
def test_store_and_pages_keep_their_promises_on_postgres(postgres: str):
    if os.environ.get("CARESTEAD_DB"):
        pytest.skip("this is that run")
    web = [str(HERE.parent / "web" / name) for name in ("test_pages.py", "test_today.py")]
    without = ["--ignore", str(Path(__file__))]
    command = [sys.executable, "-m", "pytest", str(HERE), *web, *without, "-q", "-n", "2", "--dist", "loadfile"]
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "CARESTEAD_DB": postgres, "PYTHONPATH": paths},
        timeout=1200,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
