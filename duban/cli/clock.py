"""One sweep of the clock, by hand."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime

from duban.core.zone import SHANGHAI

from . import setup
from .mistakes import Mistake


def add(commands: setup.Commands) -> None:
    """The subcommand of this subject."""
    tick = setup.command(
        commands,
        "tick",
        _tick,
        "one sweep: raise what has fallen due, deliver, fold the totals",
        "One sweep of the clock. Every alarm is dated to its boundary, not to the sweep.",
    )
    tick.add_argument(
        "--now",
        metavar="ISO",
        help="the moment to sweep up to, e.g. 2014-02-10T23:59:59; without offset: Shanghai",
    )


def instant(text: str) -> datetime:
    """An instant from ISO 8601; without an offset it is Shanghai's. Raises Mistake."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Mistake(f"{text!r} is not a moment. Write it like 2014-02-10T23:59:59+08:00") from wrong
    return read if read.tzinfo else read.replace(tzinfo=SHANGHAI)


def _tick(arguments: Namespace) -> int:
    moment = instant(arguments.now) if arguments.now else datetime.now(SHANGHAI)
    setup.migrated()
    from duban.clockwork import ticking

    report = ticking.turn(moment)
    print(report)
    for problem in report.problems:
        print(f"duban: a part of the tick failed: {problem!r}", file=sys.stderr)
    return 1 if report.problems else 0
