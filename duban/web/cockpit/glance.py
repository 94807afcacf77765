"""The leaders' cockpit (领导驾驶舱): the city at a glance, and a list behind every figure."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from duban.core.ageing import BANDS
from duban.core.rights import Verb, may
from duban.core.zone import day_of
from duban.ledgers.trends import run
from duban.matters.directing import open_directives
from duban.matters.glance import ageing, oldest_reds, topics
from duban.matters.places import written
from duban.matters.queries import lights_by_unit
from duban.supervision.meetings import docket_size
from duban.supervision.queries import order_counts, silent_units, unanswered, waited

from ..access import StaffRequest, staff_page
from ..charts import census_label, census_parts
from ..desk.jobs import job_of
from ..figures import city_lights
from ..office.narrowing import AGES, STATES, township_words
from ..open.forms import StatisticsForm
from .drawing import age_bars, unit_bars, weekly

UNITS_SHOWN = 12
ALARMS_SHOWN = 5
SILENT_SHOWN = 8


@require_GET
@staff_page(Verb.SEE_COCKPIT)
def cockpit(request: StaffRequest) -> HttpResponse:
    """`/office/cockpit?as_of=2014-04-07`: the figures and trends of a day; lights, ages, reds, alarms and orders are those of now."""
    actor, now = request.user.actor, timezone.now()
    form = StatisticsForm(request.GET or None)
    as_of = form.cleaned_data.get("as_of") if form.is_bound and form.is_valid() else None
    alarms, silent = unanswered(now, listed=ALARMS_SHOWN), silent_units(now)
    units, found, ages = lights_by_unit(now), run(now, as_of=as_of), ageing(now)
    busy = [unit for unit in units if unit.total]
    directs = may(actor, Verb.REGISTER_DIRECTIVE)
    own = open_directives(actor) if directs else []
    context = {
        "form": form,
        "now": now,
        "as_of": as_of,
        "run": found,
        "parts": census_parts(found.today.census),
        "census_label": census_label(found.today.census),
        "lights": city_lights(units),
        "units": unit_bars(busy)[:UNITS_SHOWN],
        "more_units": len(busy) - UNITS_SHOWN,
        "weekly": weekly(found.weeks),
        "ages": ages,
        "age_bars": age_bars(ages),
        "bands": [band.key for band in BANDS],
        "age_words": AGES,
        "state_words": STATES,
        "township_words": township_words,
        "topics": topics(as_of or day_of(now), written((unit.code, unit.name) for unit in units)),
        "reds": oldest_reds(now),
        "alarms": alarms,
        "oldest_alarms": [(one, waited(one, now)) for one in alarms.oldest],
        "silent": silent[:SILENT_SHOWN],
        "more_silent": len(silent) - SILENT_SHOWN,
        "orders": order_counts(actor, now),
        "docket": docket_size(),
        "directs": directs,
        "waiting": [job_of(one, actor, now, ("unit",)) for one in own if one.state == "completed"],
        "running": [job_of(one, actor, now, ("unit", "handler")) for one in own if one.state != "completed"],
    }
    return render(request, "cockpit/glance.html", context, status=422 if form.errors else 200)
