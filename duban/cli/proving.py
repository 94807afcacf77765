"""Proofs: totals against rows, and the journal or a receipt against its chain."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from . import setup
from .mistakes import Mistake

SHOWN = 20  # lines of a failed proof


def add(commands: setup.Commands) -> None:
    """The subcommands of this subject."""
    recount = setup.command(
        commands,
        "recount",
        _recount,
        "prove the totals, the ledgers and the votes of closed ballots against rows and journal; exit code 1 when they differ",
    )
    recount.add_argument(
        "--repair",
        action="store_true",
        help="first write the totals of the ledgers anew from their entries, and wrong answers of alarms from the journal",
    )
    verify = setup.command(
        commands,
        "verify",
        _verify,
        "prove the whole journal, what joint meetings left behind and the votes of closed ballots, or one receipt; exit code 1 when it does not hold",
    )
    verify.add_argument(
        "receipt", nargs="?", metavar="RECEIPT.json", help="a petitioner's receipt; - reads stdin"
    )


def _recount(arguments: Namespace) -> int:
    setup.migrated()
    from duban.ledgers import rebuilding, recounting
    from duban.supervision.recounting import repair

    if arguments.repair:
        print(f"Wrote {rebuilding.repair()} totals of the ledgers anew from their entries.")
        print(f"Looked for the answers of {repair()} alarms anew.")

    awaited = _awaited()
    if awaited:
        print(awaited)
    return _verdict(
        [str(found) for found in recounting.recount(datetime.now(UTC))], "The totals agree with the rows."
    )


def _awaited() -> str:
    """What failed for good, and so is in no figure that is entered; the empty string when nothing is."""
    from duban.core.events import Consumer
    from duban.journal import leasing

    dead = Counter(row.consumer for row in leasing.dead() if row.consumer != Consumer.NOTICES)
    if not dead:
        return ""
    number, readers = dead.total(), ", ".join(f"{reader} {dead[reader]}" for reader in sorted(dead))
    wait = "1 event waits" if number == 1 else f"{number} events wait"
    return f"{wait} for a person, not entered yet and no difference ({readers}); `duban revive` lists what failed."


def _verify(arguments: Namespace) -> int:
    if arguments.receipt is not None:
        receipt = read_receipt(arguments.receipt)
        setup.migrated()
        from duban.journal import verifying

        proof = verifying.verify_receipt(receipt)
        print(proof.sentence)
        return 0 if proof.holds else 1
    setup.migrated()
    from duban.evaluation import proving as ballots
    from duban.journal import verifying
    from duban.supervision import proving

    broken = [f"{found.stream} #{found.seq}: {found.wrong}" for found in verifying.breaks()]
    broken += [*proving.altered(), *ballots.altered()]
    return _verdict(broken, "The journal holds: every event follows the one before it, unchanged.")


def read_receipt(place: str) -> dict[str, object]:
    """A receipt from a file or stdin: the receipt itself, or an answer that carries one. Raises Mistake."""
    try:
        text = sys.stdin.read() if place == "-" else Path(place).read_text(encoding="utf-8")
    except OSError as wrong:
        raise Mistake(f"{place} cannot be read: {wrong.strerror}") from wrong
    except UnicodeDecodeError as wrong:
        raise Mistake(f"{place} is not a receipt: it is not text") from wrong
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise Mistake(f"{place} is not a receipt: it is not JSON") from wrong
    if isinstance(found, dict) and isinstance(found.get("receipt"), dict):
        found = found["receipt"]
    if not isinstance(found, dict):
        raise Mistake(f"{place} is not a receipt: it holds no object")
    return found


def _verdict(wrong: list[str], holds: str) -> int:
    if not wrong:
        print(holds)
        return 0
    for line in wrong[:SHOWN]:
        print(line)
    if len(wrong) > SHOWN:
        print(f"and {len(wrong) - SHOWN} more")
    return 1
