"""One order: its page with what may be done to it, its printed letter, and the public proof that it is real."""

from __future__ import annotations

from datetime import datetime

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from duban.core.rights import Verb, may
from duban.supervision.models import Order
from duban.supervision.queries import order_of_token, seen_order, stronger
from duban.supervision.verbs.order_deed import permit

from ..access import StaffRequest, private_page, staff_page
from ..deeds import sent
from ..desk.forms import StaffForm
from ..doing import status_of
from ..letterhead import masthead
from ..once import slip
from ..wording import told_code
from .deeds import BY_SLUG, Deed, offered
from .picture import letter, line_of


@require_http_methods(["GET"])
@staff_page(Verb.SEE_ORDER)
def order_page(request: StaffRequest, key: str) -> HttpResponse:
    """`/orders/<key>`: what was demanded, what was replied, and what may be done next."""
    order, actor, now = seen_order(key, request.user.actor), request.user.actor, timezone.now()
    context = {
        **letter(order, actor),
        "line": line_of(order, now),
        "order": order,
        "deeds": offered(order, actor),
        "stronger": stronger(order, now) if may(actor, Verb.ISSUE_ORDER) else None,
        "inside": may(actor, Verb.SEE_CITY),
    }
    return render(request, "orders/order.html", context)


@require_http_methods(["GET"])
@staff_page(Verb.SEE_ORDER)
def order_print(request: StaffRequest, key: str) -> HttpResponse:
    """`/orders/<key>/print`: the letter on one A4 page, with the code that proves it."""
    order, actor = seen_order(key, request.user.actor), request.user.actor
    link = f"{settings.SITE_URL}{reverse('order_proof', args=[order.token])}"
    context = {
        **letter(order, actor),
        "order": order,
        "masthead": masthead(),
        "qr": segno.make(link, error="m").svg_data_uri(scale=3, border=1, light="#fff"),
    }
    return render(request, "orders/order_print.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.REPLY_ORDER, Verb.RULE_ORDER)
def order_deed(request: StaffRequest, key: str, deed: str) -> HttpResponse:
    """`/orders/<key>/<deed>`: the form of one verb; POST does it and goes back to the order."""
    act, actor, now = BY_SLUG.get(deed), request.user.actor, timezone.now()
    if act is None:
        raise Http404(deed)
    order = seen_order(key, actor)
    if request.method == "GET":
        if act in offered(order, actor):
            return _draw(request, order, act, act.form(), now)
        messages.warning(request, told_code("order_wrong_state"))
        return HttpResponseRedirect(reverse("order", args=[key]))
    permit(actor, act.verb, order)
    form = act.form(request.POST)
    if not form.is_valid() or not _done(request, order, act, form, now):
        return _draw(request, order, act, form, now)
    return HttpResponseRedirect(reverse("order", args=[key]))


@require_safe
@private_page
def order_proof(request: HttpRequest, proof: str) -> HttpResponse:
    """`/orders/verify/<token>`: for whoever holds a printed order: it is real, to whom and when; never about whom."""
    order = order_of_token(proof)
    return render(
        request, "orders/order_proof.html", {"order": order, "line": line_of(order, timezone.now())}
    )


def _done(request: StaffRequest, order: Order, act: Deed, form: StaffForm, now: datetime) -> bool:
    actor, fields = request.user.actor, form.cleaned_data
    return sent(
        request, form, lambda: act.does(order=order.key, actor=actor, now=now, **fields), now, act.done
    )


def _draw(request: StaffRequest, order: Order, act: Deed, form: StaffForm, now: datetime) -> HttpResponse:
    context = {
        **letter(order, request.user.actor),
        "line": line_of(order, now),
        "order": order,
        "act": act,
        "form": form,
        "once": slip(request),
    }
    return render(request, "orders/order_deed.html", context, status=status_of(form))
