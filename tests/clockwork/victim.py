"""A worker that is killed in the middle: does one part of a turn, stops half way, says so, and waits for its end.

    python -m tests.clockwork.victim deliver|fold|stumble|enter|sweep NOW [FILE]

Delivering writes every message's key into FILE, and stops after the third has gone out and before it is logged;
folding, entering and sweeping stop in their transaction, with everything written and nothing committed. Who
stumbles cannot fold the oldest event, and stops in the transaction of the second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import django
import structlog

STOPS_AFTER = 3


def main(part: str, now: datetime, file: str = "") -> None:
    """Do the part; whoever started this kills it."""
    django.setup()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # stdout says "half way"
    {"deliver": _deliver, "fold": _fold, "stumble": _stumble, "enter": _enter, "sweep": _sweep}[part](
        now, Path(file)
    )
    print("nothing to stop at", flush=True)


class Outgoing:
    """A channel that appends every message's key to a file."""

    def __init__(self, file: Path, stops_after: int = 0) -> None:
        self.file, self.left = file, stops_after

    def send(self, message: object, key: str) -> None:
        """Write the key, and perhaps stop here."""
        with self.file.open("a") as sent:
            sent.write(f"{key}\n")
        self.left -= 1
        if self.left == 0:
            _stop()


def _deliver(now: datetime, file: Path) -> None:
    from duban.notifications.delivering import deliver

    outgoing = Outgoing(file, STOPS_AFTER)
    deliver(now, channels={"console": outgoing, "email": outgoing})


def _fold(_now: datetime, _file: Path) -> None:
    from duban.ledgers import folding

    folding.add = _then_stop(folding.add)
    folding.fold()


def _stumble(now: datetime, _file: Path) -> None:
    from duban.ledgers import folding

    put, seen = folding.put, list[int]()

    def stumbles(events: Sequence[Any]) -> None:
        seen[:] = seen or [events[0].pk]
        if events[0].pk == seen[0]:
            raise ValueError("the oldest of them")
        put(events)

    folding.put = stumbles
    folding.add = _then_stop(folding.add)
    folding.fold(now=now)


def _enter(_now: datetime, _file: Path) -> None:
    from duban.ledgers import entering

    entering.add = _then_stop(entering.add)
    entering.enter()


def _sweep(now: datetime, _file: Path) -> None:
    from duban.supervision import sweep

    sweep.cross = _then_stop(sweep.cross)
    sweep.sweep(now)


def _then_stop(do: Callable[..., Any]) -> Callable[..., Any]:
    def done(*given: object) -> None:
        do(*given)
        _stop()

    return done


def _stop() -> None:
    print("half way", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), *sys.argv[3:])
