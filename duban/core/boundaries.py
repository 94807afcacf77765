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
    RED = "red"  # due + 1 s: due itself still passes
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
    """Every boundary of a matter in this state, in order of time, whether already crossed or not.

    Until completion they are those of the running clock, then those of the silence after `completed_at`.
    """
    if state is State.CLOSED:
        return ()
    if state is State.COMPLETED:
        if completed_at is None:
            return ()
        remind_at = completed_at + timedelta(days=policy.verdict_reminder_days)
        call_at = completed_at + timedelta(days=policy.callback_days)
        silence = (Crossing(Boundary.REMINDER, remind_at), Crossing(Boundary.CALLBACK, call_at))
        return tuple(sorted(silence, key=lambda crossing: crossing.at))  # the office may set either first
    if clock is None or clock.stopped_at is not None:
        return ()
    return (Crossing(Boundary.YELLOW, clock.warn_at), Crossing(Boundary.RED, clock.late_from))


def first(
    state: State, clock: Clock | None, completed_at: datetime | None, policy: Policy
) -> datetime | None:
    """The instant to look at a matter first, after it came into this state."""
    ahead = crossings(state, clock, completed_at, policy)
    return ahead[0].at if ahead else None
