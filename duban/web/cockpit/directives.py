"""The directives of a leader's office, by status and light."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from duban.core.rights import Verb
from duban.matters.directing import directive_counts
from duban.matters.directing import directives as listed

from ..access import StaffRequest, staff_page
from ..desk.jobs import lanes
from ..desk.worklist import onward


@require_GET
@staff_page(Verb.REGISTER_DIRECTIVE)
def directives(request: StaffRequest) -> HttpResponse:
    """`/office/directives?status=&light=&after=`: those the leaders of one's own unit issued."""
    actor, now = request.user.actor, timezone.now()
    asked = {name: request.GET.get(name, "") for name in ("light", "status", "after")}
    page = listed(actor, now, status=asked["status"], light=asked["light"], after=asked["after"])
    path, counted = reverse("directives"), directive_counts(actor, now)
    choices = [
        (gettext("在办"), "", "", "running"),
        ("", "light", "red", "red"),
        ("", "light", "yellow", "yellow"),
        ("", "light", "green", "green"),
        (gettext("待评价"), "status", "pending_review", "waiting"),
        (gettext("已销号"), "status", "closed", "closed"),
    ]
    context = {
        "now": now,
        "asked": asked,
        "choices": [
            {
                "label": label,
                "light": value if name == "light" else "",
                "href": f"{path}?{name}={value}" if name else path,
                "number": counted[key],
                "here": asked[name] == value if name else not asked["light"] and not asked["status"],
            }
            for label, name, value, key in choices
        ],
        "any": counted["running"] + counted["waiting"] + counted["closed"],
        "lanes": lanes(page.items, actor, now, show=("unit", "handler")),
        "onward": onward(path, asked, page.next),
    }
    return render(request, "cockpit/directives.html", context)
