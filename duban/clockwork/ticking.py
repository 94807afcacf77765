"""One turn of the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from duban.evaluation.verbs.counting import close_due
from duban.ledgers.entering import enter
from duban.ledgers.folding import fold
from duban.matters.guessing import forget_tries
from duban.matters.recomputing import recompute_running
from duban.notifications.delivering import deliver
from duban.supervision.docketing import feed, feed_red
from duban.supervision.reviewing import feed_reviews
from duban.supervision.sweep import sweep

MOST_FOLDS = 20  # batches a turn, of either
MOST_NOTICES = 100  # events a turn: what goes outside is slow


@dataclass(slots=True)
class TickReport:
    """What one turn did: boundaries crossed, due moments moved, ballots counted, grounds looked at for the
    docket, events folded and entered, messages sent; and what went wrong."""

    crossed: int = 0
    moved: int = 0
    counted: int = 0
    docketed: int = 0
    folded: int = 0
    entered: int = 0
    sent: int = 0
    problems: list[Exception] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"crossed {self.crossed} boundaries, moved {self.moved} due moments, "
            f"counted {self.counted} ballots, docketed {self.docketed}, folded {self.folded} events, "
            f"entered {self.entered} in the ledgers, sent {self.sent} messages"
        )

    @property
    def worked(self) -> bool:
        """Whether there was anything to do."""
        did = (self.crossed, self.moved, self.counted, self.docketed, self.folded, self.entered, self.sent)
        return any(did)


def tick(now: datetime) -> TickReport:
    """One whole turn at a moment. Raises ExceptionGroup when a part failed; the other parts are done all the same."""
    report = turn(now)
    if report.problems:
        raise ExceptionGroup("a part of the tick failed", report.problems)
    return report


def turn(now: datetime, *, clocks: bool = True) -> TickReport:
    """Sweep, feed the docket, count the ballots that are over, recompute (`clocks`), fold, enter and deliver.

    Any number of workers may turn at once.
    """
    report = TickReport()
    report.crossed = _part(report, lambda: sweep(now))
    report.docketed = _part(report, lambda: feed(now=now))
    report.docketed += _part(report, lambda: feed_red(now)) + _part(report, lambda: feed_reviews(now))
    report.counted = _part(report, lambda: close_due(now))
    if clocks:
        report.moved = _part(report, lambda: recompute_running(now))
        _part(report, lambda: forget_tries(now))
    report.folded = _part(report, lambda: _all_of(fold, now))
    report.entered = _part(report, lambda: _all_of(enter, now))
    report.sent = _part(report, lambda: deliver(now, limit=MOST_NOTICES))
    return report


class _Batches(Protocol):
    def __call__(self, *, now: datetime) -> int: ...


def _all_of(work: _Batches, now: datetime) -> int:
    """Batch after batch, until nothing waits or the turn has had its share."""
    worked = 0
    for _ in range(MOST_FOLDS):
        done = work(now=now)
        if not done:
            break
        worked += done
    return worked


def _part(report: TickReport, do: Callable[[], int]) -> int:
    """Do one part; what goes wrong in it is kept and does not stop the others."""
    try:
        return do()
    except Exception as problem:
        report.problems.append(problem)
        return 0
