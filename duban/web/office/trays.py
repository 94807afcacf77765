"""What waits for the supervision office, tray by tray; the lists of the whole city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from duban.core.rights import Verb, may
from duban.ledgers.census import census
from duban.matters.narrowing import EVERY
from duban.matters.queries import TRAYS, counts, page_of, tray, wanted

from ..access import StaffRequest, staff_page
from ..desk.jobs import lanes
from ..desk.worklist import filters, onward
from ..units import unit_choices, unit_code, unit_named
from .narrowing import chips, narrowing_of, query_of, spots_of

NAMES: Mapping[str, tuple[str, str]] = {
    "to_assign": (_("待交办"), _("没有待交办的。新挂号的事找不到责任单位时会到这里。")),
    "returns": (_("退单待裁定"), _("没有待裁定的退单。")),
    "extensions": (_("延期待裁定"), _("没有待裁定的延期。")),
    "silent": (_("待回访"), _("没有待回访的。办结后迟迟没有评价的会到这里。")),
    "completed": (_("已办结待评价"), _("没有等群众评价的。")),
}
PER_PAGE = 50
RULING: Mapping[str, tuple[Verb, str]] = {
    "to_assign": (Verb.ASSIGN, "assignment"),
    "returns": (Verb.RULE_RETURN, "return-ruling"),
    "extensions": (Verb.RULE_EXTENSION, "extension-ruling"),
}
"""In these trays a line opens the ruling itself, for whoever may rule."""


@dataclass(frozen=True, slots=True)
class TrayLink:
    """A tray on the overview: its name, address and how many wait in it."""

    label: str
    href: str
    number: int


def tray_links(waiting: Mapping[str, int]) -> list[TrayLink]:
    """The trays in the order the office works through them."""
    return [
        TrayLink(gettext(label), reverse("tray", args=[name]), waiting[name])
        for name, (label, _none) in NAMES.items()
    ]


@require_GET
@staff_page(Verb.SEE_CITY)
def tray_page(request: StaffRequest, name: str) -> HttpResponse:
    """`/office/trays/<name>?after=`"""
    if name not in TRAYS:
        raise Http404(name)
    actor, now = request.user.actor, timezone.now()
    page = tray(name, now, after=request.GET.get("after", ""))
    verb, slug = RULING.get(name, (None, ""))
    context = {
        "now": now,
        "name": name,
        "title": gettext(NAMES[name][0]),
        "nothing": gettext(NAMES[name][1]),
        "slug": slug if verb and may(actor, verb) else "",
        "lanes": lanes(page.items, actor, now, show=("unit",)),
        "onward": f"{request.path}?{urlencode({'after': page.next})}" if page.next else "",
    }
    return render(request, "office/tray.html", context)


@require_GET
@staff_page(Verb.SEE_CITY)
def city_list(request: StaffRequest) -> HttpResponse:
    """`/office/matters?unit=&light=&status=&after=`: the whole city's list, or one unit's; see `narrowing` for more."""
    actor, now = request.user.actor, timezone.now()
    asked = {name: request.GET.get(name, "") for name in ("light", "status", "after")}
    asked["unit"] = unit_code(request.GET.get("unit", ""))
    narrowed = narrowing_of(request.GET)
    rows, key = wanted(
        actor, now, status=asked["status"], light=asked["light"], unit=asked["unit"], narrowed=narrowed
    )
    page = page_of(rows, key, asked["after"], PER_PAGE)
    path = reverse("city_list")
    shown: list[dict[str, object]] = []
    if narrowed == EVERY:
        held = census(now, unit=asked["unit"] or None)
        shown = filters(path, counts(actor, now, unit=asked["unit"]), held, asked)
    context = {
        "now": now,
        "asked": asked,
        "unit_name": unit_named(asked["unit"]) if asked["unit"] else "",
        "units": unit_choices(),
        "lanes": lanes(page.items, actor, now, show=("handler",) if asked["unit"] else ("unit", "handler")),
        "filters": shown,
        "narrowed": chips(asked, narrowed),
        "spots": spots_of(rows, path, asked, narrowed),
        "kept": {"light": asked["light"], "status": asked["status"], **query_of(narrowed)},
        "onward": onward(path, asked | query_of(narrowed), page.next),
    }
    return render(request, "office/matters.html", context)
