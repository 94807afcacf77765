"""The ranking of units (红黑榜), for everyone. Officials are never on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from duban.catalogue.book import book
from duban.core.census import Status
from duban.core.periods import month_at, read_period
from duban.ledgers.ranking import ranking

from ..figures import census_of
from ..wording import told_code
from .drawing import definitions, percents, period_choices, period_named

UNITS_SHOWN = 10  # of the ranked ones; the others stand behind one touch


@require_safe
def ledgers(request: HttpRequest) -> HttpResponse:
    """`/ledgers?period=2014-01`; the running month when nothing is asked, or nothing that is a period."""
    now, asked = timezone.now(), request.GET.get("period", "")
    period = read_period(asked) if asked else month_at(now)
    lines = ranking(period) if period else []
    context = {
        "asked": asked if period is None else period.key,
        "problem": "" if period else told_code("period_shape"),
        "named": period_named(period) if period else "",
        "choices": period_choices(now, period),
        "least": book().policy.ranking_least_matters,
        "ranked": [(line, percents(line.rates)) for line in lines if line.rank is not None],
        "small": [(line, percents(line.rates)) for line in lines if line.rank is None],
        "shown": UNITS_SHOWN,
        "unaccepted": census_of(now).counts[Status.OVERDUE_ACCEPTANCE],
        "definitions": definitions(),
    }
    return render(request, "ledgers/public.html", context, status=200 if period else 422)
