"""Cities to look at and to measure: the demo of the article's period, and simulated ones of any size."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace

from . import setup
from .mistakes import Mistake


def add(commands: setup.Commands) -> None:
    """The subcommands of this subject."""
    setup.command(
        commands,
        "demo",
        _demo,
        "replay 2013-12-09 to 2014-04-07 and the weeks after, up to today",
        "Replay the article's period through the real verbs, ending at its six figures, and open the demo "
        "accounts. Needs a migrated database without accounts; refuses in production.",
    )
    simulate = setup.command(commands, "simulate", _simulate, "make a city of any size, for measuring")
    simulate.add_argument("--matters", type=_matters, required=True, metavar="N", help="how many matters")
    simulate.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same city (default 1)")


def is_empty() -> bool:
    """Whether nobody works here yet: the database is fresh."""
    from duban.people.models import Staff

    return not Staff.objects.exists()


def accounts() -> list[str]:
    """What to tell whoever tries the demo: its accounts, when this database has them."""
    from duban.people.models import Staff
    from duban.people.queries import DEMO_ACCOUNTS, DEMO_PASSWORD

    found = Staff.objects.select_related("unit").filter(username__in=DEMO_ACCOUNTS, is_active=True)
    lines = [f"  {one.username:<10} {one.unit.name}  {one.display_name}" for one in found]
    return [f"Demo accounts, all with the password {DEMO_PASSWORD}:", *lines] if lines else []


def plant() -> None:
    """Replay the demo with a progress bar on stderr."""
    from duban.demo import replay

    with Progress("Planting the demo city") as progress:
        replay.run(progress=progress)


class Progress:
    """A bar on a terminal, plain lines every tenth otherwise. Called with (done, total)."""

    WIDTH = 30

    def __init__(self, title: str) -> None:
        self.title = title
        self.shown = -1

    def __enter__(self) -> Progress:
        print(self.title, file=sys.stderr, flush=True)
        return self

    def __exit__(self, *_reason: object) -> None:
        if sys.stderr.isatty() and self.shown >= 0:
            print(file=sys.stderr, flush=True)

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // max(1, total)
        if percent == self.shown:
            return
        terminal = sys.stderr.isatty()
        if terminal:
            bar = "█" * (self.WIDTH * percent // 100)
            print(f"\r  {bar:<{self.WIDTH}} {percent:3d} %", end="", file=sys.stderr, flush=True)
        elif percent // 10 != self.shown // 10:
            print(f"  {percent} %", file=sys.stderr, flush=True)
        self.shown = percent


def _demo(_arguments: Namespace) -> int:
    setup.migrated()
    from django.conf import settings

    if settings.PRODUCTION:
        raise Mistake("The demo opens accounts with a known password; production does not take it.")
    if not is_empty():
        raise Mistake("This database already holds a city. Use an empty one, e.g. DUBAN_DATA_DIR=/tmp/demo")
    plant()
    print("\n".join(accounts()))
    return 0


def _simulate(arguments: Namespace) -> int:
    setup.migrated()
    from duban.demo import simulating

    with Progress(f"Making a city with {arguments.matters} matters") as progress:
        simulating.run(arguments.matters, arguments.seed, progress=progress)
    return 0


def _matters(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000_000:
        raise ArgumentTypeError(f"a number from 1 to 100000000, not {text!r}")
    return int(text)
