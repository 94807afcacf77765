"""The worker: turns the clock again and again, and outlives whatever happens to the database."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic

import structlog
from django.db import Error, close_old_connections
from django.utils import timezone

from duban.catalogue.book import book

from .ticking import TickReport, turn

LONGEST_WAIT = 30.0  # seconds, between turns that fail
CLOCKS_EVERY = 60.0  # seconds
CLOCKS_FOR = (
    10.0  # seconds: another process may set a clock by the book before for a second after an amendment
)

log = structlog.get_logger("duban.worker")


def run(stop: threading.Event, poll: float = 1.0) -> None:
    """Work until `stop` is set: a turn every `poll` seconds, at once when the last one found work.

    Any number of workers may run. What fails is logged and tried again, after waits that double up to half a
    minute; so the worker may be started before its database.
    """
    clocks, failures = _Clocks(), 0
    while not stop.is_set():
        close_old_connections()
        began = monotonic()
        report = _turn(clocks)
        if report.worked:
            log.info(
                "tick",
                crossed=report.crossed,
                moved=report.moved,
                counted=report.counted,
                docketed=report.docketed,
                folded=report.folded,
                entered=report.entered,
                sent=report.sent,
                ms=round((monotonic() - began) * 1000),
            )
        for problem in report.problems:
            log.error("tick_failed", problem=type(problem).__name__, exc_info=_unless_outage(problem))
        failures = failures + 1 if report.problems else 0
        if failures:
            stop.wait(min(LONGEST_WAIT, poll * 2**failures))
        elif not report.worked:
            stop.wait(poll)
    close_old_connections()


def _turn(clocks: _Clocks) -> TickReport:
    try:
        return turn(timezone.now(), clocks=clocks.due())
    except Exception as problem:  # the book itself could not be read
        return TickReport(problems=[problem])


def _unless_outage(problem: Exception) -> Exception | None:
    """A traceback for what is a mistake of ours; a database out of reach needs none."""
    return None if isinstance(problem, Error) else problem


@dataclass(slots=True)
class _Clocks:
    """When to look for clocks reckoned by an older book: after the book has changed, and now and then."""

    revision: int = -1
    until: float = 0.0
    next_at: float = 0.0

    def due(self) -> bool:
        """Whether this turn looks."""
        now, revision = monotonic(), book().revision
        if revision != self.revision:
            self.revision, self.until = revision, now + CLOCKS_FOR
        if now < self.until or now >= self.next_at:
            self.next_at = now + CLOCKS_EVERY
            return True
        return False
