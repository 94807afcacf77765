"""Web and worker as real processes, on a database of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import PATIENCE, Run


def _wait_for(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if text in line:
            return said
    raise AssertionError(f"{text!r} was never said, but: {said}")


def _get(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        return int(answer.status)


def _children(process: subprocess.Popen[str]) -> dict[str, int]:
    """The children's process ids by what they are."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    words = {int(pid): Path(f"/proc/{pid}/cmdline").read_text() for pid in listed}
    return {"worker" if "worker" in words[pid].split("\0") else "web": pid for pid in words}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_serve_answers_and_stops_cleanly(
    installed: Path, data: Path, duban: Run, port: int, number: signal.Signals
) -> None:
    shutil.copytree(installed, data)
    serving = duban("serve", "--port", str(port), "--workers", "1")
    _wait_for(serving, f"http://127.0.0.1:{port}")
    assert _get(port, "/") == 200
    assert _get(port, "/api/v1/census") == 200
    children = _children(serving)
    assert set(children) == {"web", "worker"}
    os.killpg(serving.pid, number)
    assert serving.wait(PATIENCE) == 0
    assert not [pid for pid in children.values() if Path(f"/proc/{pid}").exists()]
    assert serving.stdout is not None
    assert "Traceback" not in serving.stdout.read()


def test_when_one_dies_the_other_is_stopped(installed: Path, data: Path, duban: Run, port: int) -> None:
    shutil.copytree(installed, data)
    serving = duban("serve", "--port", str(port), "--workers", "1")
    _wait_for(serving, "Serving on")
    children = _children(serving)
    os.kill(children["worker"], signal.SIGKILL)
    assert serving.wait(PATIENCE) == 3
    until = time.monotonic() + PATIENCE
    while Path(f"/proc/{children['web']}").exists():
        assert time.monotonic() < until, "the web server still runs"


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_a_database_without_its_schema_is_not_served(duban: Run, port: int, command: str) -> None:
    process = duban(command, *([] if command == "worker" else ["--port", str(port)]))
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert "Run: duban migrate" in said


def test_a_taken_port_is_named(installed: Path, data: Path, duban: Run) -> None:
    shutil.copytree(installed, data)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = duban("serve", "--port", str(port))
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert f"port {port}" in said
    assert "Traceback" not in said


def test_killed_it_leaves_nothing_behind(installed: Path, data: Path, duban: Run, port: int) -> None:
    shutil.copytree(installed, data)
    serving = duban("serve", "--port", str(port), "--workers", "1")
    _wait_for(serving, "Serving on")
    children = _children(serving)
    serving.kill()
    until = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in children.values()):
        assert time.monotonic() < until, "a child still runs"
        time.sleep(0.1)
