"""The work list of a department: what turns red next comes first."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from duban.core.census import Census, Status
from duban.core.lights import Light
from duban.core.rights import Role
from duban.ledgers.census import census
from duban.matters.queries import counts, worklist
from duban.supervision.queries import waiting_for

from ..access import StaffRequest, staff_page
from ..meeting.follow_ups import desk_lane as follow_up_lane
from ..together.lists import desk_lane
from .jobs import lanes
from .landing import landing

STOPPED = (Status.PENDING_REVIEW, Status.CLOSED)


@require_GET
@staff_page()
def desk(request: StaffRequest) -> HttpResponse:
    """`/desk?light=&status=&after=`: the department's list; whoever has none is sent to their own page."""
    actor, now = request.user.actor, timezone.now()
    home = landing(actor)
    if home != "desk":
        return HttpResponseRedirect(reverse(home))
    asked = {name: request.GET.get(name, "") for name in ("light", "status", "after")}
    page = worklist(
        actor,
        now,
        status=asked["status"],
        light=asked["light"],
        unit=actor.unit or "",
        after=asked["after"],
    )
    show = ("handler",) if actor.has(Role.HEAD) else ()
    plain = not any(asked.values())
    owed, more_owed = desk_lane(actor.unit or "", now) if plain else ([], False)
    asked_by, more_asked = follow_up_lane(actor.unit or "", now) if plain else ([], False)
    context = {
        "now": now,
        "lanes": [*asked_by, *lanes(page.items, actor, now, show=show), *owed],
        "more_owed": more_owed,
        "more_asked": more_asked,
        "filters": filters(
            reverse("desk"), counts(actor, now, unit=actor.unit or ""), census(now, unit=actor.unit), asked
        ),
        "asked": asked,
        "orders_waiting": waiting_for(actor.unit or ""),
        "onward": onward(reverse("desk"), asked, page.next),
    }
    return render(request, "desk/worklist.html", context)


def filters(
    path: str, lights: Mapping[Light, int], held: Census, asked: Mapping[str, str]
) -> list[dict[str, object]]:
    """The choices above a list: all, each light, and the two statuses whose clocks have stopped, with figures."""
    kept = {"unit": asked["unit"]} if asked.get("unit") else {}
    rows: list[dict[str, object]] = [_filter(path, kept, asked, {}, sum(lights.values()))]
    for light in (Light.RED, Light.YELLOW, Light.GREEN):
        rows.append(_filter(path, kept, asked, {"light": light.value}, lights[light]))
    for status in STOPPED:
        rows.append(_filter(path, kept, asked, {"status": status.value}, held.counts[status]))
    return rows


def onward(path: str, asked: Mapping[str, str], following: str | None) -> str:
    """The address of the next page, or nothing at the end."""
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    return f"{path}?{urlencode({**kept, 'after': following})}" if following else ""


def _filter(
    path: str, kept: Mapping[str, str], asked: Mapping[str, str], chosen: Mapping[str, str], number: int
) -> dict[str, object]:
    query = {**kept, **chosen}
    return {
        "href": f"{path}?{urlencode(query)}" if query else path,
        "light": chosen.get("light", ""),
        "status": chosen.get("status", ""),
        "number": number,
        "here": all(asked.get(name, "") == chosen.get(name, "") for name in ("light", "status")),
    }
