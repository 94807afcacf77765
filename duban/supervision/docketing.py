"""Feeding the docket by rule: from the journal's events and from long red lights (rule 13); `reviewing` does the rest.

Every ground is entered once, whoever feeds and however often: its (matter, ground, key) is unique, and it is looked
for under the matter's lock. It is dated to when it came about, not to when the worker found it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from duban.catalogue.book import book
from duban.core.boundaries import Boundary
from duban.core.docket import Ground, Happened, Reason, reason_of, red_since
from duban.core.events import Consumer, Kind
from duban.core.lifecycle import State
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter
from duban.matters.verbs.deed import lock

from .entering import matter_of
from .models import DocketGround
from .reviewing import end_deferrals
from .verbs.docketing import enter_once, settle_closed

BATCH = 200
GROUNDS = (Kind.MATTER_REOPENED.value, Kind.RETURN_GRANTED.value, Kind.BALLOT_CLOSED.value)


def feed(limit: int = 1000) -> int:
    """Look at up to `limit` waiting events; returns how many. Ground and outbox row change in one transaction.

    Raises ExceptionGroup when the others are done, if some could not be looked at.
    """
    problems: dict[int, Exception] = {}
    done = 0
    for _ in range(limit):
        waiting = _owed().exclude(event__kind=Kind.ALARM_RAISED.value)
        row = waiting.exclude(pk__in=problems).order_by("next_at", "id").values_list("pk", flat=True).first()
        if row is None:
            break
        try:
            done += _take(row)
        except OperationalError:  # the database itself
            raise
        except Exception as problem:
            problems[row] = problem
    if problems:
        raise ExceptionGroup("events the docket cannot be fed from", list(problems.values()))
    return done


def _owed() -> QuerySet[Outbox]:
    return Outbox.objects.filter(consumer=Consumer.DOCKET.value, dead_at=None)


@transaction.atomic
def _take(row: int) -> int:
    """Look at one event; another worker's is waited for at the matter's lock, and then gone.

    A matter merged since has its ground all the same: it comes into view when the two are separated.
    """
    event = Event.objects.filter(outbox__pk=row).first()
    if event is None:
        return 0
    held = lock(Matter.objects.values_list("number", flat=True).get(pk=matter_of(event.stream)), event.at)
    gone, _ = Outbox.objects.filter(pk=row).delete()
    if not gone:
        return 0
    if event.kind == Kind.MATTER_CLOSED:
        settle_closed(held)
    elif event.kind == Kind.MATTER_MERGED:
        end_deferrals(held, event.at)
    elif held.state != State.CLOSED:
        stream = Event.objects.filter(stream=event.stream, kind__in=GROUNDS).order_by("seq")
        reason = reason_of(_happened(event), map(_happened, stream), book().policy)
        if reason is not None:
            enter_once(held, reason)
    return gone


def feed_red(now: datetime) -> int:
    """Docket every matter whose clock has been red for n whole workdays (policy: 5); returns how many.

    Once for each setting of a clock, dated to the moment the n-th workday ended. Running clocks are found by their
    due moment, and those that were stopped or set anew since, before anybody looked, by their alarm.
    """
    problems: list[Exception] = []
    fed = _feed_running(now, problems) + _feed_ended(now, problems)
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


def _feed_ended(now: datetime, problems: list[Exception]) -> int:
    """What is owed for red alarms waits until their n-th workday has ended; yellow ones are owed nothing."""
    workdays, calendar = book().policy.docket_red_workdays, book().calendar
    fed = 0
    waiting = _owed().filter(event__kind=Kind.ALARM_RAISED.value, next_at__lte=now)
    for row in waiting.select_related("event").order_by("next_at", "id")[: BATCH * 5]:
        event = row.event
        try:
            if event.facts["boundary"] != Boundary.RED.value:
                row.delete()
                continue
            since = red_since(datetime.fromisoformat(event.facts["due_at"]), workdays, calendar)
            if since <= now:
                fed += _take_red(event, since)
            else:
                Outbox.objects.filter(pk=row.pk).update(next_at=since)
        except OperationalError:
            raise
        except Exception as problem:
            problems.append(problem)
    return fed


@transaction.atomic
def _enter_red(matter: int, run: int, since: datetime) -> int:
    held = _locked(matter, since)
    if held is None or held.lead_id is not None or held.clock_run != run or held.clock_stopped_at is not None:
        return 0
    return enter_once(held, Reason(Ground.RED, str(run), since))


@transaction.atomic
def _take_red(event: Event, since: datetime) -> int:
    """The clock that turned red with this alarm lasted until `since`, or it did not; then nothing is owed any more."""
    held = _locked(matter_of(event.stream), since)
    gone, _ = Outbox.objects.filter(event=event, consumer=Consumer.DOCKET.value).delete()
    if not gone or held is None or _ended_before(event, since):
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
