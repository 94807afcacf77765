"""The whole city at a glance: what waits for a ruling, the lights, the latest alarms, every unit."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from duban.catalogue.book import book
from duban.core.rights import Verb, may
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of
from duban.matters.queries import lights_by_unit, trays
from duban.supervision.checks import runs
from duban.supervision.queries import order_counts, recent_alarms, unanswered

from ..access import StaffRequest, staff_page
from ..charts import census_label, census_parts
from ..figures import census_of, city_lights
from .trays import TrayLink, tray_links

# the ways to press on: label, page, and the verb an account needs to open it
WAYS: tuple[tuple[str, str, Verb], ...] = (
    (_("报警"), "alarms", Verb.SEE_CITY),
    (_("督办件"), "orders", Verb.SEE_ORDER),
    (_("协办"), "assists", Verb.SEE_CITY),
    (_("五查"), "checks", Verb.SEE_CHECKS),
    (_("联席会议"), "meeting", Verb.SEE_MEETING),
    (_("难点台账"), "hard_cases", Verb.SEE_MEETING),
    (_("驾驶舱"), "cockpit", Verb.SEE_COCKPIT),
)
ALARMS_SHOWN = 6
CHECKS_SHOWN = 3


@require_GET
@staff_page(Verb.SEE_CITY)
def office(request: StaffRequest) -> HttpResponse:
    """`/office`"""
    now = timezone.now()
    units, census = lights_by_unit(now), census_of(now)
    context = {
        "now": now,
        "day_off": _is_day_off(now),
        "trays": [*_answers(request, now), *tray_links(trays(now))],
        "ways": _ways(request),
        "lights": city_lights(units),
        "census": census,
        "parts": census_parts(census),
        "census_label": census_label(census),
        "alarms": recent_alarms(now, limit=ALARMS_SHOWN),
        "checked": runs(request.user.actor, limit=CHECKS_SHOWN).items,
        "busy": [unit for unit in units if unit.total],
        "idle": [unit for unit in units if not unit.total],
        "may_direct": may(request.user.actor, Verb.REGISTER_DIRECTIVE),
    }
    return render(request, "office/overview.html", context)


def _answers(request: StaffRequest, now: datetime) -> list[TrayLink]:
    """What demands an answer before everything else: alarms nobody has answered, replies to orders."""
    replied = order_counts(request.user.actor, now).replied
    return [
        TrayLink(gettext("报警待处置"), reverse("alarms"), unanswered(now, listed=0).total),
        TrayLink(gettext("督办件待审核"), f"{reverse('orders')}?state=replied", replied),
    ]


def _ways(request: StaffRequest) -> list[tuple[str, str]]:
    actor = request.user.actor
    return [(gettext(label), reverse(page)) for label, page, verb in WAYS if may(actor, verb)]


def _is_day_off(now: datetime) -> bool:
    try:
        return not book().calendar.is_workday(day_of(now))
    except CalendarMissing:
        return False
