"""What puts a hard matter on the joint meeting's docket, and when (domain rule 13).

Four grounds come by rule, a fifth on the review day of a deferral, and one by hand. Each counts once: its key says
which round, return, ballot, setting of a clock or deferral it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .events import Kind
from .lights import Light, late_from
from .policy import Policy
from .workdays import Calendar
from .zone import day_of, end_of, start_of

FAILED = frozenset({"blocked", "no_quorum"})
"""The outcomes of a ballot that leave the matter where it was."""


class Ground(StrEnum):
    """Why a matter is on the docket."""

    NEGATIVE = "negative"  # two negative rounds
    RETURNS = "returns"  # returned twice
    BALLOT = "ballot"  # a second ballot failed
    RED = "red"  # red for five workdays
    REVIEW = "review"  # the review day of a deferral has come
    HAND = "hand"  # the supervision office put it there


class DecisionKind(StrEnum):
    """What the joint meeting can decide; each is binding and moves the matter at once, or lets it stay."""

    REASSIGN = "reassign"
    EXTEND = "extend"
    DEFER = "defer"  # 挂账
    CLOSE = "close"
    REFER = "refer"  # to discipline inspection; the matter itself does not move
    KEEP = "keep"  # 维持，继续办理


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a matter's stream, as far as a ground may rest on it."""

    seq: int
    kind: Kind
    at: datetime
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground, the key that makes it once, and the instant since which it holds."""

    ground: Ground
    key: str
    since: datetime


def reason_of(event: Happened, stream: Iterable[Happened], policy: Policy) -> Reason | None:
    """The ground an event is, seen in its stream; None for one that is not (yet) one.

    Only what happened up to the event counts, so that it does not matter in which order events are looked at.
    """
    match event.kind:
        case Kind.MATTER_REOPENED:
            ground, least = Ground.NEGATIVE, policy.docket_negative_rounds
        case Kind.RETURN_GRANTED:
            ground, least = Ground.RETURNS, policy.docket_returns
        case Kind.BALLOT_CLOSED if event.outcome in FAILED:
            ground, least = Ground.BALLOT, policy.docket_ballots
        case _:
            return None
    times = sum(
        one.kind is event.kind and (one.kind is not Kind.BALLOT_CLOSED or one.outcome in FAILED)
        for one in stream
        if one.seq <= event.seq
    )
    return Reason(ground, str(times), event.at) if times >= least else None


def red_since(due_at: datetime, workdays: int, calendar: Calendar) -> datetime:
    """The instant a clock has been red for so many whole workdays: one second after the last of them ended.

    A clock due on Thursday the 13th that is red from Friday on: five workdays end on Thursday the 20th, 23:59:59.
    Raises CalendarMissing.
    """
    return late_from(end_of(calendar.nth_workday(day_of(due_at), workdays)))


def review_since(review_on: date) -> datetime:
    """The instant a deferral comes back to the docket: the start of its review day."""
    return start_of(review_on)


def follow_up_light(due_on: date, reviewed_on: date | None, today: date) -> Light:
    """The light of a follow-up: yellow on its day, red from the day after; one reported or reviewed keeps what it had."""
    on = today if reviewed_on is None else reviewed_on
    if on > due_on:
        return Light.RED
    return Light.YELLOW if on == due_on and reviewed_on is None else Light.GREEN
