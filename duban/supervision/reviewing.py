"""Deferrals (挂账) and their review days: what comes back before the joint meeting, and when a deferral ends (rule 13).

Whether a matter comes back is read from its stream as it stood when its review day began, so it makes no difference
when the worker looks, nor what was done to the matter meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from duban.core.docket import Ground, Reason, review_since
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.zone import day_of
from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.verbs.deed import lock

from .inheriting import heirs_of
from .models import Decision, Deferral
from .verbs.docketing import enter_once

BATCH = 1000


def feed_reviews(now: datetime) -> int:
    """Docket every matter put off whose review day has come; returns how many. Each deferral ends with it.

    Besides the matter decided about, those merged into it that have gone on by themselves with its deadline since:
    their petitioners were told of the day, too. Raises ExceptionGroup when the others are done, if one could not
    come back; it is tried again at the next turn.
    """
    due = Deferral.objects.filter(ended_at=None, review_on__lte=day_of(now)).order_by("review_on", "id")
    fed, problems = 0, list[Exception]()
    for deferral in list(due.select_related("decision__item")[:BATCH]):
        try:
            fed += _feed(deferral)
        except OperationalError:  # the database itself
            raise
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("deferrals that cannot come back", problems)
    return fed


def _feed(deferral: Deferral) -> int:
    heirs = [heir.pk for heir in heirs_of(deferral.decision)]
    fed = sum(_review(deferral, matter) for matter in (deferral.matter_id, *heirs))
    Deferral.objects.filter(pk=deferral.pk, ended_at=None).update(ended_at=review_since(deferral.review_on))
    return fed


def running_deferrals(held: Matter, at: datetime) -> QuerySet[Deferral]:
    """The deferrals of a matter that have not ended, the nearest review day first."""
    running = Deferral.objects.filter(matter=held, ended_at=None, decision__at__lte=at)
    return running.order_by("review_on", "id")


def end_deferrals(held: Matter, at: datetime) -> None:
    """A locked matter's deferrals end because it was decided about anew, or merged.

    One whose review day had begun by then comes back first, if the worker has not seen to it yet.
    """
    for deferral in running_deferrals(held, at):
        since = review_since(deferral.review_on)
        if since <= at:
            _come_back(held, deferral)
        deferral.ended_at = min(since, at)
        deferral.save(update_fields=["ended_at"])


@transaction.atomic
def _review(deferral: Deferral, matter: int) -> int:
    """Docket one matter, unless somebody has decided about it or ended the deferral since."""
    number = Matter.objects.values_list("number", flat=True).get(pk=matter)
    held = lock(number, review_since(deferral.review_on))
    if not Deferral.objects.filter(pk=deferral.pk, ended_at=None).exists():
        return 0
    if matter != deferral.matter_id and _settled_since(held, deferral):
        return 0
    return _come_back(held, deferral)


def _come_back(held: Matter, deferral: Deferral) -> int:
    since = review_since(deferral.review_on)
    if held.state == State.CLOSED or not _waited(held, since):
        return 0
    return enter_once(held, Reason(Ground.REVIEW, str(deferral.pk), since))


def _waited(held: Matter, since: datetime) -> bool:
    """Whether the matter was in handling, and merged into no other, when its review day began."""
    moves = Event.objects.filter(stream=held.stream, at__lt=since, facts__has_key="now").order_by("-seq")
    last = moves.first()
    if last is None or last.facts["now"]["state"] != State.HANDLING:
        return False
    leading = (Kind.MATTER_MERGED.value, Kind.MATTER_SEPARATED.value)
    led = moves.filter(kind__in=leading).values_list("kind", flat=True).first()
    return led != Kind.MATTER_MERGED


def _settled_since(heir: Matter, deferral: Deferral) -> bool:
    """Whether an heir has another clock by now, or the meeting has decided about itself."""
    at = deferral.decision.at
    return heir.clock_started_at != at or Decision.objects.filter(item__matter=heir, at__gt=at).exists()
