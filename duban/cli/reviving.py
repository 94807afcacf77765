"""What failed for good: shown, and tried again once a person has mended the cause."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from . import setup
from .mistakes import Mistake


def add(commands: setup.Commands) -> None:
    """The subcommand of this subject."""
    revive = setup.command(
        commands,
        "revive",
        _revive,
        "list what failed twelve times; with the numbers or --all, try it again",
        "Rows of the outbox that wait for a person: number, reader, event, error. Those named are tried again at once.",
    )
    revive.add_argument("rows", nargs="*", type=int, metavar="ROW", help="rows to try again")
    revive.add_argument("--all", action="store_true", help="try every one of them again")


def _revive(arguments: Namespace) -> int:
    setup.migrated()
    from duban.journal import leasing

    dead = leasing.dead()
    unknown = set(arguments.rows) - {row.pk for row in dead}
    if unknown:
        raise Mistake(f"These rows do not wait for a person: {', '.join(map(str, sorted(unknown)))}")
    chosen = dead if arguments.all else [row for row in dead if row.pk in arguments.rows]
    if chosen:
        print(f"{leasing.revive(*chosen, now=datetime.now(UTC))} deliveries are tried again at once.")
        return 0
    for row in dead:
        event = row.event
        print(f"{row.pk}  {row.consumer}  {event.stream} #{event.seq} {event.kind}  {row.error}")
    print(f"{len(dead)} deliveries wait for a person." if dead else "No delivery waits for a person.")
    return 0
