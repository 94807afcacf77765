"""The figures (统计红黑榜): six statuses now or as any day ended, every unit by light, and the head of the ranking."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from duban.core.census import Census
from duban.core.periods import month_at
from duban.ledgers.ranking import leading

from ..charts import census_label, census_parts, trend
from ..figures import census_of, census_of_units, city_lights, run_of, units_by_light
from ..ledgers.drawing import percents, period_named
from ..units import unit_choices, unit_named
from .forms import StatisticsForm

UNITS_SHOWN, BEST_SHOWN = 10, 5  # the others stand behind one touch, or on the page of the ranking


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """`/statistics?as_of=2014-04-07&unit=…`"""
    now = timezone.now()
    form = StatisticsForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    as_of, unit = asked.get("as_of"), asked.get("unit") or ""
    figures = census_of(now, as_of=as_of, unit=unit)
    units = units_by_light(now)
    context = {
        "form": form,
        "now": now,
        "as_of": as_of,
        "unit": unit,
        "unit_name": unit_named(unit),
        "units": unit_choices(),
        "census": figures,
        "parts": census_parts(figures),
        "census_label": census_label(figures),
        "trend": trend(run_of(now, as_of=as_of, unit=unit)),
        "by_unit": _by_unit(now, as_of) if not unit else [],
        "lights": city_lights(units),
        "busy": [one for one in units if one.total],
        "idle": [one for one in units if not one.total],
        "shown": UNITS_SHOWN,
        **_board(now),
    }
    return render(request, "open/statistics.html", context, status=422 if form.errors else 200)


def _board(now: datetime) -> dict[str, object]:
    """The best of the ranking: of the running month, or of the one before where none can be ranked yet."""
    month = month_at(now)
    best, total = leading(month, BEST_SHOWN)
    if not best:
        month = month.before()
        best, total = leading(month, BEST_SHOWN)
    return {
        "month": month.key,
        "month_named": period_named(month),
        "best": [(line, percents(line.rates)) for line in best],
        "ranked": total,
    }


def _by_unit(now: datetime, as_of: date | None) -> list[tuple[str, str, Census]]:
    """Code, name and census of every unit that has held a matter, the largest first."""
    found = [(code, unit_named(code), one) for code, one in census_of_units(now, as_of=as_of).items()]
    return sorted((row for row in found if row[2].total), key=lambda row: -row[2].total)
