"""The home page: seven doors, the lights of the city as they are now, the newest results, the census."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..charts import census_label, census_parts
from ..figures import census_of, city_lights, units_by_light
from ..open.results import newest_results


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`"""
    now = timezone.now()
    census = census_of(now)
    context = {
        "now": now,
        "lights": city_lights(units_by_light(now)),
        "results": newest_results(5),
        "census": census,
        "parts": census_parts(census),
        "census_label": census_label(census),
    }
    return render(request, "citizen/home.html", context)


@require_safe
def coded_report(request: HttpRequest) -> HttpResponse:
    """`/coded-report`: where to turn with a report of misconduct."""
    return render(request, "citizen/coded_report.html", {})
