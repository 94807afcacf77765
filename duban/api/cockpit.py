"""The cockpit: the city for its leaders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BeforeValidator

from duban.core.places import Hot
from duban.core.refusal import Invalid
from duban.core.rights import Actor, Verb, may, require
from duban.core.zone import day_of
from duban.ledgers.trends import Standing, Week, run
from duban.matters.directing import directives, open_directives
from duban.matters.glance import Red, ageing, oldest_reds, topics
from duban.matters.listing import Listed
from duban.matters.models import Matter
from duban.matters.places import written
from duban.matters.queries import UnitLights, lights_by_unit
from duban.supervision.meetings import docket_size
from duban.supervision.models import Alarm
from duban.supervision.queries import order_counts, silent_units, unanswered, waited

from .answers import Json, answer, moment
from .cockpit_shapes import Cockpit
from .desk_shapes import Worklist
from .drawing import row_of, unit_of
from .forms import Text, as_day
from .keys import Bearer, StaffRequest
from .order_drawing import silent_of

router = Router(tags=["cockpit"], auth=Bearer())


@router.get("/cockpit", response=Cockpit, summary="The city at a glance")
def see_cockpit(
    request: StaffRequest, as_of: Annotated[date | None, BeforeValidator(as_day)] = None
) -> HttpResponse:
    """Figures, trends and topics as the day `as_of` ended, or now; the rest are those of now."""
    actor, now = request.auth.actor, timezone.now()
    require(actor, Verb.SEE_COCKPIT)
    if as_of is not None and as_of > day_of(now):
        raise Invalid({"as_of": ("day_ahead", {})})
    units, found = lights_by_unit(now), run(now, as_of=as_of)
    return answer(
        {
            "standing": [_standing(one) for one in (found.today, found.yesterday, found.last_week)],
            "weeks": [_week(one) for one in found.weeks],
            "units": [_unit(one) for one in units if one.total],
            "ages": [{"state": one.state.value, "counts": dict(one.counts)} for one in ageing(now)],
            "topics": _topics(as_of or day_of(now), units),
            "reds": [_red(one, now) for one in oldest_reds(now)],
            "alarms": _alarms(now),
            "silent_units": [silent_of(one) for one in silent_units(now)],
            "orders": _orders(actor, now),
            "docket": docket_size(),
            "directives": _own(actor, now),
        }
    )


@router.get("/directives", response=Worklist, summary="The directives of one's office")
def list_directives(
    request: StaffRequest,
    status: Text = "",
    light: Text = "",
    after: Text = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    """Those the leaders of one's own unit issued, for leaders; running ones by what turns red next."""
    now = timezone.now()
    page = directives(request.auth.actor, now, status=status, light=light, after=after, limit=limit)
    return answer({"items": [_row(one, now) for one in page.items], "next": page.next})


def _standing(one: Standing) -> Json:
    return {
        "day": one.day.isoformat(),
        "total": one.census.total,
        "statuses": {status.value: number for status, number in one.census.counts.items()},
        "running": one.running,
        "overdue": one.overdue,
    }


def _week(one: Week) -> Json:
    return {
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "registered": one.registered,
        "closed": one.closed,
        "overdue": one.overdue,
    }


def _unit(one: UnitLights) -> Json:
    return {
        "unit": {"code": one.code, "name": one.name},
        "green": one.green,
        "yellow": one.yellow,
        "red": one.red,
    }


def _topics(last: date, units: Iterable[UnitLights]) -> Json:
    found = topics(last, written((unit.code, unit.name) for unit in units))
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "kinds": [_hot(one) for one in found.kinds],
        "standards": [_hot(one) for one in found.standards],
        "places": [_hot(one) for one in found.places],
    }


def _hot(one: Hot) -> Json:
    return {"name": one.name, "recent": one.recent, "before": one.before}


def _red(one: Red, now: datetime) -> Json:
    return {"matter": _row(one.matter, now), "workdays_red": one.workdays}


def _alarms(now: datetime) -> Json:
    found = unanswered(now)
    return {"yellow": found.yellow, "red": found.red, "oldest": [_alarm(one, now) for one in found.oldest]}


def _alarm(one: Alarm, now: datetime) -> Json:
    return {
        "id": one.pk,
        "number": one.matter.number,
        "title": one.matter.title,
        "clock": one.clock,
        "boundary": one.boundary,
        "at": moment(one.at),
        "unit": unit_of(one.unit),
        "waiting_workdays": waited(one, now),
    }


def _orders(actor: Actor, now: datetime) -> Json:
    found = order_counts(actor, now)
    return {"open": found.total, "replied": found.replied, "overdue": found.overdue}


def _own(actor: Actor, now: datetime) -> list[Json]:
    own = open_directives(actor) if may(actor, Verb.REGISTER_DIRECTIVE) else []
    return [_row(one, now) for one in own]


def _row(matter: Matter, now: datetime) -> Json:
    named = {
        "unit_code": matter.unit.code,
        "unit_name": matter.unit.name,
        "handler": matter.handler.display_name if matter.handler else None,
    }
    plain = Listed._make(named[name] if name in named else getattr(matter, name) for name in Listed._fields)
    return row_of(plain, now)
