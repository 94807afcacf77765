"""Installations of their own for commands that run as processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds
Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(data: Path) -> dict[str, str]:
    """A trial installation with a data folder of its own."""
    environment = os.environ | {"DUBAN_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_URL", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DUBAN_SECRET_KEY"):
        environment.pop(name, None)
    return environment


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database and the static files."""
    data = tmp_path_factory.mktemp("installed") / "data"
    for command in ("migrate", "collect-static"):
        subprocess.run(
            [sys.executable, "-m", "duban.cli", command],
            cwd=ROOT,
            env=environment_of(data),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return data


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where this test's installation lives; nothing is there yet."""
    return tmp_path / "data"


@pytest.fixture
def duban(data: Path) -> Iterator[Run]:
    """duban("serve", "--port", "…") as a process in that folder; killed at the end if it still runs."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "duban.cli", *words],
            cwd=ROOT,
            env=environment_of(data),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
