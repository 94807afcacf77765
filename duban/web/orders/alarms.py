"""The alarms: each demands an answer, and what is known about it stands beside it; units that give no sign of life."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.rights import Verb, may
from duban.supervision.queries import alarm_tray, known_of, seen_alarm, silent_units, unanswered
from duban.supervision.verbs.answering import answer_alarm

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..doing import status_of
from ..once import slip
from ..units import unit_choices, unit_code, unit_named
from .forms import AnswerForm
from .picture import waiting_of

ASKED = ("show", "colour", "after")


@require_GET
@staff_page(Verb.SEE_CITY)
def alarms(request: StaffRequest) -> HttpResponse:
    """`/office/alarms?show=answered&colour=&unit=&after=`: the unanswered ones, the oldest first."""
    now, asked = timezone.now(), {name: request.GET.get(name, "") for name in ASKED}
    asked["unit"] = unit_code(request.GET.get("unit", ""))
    page = alarm_tray(
        now,
        answered=asked["show"] == "answered",
        colour=asked["colour"],
        unit=asked["unit"],
        after=asked["after"],
    )
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    context = {
        "asked": asked,
        "waiting": [waiting_of(one, now) for one in known_of(page.items, now)],
        "counts": unanswered(now, listed=0),
        "silent": silent_units(now),
        "may_answer": may(request.user.actor, Verb.ANSWER_ALARM),
        "unit_name": unit_named(asked["unit"]) if asked["unit"] else "",
        "units": unit_choices(),
        "onward": f"{request.path}?{urlencode({**kept, 'after': page.next})}" if page.next else "",
    }
    return render(request, "orders/alarms.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.ANSWER_ALARM)
def alarm_answer(request: StaffRequest, alarm: int) -> HttpResponse:
    """`/office/alarms/<id>/answer`: a note on one alarm; POST goes back to the alarms."""
    now, actor = timezone.now(), request.user.actor
    found, form = seen_alarm(alarm), AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        deed = lambda: answer_alarm(alarm=alarm, note=note, actor=actor, now=now)  # noqa: E731
        if sent(request, form, deed, now, _("已记下，这条报警算处置过了。")):
            return HttpResponseRedirect(reverse("alarms"))
    (known,) = known_of([found], now)
    context = {"one": waiting_of(known, now), "form": form, "once": slip(request)}
    return render(request, "orders/alarm_answer.html", context, status=status_of(form))
