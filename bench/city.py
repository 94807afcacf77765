"""A database with a simulated city, and the real server in front of it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.cluster import cluster

DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "log_min_messages": "fatal",
}
"""PostgreSQL as it would run for a city: every commit is on the disk when it is acknowledged."""


@contextmanager
def database(engine: str) -> Iterator[dict[str, str]]:
    """An empty database and a folder of its own, as the environment of the product's commands."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        (Path(folder) / "static").mkdir()
        given = {"DUBAN_DATA_DIR": folder, "DUBAN_SECRET_KEY": "a key for the benchmark", "DUBAN_ENV": ""}
        given |= {"DUBAN_REGISTRATIONS_PER_HOUR": "0"}  # one address plays the whole city
        kept = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
        if engine == "sqlite":
            yield kept | given | {"DATABASE_URL": f"sqlite:///{Path(folder) / 'duban.sqlite3'}"}
            return
        with cluster(DURABLE) as url:
            yield kept | given | {"DATABASE_URL": url}


def duban(environment: Mapping[str, str], *arguments: str) -> str:
    """Run a command of the product; gives what it printed. Raises CalledProcessError."""
    command = [sys.executable, "-m", "duban.cli", *arguments]
    done = subprocess.run(command, env=dict(environment), check=True, capture_output=True, text=True)
    return done.stdout.strip()


@contextmanager
def server(
    environment: Mapping[str, str], port: int, *, bare: bool = False, workers: int = 2
) -> Iterator[int]:
    """The product's own web server, or the same server before an empty view and bare SQL."""
    settings = {"DJANGO_SETTINGS_MODULE": "bench.bare_settings"} if bare else {}
    command = [sys.executable, "-m", "duban.cli", "web", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env={**environment, **settings}, start_new_session=True)
    try:
        _wait(process, port, "/empty" if bare else "/api/v1/census")
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def processor_seconds(session: int) -> float:
    """The processor time all processes of a session have used so far: what a busy machine cannot distort."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("the server does not answer")
