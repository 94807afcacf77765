"""The command `duban`: one module per subject, everything else is Django's own management."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import accounts, cities, clock, installing, proving, reviving, serving, starting
from .mistakes import Mistake

_EPILOG = """\
Any other word is a Django management command: duban shell, duban makemigrations, duban check …

The installation is described by the environment: DATABASE_URL (sqlite:///PATH or postgres://…),
DUBAN_DATA_DIR (default ./var), DUBAN_SECRET_KEY, DUBAN_CITY, PORT. See docs/operations.md.

exit codes:
  0  done, or the proof holds
  1  a proof does not hold (totals differ from the rows, the journal was changed), or a part of a tick failed
  2  the command cannot be carried out as given; one sentence on stderr says why
  3  the installation is not ready: database out of reach or not migrated, port taken, a process died
"""


def parser() -> argparse.ArgumentParser:
    """The command line with all its subcommands."""
    top = argparse.ArgumentParser(
        prog="duban",
        description="A city's supervision system for citizens' matters.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for subject in (starting, serving, installing, cities, clock, accounts, proving, reviving):
        subject.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. A mistake of the caller's is one sentence, not a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    top = parser()
    if not words:
        top.print_help()
        return 0
    try:
        if words[0].startswith("-") or words[0] in _known(top):
            arguments = top.parse_args(words)
            return int(arguments.run(arguments))
        return installing.manage(words)
    except Mistake as mistake:
        print(f"duban: {mistake}", file=sys.stderr)
        return mistake.exit_code
    except KeyboardInterrupt:
        return 130


def _known(top: argparse.ArgumentParser) -> frozenset[str]:
    return frozenset(
        name
        for action in top._actions
        if isinstance(action, argparse._SubParsersAction)
        for name in action.choices
    )
