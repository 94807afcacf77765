"""What one's unit still owes other units: the lane on the desk, and the whole list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from duban.core.rights import Verb, may
from duban.matters.assists import owed_by, owed_to_see
from duban.matters.models import Assist
from duban.matters.unnaming import unnamed_request

from ..access import StaffRequest, staff_page
from ..desk.jobs import Job, Lane, due_words
from .picture import left_of

ON_DESK = 20


@require_GET
@staff_page(Verb.REPLY_ASSIST, Verb.SEE_CITY)
def assists(request: StaffRequest) -> HttpResponse:
    """`/desk/assists?after=`: every assist one's unit still owes, by what turns red next; who sees the city, all of them."""
    actor, now = request.user.actor, timezone.now()
    page, city = owed_to_see(actor, after=request.GET.get("after", "")), may(actor, Verb.SEE_CITY)
    context = {
        "now": now,
        "city": city,
        "lanes": lane(page.items, now, city=city),
        "onward": f"{request.path}?{urlencode({'after': page.next})}" if page.next else "",
    }
    return render(request, "together/assists.html", context)


def desk_lane(unit: str, now: datetime) -> tuple[list[Lane], bool]:
    """The lane on the desk, none when nothing is owed, and whether there is more than it shows."""
    page = owed_by(unit, limit=ON_DESK)
    return lane(page.items, now), page.next is not None


def lane(owed: Iterable[Assist], now: datetime, *, city: bool = False) -> list[Lane]:
    """Assists as a lane of jobs, with lights of their own; of the whole `city`, each says which unit owes it."""
    jobs = [
        Job(
            one.matter.number,
            one.matter.title,
            one.light(now).value,
            (
                gettext("协办：%(unit)s") % {"unit": one.unit.name} if city else gettext("协办"),
                gettext("主办：%(unit)s") % {"unit": one.matter.unit.name},
            ),
            left_of(one, now),
            due_words(one.due_at, now),
            "assists",
        )
        for one in map(unnamed_request, owed)
    ]
    waits = gettext("协办，等各单位回复") if city else gettext("协办，等本单位回复")
    return [Lane("assists", waits, jobs)] if jobs else []
