"""Issuing an order: about a matter, to a unit alone, or a stronger one in place of one nobody replied to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from duban.catalogue.book import book
from duban.core.orders import DEMAND_LIMIT, DEMAND_POINTS, next_colour
from duban.core.refusal import Unknown
from duban.core.rights import Actor, Verb
from duban.matters.queries import staff_matter
from duban.supervision.queries import seen_order
from duban.supervision.verbs.ordering import issue_order

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.picture import summary
from ..doing import status_of
from ..once import slip
from ..units import unit_choices, unit_named
from ..wording import told
from .forms import OrderForm

INITIAL = ("matter", "unit", "colour")


@require_http_methods(["GET", "POST"])
@staff_page(Verb.ISSUE_ORDER)
def order_new(request: StaffRequest) -> HttpResponse:
    """`/office/orders/new?matter=&unit=&colour=&from=`: POST issues it and shows it."""
    now, actor = timezone.now(), request.user.actor
    if request.method == "GET":
        form = OrderForm(initial=_initial(request, actor))
        return _draw(request, form, now)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _draw(request, form, now)
    issued: list[str] = []

    def deed() -> None:
        issued.append(issue_order(**form.cleaned_data, actor=actor, now=now).key)

    try:
        if not sent(request, form, deed, now, _("督办件已发出。")):
            return _draw(request, form, now)
    except Unknown as unknown:  # a number mistyped: everything else stays typed
        form.add_error("matter", told(unknown))
        return _draw(request, form, now)
    there = reverse("order", args=issued) if issued else reverse("orders")
    return HttpResponseRedirect(there)


def _initial(request: StaffRequest, actor: Actor) -> dict[str, Any]:
    """What the address asks for; in place of an unreplied order, the same addressee, the next colour and the demand."""
    given = {name: request.GET.get(name, "") for name in INITIAL}
    if former_key := request.GET.get("from", ""):
        former = seen_order(former_key, actor)
        stronger = next_colour(former.hue)
        given |= {
            "matter": former.matter.number if former.matter else "",
            "unit": "" if former.matter else former.unit_id,
            "colour": given["colour"] or (stronger.value if stronger else ""),
            "demand": former.demand,
            "escalated_from": former.key,
        }
    given["unit"] = unit_named(given["unit"]) if given["unit"] else ""
    return given


def _draw(request: StaffRequest, form: OrderForm, now: datetime) -> HttpResponse:
    context = {
        **_about((form["matter"].value() or "").strip(), request.user.actor, now),
        "form": form,
        "once": slip(request),
        "units": unit_choices(),
        "limit": DEMAND_LIMIT,
        "most": DEMAND_POINTS,
        "workdays": book().policy.order_reply_workdays,
    }
    return render(request, "orders/order_new.html", context, status=status_of(form))


def _about(number: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """The matter beside the form; nothing for a number nobody has."""
    try:
        return summary(staff_matter(number, actor), actor, now)
    except Unknown:
        return {"matter": None}
