"""Lists of orders: the office's, with those that want a stronger one, and a unit's own."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from duban.core.rights import Verb, may
from duban.supervision.queries import order_counts, order_list, to_escalate

from ..access import StaffRequest, staff_page
from ..units import unit_choices, unit_code, unit_named
from .picture import line_of, lines_of

ASKED = ("colour", "state", "after")


@require_GET
@staff_page(Verb.SEE_CITY)
def orders(request: StaffRequest) -> HttpResponse:
    """`/office/orders?colour=&state=&unit=&after=`: every order, the newest first."""
    now, actor = timezone.now(), request.user.actor
    asked = {name: request.GET.get(name, "") for name in ASKED}
    asked["unit"] = unit_code(request.GET.get("unit", ""))
    may_order = may(actor, Verb.ISSUE_ORDER)
    context = {
        **_listed(request, asked),
        **(_proposed(request, now) if may_order else {"proposals": []}),
        "may_order": may_order,
        "unit_name": unit_named(asked["unit"]) if asked["unit"] else "",
        "units": unit_choices(),
    }
    return render(request, "orders/orders.html", context)


@require_GET
@staff_page(Verb.SEE_ORDER)
def desk_orders(request: StaffRequest) -> HttpResponse:
    """`/desk/orders?colour=&state=&after=`: those addressed to one's unit; who sees the city goes to the whole list."""
    if may(request.user.actor, Verb.SEE_CITY):
        return HttpResponseRedirect(reverse("orders"))
    asked = {name: request.GET.get(name, "") for name in ASKED}
    return render(request, "orders/desk_orders.html", _listed(request, {**asked, "unit": ""}))


def _proposed(request: StaffRequest, now: datetime) -> dict[str, object]:
    page = to_escalate(now, after=request.GET.get("proposed", ""))
    return {
        "proposals": [{"line": line_of(one.order, now), "colour": one.colour.value} for one in page.items],
        "proposed_onward": f"{request.path}?{urlencode({'proposed': page.next})}" if page.next else "",
    }


def _listed(request: StaffRequest, asked: dict[str, str]) -> dict[str, object]:
    now, actor = timezone.now(), request.user.actor
    page = order_list(
        actor, now, colour=asked["colour"], state=asked["state"], unit=asked["unit"], after=asked["after"]
    )
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    return {
        "asked": asked,
        "lines": lines_of(page.items, now),
        "counts": order_counts(actor, now, unit=asked["unit"]),
        "onward": f"{request.path}?{urlencode({**kept, 'after': page.next})}" if page.next else "",
    }
