"""Feeding the docket by rule: from the journal's events and from long red lights (rule 13); `reviewing` does the rest.

Every ground is entered once, whoever feeds and however often: its (matter, ground, key) is unique, and it is looked
for under the matter's lock. It is dated to when it came about, not to when the worker found it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from duban.catalogue.book import book
from duban.core.boundaries import Boundary
from duban.core.docket import Ground, Happened, Reason, reason_of, red_since
from duban.core.events import Consumer, Kind
from duban.core.lifecycle import State
from duban.journal.models import Event
from duban.journal.taking import NotYet, take
from duban.matters.models import Matter
from duban.matters.verbs.deed import lock

from .entering import matter_of
from .models import DocketGround
from .reviewing import end_deferrals
from .verbs.docketing import enter_once, settle_closed

MOST_ALARMS = 1000  # a turn
RED_LIGHTS = Q(event__kind=Kind.ALARM_RAISED.value)  # their time comes later: `feed_red` looks at them
GROUNDS = (Kind.MATTER_REOPENED.value, Kind.RETURN_GRANTED.value, Kind.BALLOT_CLOSED.value)


def feed(limit: int = 1000, *, now: datetime | None = None) -> int:
    """Look at up to `limit` events that wait `now`; returns how many. Ground and outbox row change in one transaction."""
    moment, seen = now or timezone.now(), 0
    while seen < limit and take(Consumer.DOCKET, _look, now=moment, limit=1, only=~RED_LIGHTS):
        seen += 1
    return seen


def _look(events: Sequence[Event]) -> None:
    """Look at one event; it is one, so that no worker ever holds two matters.

    A matter merged since has its ground all the same: it comes into view when the two are separated.
    """
    (event,) = events
    held = lock(Matter.objects.values_list("number", flat=True).get(pk=matter_of(event.stream)), event.at)
    if event.kind == Kind.MATTER_CLOSED:
        settle_closed(held)
    elif event.kind == Kind.MATTER_MERGED:
        end_deferrals(held, event.at)
    elif held.state != State.CLOSED:
        stream = Event.objects.filter(stream=event.stream, kind__in=GROUNDS).order_by("seq")
        reason = reason_of(_happened(event), map(_happened, stream), book().policy)
        if reason is not None:
            enter_once(held, reason)


def feed_red(now: datetime) -> int:
    """Docket every matter whose clock has been red for n whole workdays (policy: 5); returns how many.

    Once for each setting of a clock, dated to the moment the n-th workday ended. Running clocks are found by their
    due moment, and those that were stopped or set anew since, before anybody looked, by their alarm.
    """
    problems: list[Exception] = []
    fed = _feed_running(now, problems) + _feed_ended(now)
    if problems:
        raise ExceptionGroup("red matters that cannot be docketed", problems)
    return fed


def _feed_running(now: datetime, problems: list[Exception]) -> int:
    workdays, calendar = book().policy.docket_red_workdays, book().calendar
    done = DocketGround.objects.filter(
        matter=OuterRef("pk"), ground=Ground.RED, key=Cast(OuterRef("clock_run"), CharField())
    )
    late = Matter.objects.filter(
        ~Exists(done), clock_stopped_at=None, lead=None, clock_due_at__lte=now - timedelta(days=workdays)
    )
    fed = 0
    for number, due_at, run in late.order_by("clock_due_at", "id").values_list(
        "pk", "clock_due_at", "clock_run"
    ):
        try:
            since = red_since(due_at, workdays, calendar)
            if since <= now:
                fed += _enter_red(number, run, since)
        except OperationalError:
            raise
        except Exception as problem:
            problems.append(problem)
    return fed


def _feed_ended(now: datetime) -> int:
    """What is owed for red alarms waits until their n-th workday has ended; yellow ones are owed nothing."""
    fed = 0

    def look(events: Sequence[Event]) -> None:
        nonlocal fed
        (event,) = events
        fed += _look_at_alarm(event, now)

    for _ in range(MOST_ALARMS):
        if not take(Consumer.DOCKET, look, now=now, limit=1, only=RED_LIGHTS):
            break
    return fed


def _look_at_alarm(raised: Event, now: datetime) -> int:
    """Raises NotYet."""
    if raised.facts["boundary"] != Boundary.RED.value:
        return 0
    due_at = datetime.fromisoformat(raised.facts["due_at"])
    since = red_since(due_at, book().policy.docket_red_workdays, book().calendar)
    if since > now:
        raise NotYet(since)
    return _take_red(raised, since)


@transaction.atomic
def _enter_red(matter: int, run: int, since: datetime) -> int:
    held = _locked(matter, since)
    if held is None or held.lead_id is not None or held.clock_run != run or held.clock_stopped_at is not None:
        return 0
    return enter_once(held, Reason(Ground.RED, str(run), since))


def _take_red(event: Event, since: datetime) -> int:
    """The clock that turned red with this alarm lasted until `since`, or it did not; then nothing is owed any more."""
    held = _locked(matter_of(event.stream), since)
    if held is None or _ended_before(event, since):
        return 0
    return enter_once(held, Reason(Ground.RED, str(event.facts["run"]), since))


def _ended_before(raised: Event, since: datetime) -> bool:
    """Whether the clock an alarm was raised for was stopped or set anew, or the matter merged, before that instant."""
    due_at = datetime.fromisoformat(raised.facts["due_at"])
    later = Event.objects.filter(
        stream=raised.stream, seq__gt=raised.seq, at__lt=since, facts__has_key="now"
    ).order_by("seq")
    for kind, facts in later.values_list("kind", "facts"):
        running = facts["now"]["due_at"]
        if kind == Kind.MATTER_MERGED or running is None or datetime.fromisoformat(running) != due_at:
            return True
    return False


def _locked(matter: int, at: datetime) -> Matter | None:
    """The matter, locked; None when it was closed: then there is nothing to be decided any more."""
    held = lock(Matter.objects.values_list("number", flat=True).get(pk=matter), at)
    return None if held.state == State.CLOSED else held


def _happened(event: Event) -> Happened:
    return Happened(event.seq, Kind(event.kind), event.at, str(event.facts.get("outcome", "")))
