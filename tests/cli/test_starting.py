"""`duban start`: what `make run` does after installing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import PATIENCE, ROOT, environment_of

START = """
import sys
from duban.cli import cities, main, serving

def plant():
    from duban.people.models import Unit
    Unit.objects.create(code="half", name="half", kind="agency")
    if sys.argv[1] == "interrupted":
        raise KeyboardInterrupt
    print("planted")

cities.plant = plant
serving.serve = lambda arguments, up: print("served") or 0
sys.exit(main(["start"]))
"""


def _start(data: Path, how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", START, how],
        cwd=ROOT,
        env=environment_of(data),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def test_an_interrupted_planting_begins_afresh(installed: Path, data: Path) -> None:
    """Half a city is not taken for one, whatever the next start finds in the database."""
    shutil.copytree(installed, data)
    assert _start(data, "interrupted").returncode == 130
    again = _start(data, "whole")
    assert (again.returncode, again.stdout.split()[-2:]) == (0, ["planted", "served"]), again.stderr
    assert "beginning afresh" in again.stderr


def test_production_plants_no_demo(data: Path) -> None:
    environment = environment_of(data) | {"DUBAN_ENV": "production", "DUBAN_SECRET_KEY": "k" * 40}
    started = subprocess.run(
        [sys.executable, "-c", START, "whole"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "planted" not in started.stdout
    assert started.stdout.split()[-1:] == ["served"], started.stderr


def test_production_wants_its_own_key(data: Path) -> None:
    environment = environment_of(data) | {"DUBAN_ENV": "production"}
    started = subprocess.run(
        [sys.executable, "-m", "duban.cli", "start"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert started.returncode
    assert started.stderr.startswith("DUBAN_SECRET_KEY is missing")
    assert "Traceback" not in started.stderr
