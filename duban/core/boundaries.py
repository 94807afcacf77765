"""The moments at which a matter changes by itself: a warning, a due moment, a reminder, a callback.

A sweep walks them one at a time; each is dated to itself, not to the sweep (domain rule 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .lifecycle import State
from .lights import Clock
from .policy import Policy


class Boundary(StrEnum):
    """What is crossed."""

    YELLOW = "yellow"  # from the warning moment
    RED = "red"  # strictly after due
    REMINDER = "reminder"  # no verdict n days after completion
    CALLBACK = "callback"  # still none


@dataclass(frozen=True, slots=True)
class Crossing:
    """A boundary and the instant it is crossed."""

    boundary: Boundary
    at: datetime


def crossings(
    state: State, clock: Clock | None, completed_at: datetime | None, policy: Policy
) -> tuple[Crossing, ...]:
    """Every boundary ahead of a matter in this state, in order, whether already crossed or not.

    Red is crossed one second after due: due itself still passes.
    """
    match state:
        case State.CLOSED:
            return ()
        case State.COMPLETED if completed_at is not None:
            return (
                Crossing(Boundary.REMINDER, completed_at + timedelta(days=policy.verdict_reminder_days)),
                Crossing(Boundary.CALLBACK, completed_at + timedelta(days=policy.callback_days)),
            )
        case _ if clock is not None and clock.stopped_at is None:
            return (
                Crossing(Boundary.YELLOW, clock.warn_at),
                Crossing(Boundary.RED, clock.due_at + timedelta(seconds=1)),
            )
        case _:
            return ()


def first(
    state: State, clock: Clock | None, completed_at: datetime | None, policy: Policy
) -> datetime | None:
    """The instant to look at a matter first, after it came into this state."""
    ahead = crossings(state, clock, completed_at, policy)
    return ahead[0].at if ahead else None
