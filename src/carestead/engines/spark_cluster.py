"""A real Spark standalone cluster on this machine, from pip's own pyspark: a master and workers, a JVM each.

For tests, for `make bench`, and for a site that wants to see the cluster path work before it has a cluster.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from carestead.core.finding import UsageError

HOST = "127.0.0.1"


@dataclass
class Cluster:
    """The running cluster: its URL and its workers' processes, so that a test can lose one."""

    url: str
    workers: list[subprocess.Popen[bytes]]

    def kill_worker(self, number: int) -> None:
        """Lose a machine: the worker and its executors die at once, without a word."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)


@contextmanager
def local_cluster(folder: Path, *, workers: int = 2, cores: int = 1, memory: str = "1g") -> Iterator[Cluster]:
    """Start a master and workers, logs and work under `folder`; stop them all on leaving, however that happens."""
    folder.mkdir(parents=True, exist_ok=True)
    port, processes = _free_port(), []
    url = f"spark://{HOST}:{port}"
    try:
        processes.append(_start(folder, "master", "Master", "--host", HOST, "--port", str(port), "--webui-port", "0"))
        _wait(port, processes[0], folder)
        for n in range(workers):
            options = ("--host", HOST, "--cores", str(cores), "--memory", memory, "--webui-port", "0")
            processes.append(
                _start(folder, f"worker-{n}", "Worker", *options, "--work-dir", str(folder / f"work-{n}"), url)
            )
        yield Cluster(url, processes[1:])
    finally:
        for process in processes:
            _stop(process)


def _start(folder: Path, name: str, role: str, *arguments: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable,
        "SPARK_DAEMON_MEMORY": "512m", "SPARK_NO_DAEMONIZE": "1",
    }  # fmt: skip
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role.lower()}.{role}", *arguments]
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            command, stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(port: int, master: subprocess.Popen[bytes], folder: Path, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and master.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise UsageError("The Spark master did not start.", f"Read {folder / 'master.log'}; is Java 17 installed?")


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
