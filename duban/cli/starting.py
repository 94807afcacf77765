"""`duban start`, behind `make run`: everything made ready, the demo city planted once, then served."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from pathlib import Path

from . import cities, installing, serving, setup
from .mistakes import NotReady


def add(commands: setup.Commands) -> None:
    """The subcommand of this subject."""
    start = setup.command(
        commands,
        "start",
        _start,
        "make everything ready, plant the demo city in an empty database, and serve",
        "What `make run` does after installing: compile the translations, gather static files, migrate, plant "
        "the demo city when nobody has an account yet, then serve. Existing data is kept.",
    )
    serving.web_options(start)


def _start(arguments: Namespace) -> int:
    began = time.monotonic()
    setup.django()
    from django.conf import settings

    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    installing.compile_messages()
    installing.collect()
    setup.database()
    _clear_half_planted()
    if setup.pending():
        print("Preparing the database", flush=True)
        installing.migrate(verbosity=0)
    if cities.is_empty() and not settings.PRODUCTION:
        _plant()
    setup.serviceable()
    from django.db import connections

    connections.close_all()

    def up(where: str) -> None:
        print(f"\nDuban is running on {where}   (ready in {time.monotonic() - began:.1f} s)")
        for line in cities.accounts():
            print(line)
        print("Ctrl-C stops it; the data stays in", settings.DATA_DIR, flush=True)

    return serving.serve(arguments, up=up)


def _plant() -> None:
    """Plant the demo city; a mark stands while it is being planted, so that half a city is not taken for one."""
    mark = _mark()
    mark.touch()
    cities.plant()
    mark.unlink()


def _mark() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR) / "planting"


def _clear_half_planted() -> None:
    """A planting that was interrupted left a database without anybody's data in it: it begins afresh.

    Only a SQLite file is removed. Raises NotReady on PostgreSQL, where dropping is the owner's to do.
    """
    from django.db import connection

    mark = _mark()
    if not mark.exists():
        return
    if connection.vendor != "sqlite":
        raise NotReady(
            "Planting the demo city was interrupted and the database holds half of it. "
            f"Drop and create the database again, and remove {mark}."
        )
    print("Planting the demo city was interrupted; beginning afresh.", file=sys.stderr)
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)
    mark.unlink()
    setup.database()
