"""Feeding the docket by rule: from the journal's events, from long red lights, from review days (rule 13).

Every ground is entered once, whoever feeds and however often: its (matter, ground, key) is unique, and it is looked
for under the matter's lock. It is dated to when it came about, not to when the worker found it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from duban.catalogue.book import book
from duban.core.docket import Ground, Happened, Reason, reason_of, red_since, review_since
from duban.core.events import Consumer, Kind
from duban.core.lifecycle import State
from duban.core.zone import day_of
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter
from duban.matters.verbs.deed import lock

from .inheriting import heirs_of
from .models import Decision, Deferral, DocketGround
from .verbs.docketing import enter

BATCH = 200
GROUNDS = (Kind.MATTER_REOPENED.value, Kind.RETURN_GRANTED.value, Kind.BALLOT_CLOSED.value)


def feed(limit: int = 1000) -> int:
    """Look at up to `limit` waiting events; returns how many. Ground and outbox row change in one transaction.

    Raises ExceptionGroup when the others are done, if some could not be looked at.
    """
    problems: dict[int, Exception] = {}
    done = 0
    for _ in range(limit):
        waiting = Outbox.objects.filter(consumer=Consumer.DOCKET.value, dead_at=None)
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


@transaction.atomic
def _take(row: int) -> int:
    """Look at one event; another worker's is waited for at the matter's lock, and then gone."""
    event = Event.objects.filter(outbox__pk=row).first()
    if event is None:
        return 0
    held = _locked(int(event.stream.partition(":")[2]), event.at)
    gone, _ = Outbox.objects.filter(pk=row).delete()
    if gone and held is not None:
        stream = Event.objects.filter(stream=event.stream, kind__in=GROUNDS).order_by("seq")
        reason = reason_of(_happened(event), map(_happened, stream), book().policy)
        if reason is not None:
            _enter_once(held, reason)
    return gone


def feed_red(now: datetime) -> int:
    """Docket every running matter whose clock has been red for n whole workdays (policy: 5); returns how many.

    Once for each setting of a clock, dated to the moment the n-th workday ended.
    """
    workdays, calendar = book().policy.docket_red_workdays, book().calendar
    done = DocketGround.objects.filter(
        matter=OuterRef("pk"), ground=Ground.RED, key=Cast(OuterRef("clock_run"), CharField())
    )
    late = Matter.objects.filter(
        ~Exists(done), clock_stopped_at=None, lead=None, clock_due_at__lte=now - timedelta(days=workdays)
    )
    fed, problems = 0, []
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
    if problems:
        raise ExceptionGroup("red matters that cannot be docketed", problems)
    return fed


@transaction.atomic
def _enter_red(matter: int, run: int, since: datetime) -> int:
    held = _locked(matter, since)
    if held is None or held.clock_run != run or held.clock_stopped_at is not None:
        return 0
    return _enter_once(held, Reason(Ground.RED, str(run), since))


def feed_reviews(now: datetime) -> int:
    """Docket every matter put off whose review day has come; returns how many. Each deferral ends with it.

    Besides the matter decided about, those merged into it that have gone on by themselves with its deadline since:
    their petitioners were told of the day, too.
    """
    due = Deferral.objects.filter(ended_at=None, review_on__lte=day_of(now)).order_by("review_on", "id")
    fed = 0
    for deferral in list(due.select_related("decision__item")[: BATCH * 5]):
        heirs = [heir.pk for heir in heirs_of(deferral.decision)]
        fed += sum(_review(deferral, matter) for matter in (deferral.matter_id, *heirs))
        Deferral.objects.filter(pk=deferral.pk, ended_at=None).update(
            ended_at=review_since(deferral.review_on)
        )
    return fed


@transaction.atomic
def _review(deferral: Deferral, matter: int) -> int:
    """Docket one matter, unless somebody has decided about it or ended the deferral since."""
    since = review_since(deferral.review_on)
    held = _locked(matter, since)
    if held is None or held.state != State.HANDLING:
        return 0
    if not Deferral.objects.filter(pk=deferral.pk, ended_at=None).exists():
        return 0
    if matter != deferral.matter_id and _settled_since(held, deferral):
        return 0
    return _enter_once(held, Reason(Ground.REVIEW, str(deferral.pk), since))


def _settled_since(heir: Matter, deferral: Deferral) -> bool:
    """Whether an heir has another clock by now, or the meeting has decided about itself."""
    at = deferral.decision.at
    return heir.clock_started_at != at or Decision.objects.filter(item__matter=heir, at__gt=at).exists()


def _locked(matter: int, at: datetime) -> Matter | None:
    """The matter, locked; None when the docket has no business with it (any more): closed, or merged."""
    held = lock(Matter.objects.values_list("number", flat=True).get(pk=matter), at)
    return None if held.state == State.CLOSED or held.lead_id is not None else held


def _enter_once(held: Matter, reason: Reason) -> int:
    if DocketGround.objects.filter(matter=held, ground=reason.ground, key=reason.key).exists():
        return 0
    enter(held, reason)
    return 1


def _happened(event: Event) -> Happened:
    return Happened(event.seq, Kind(event.kind), event.at, str(event.facts.get("outcome", "")))
