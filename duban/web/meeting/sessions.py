"""Meetings: convening one, its page, who was there, closing it, the printed minutes; and the seats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.core.rights import Role, Verb, may
from duban.core.zone import day_of
from duban.people.queries import accounts
from duban.supervision import meetings
from duban.supervision.models import Meeting
from duban.supervision.verbs.convening import convene, seat_people
from duban.supervision.verbs.holding import call_off_meeting, close_meeting, record_attendance

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.forms import StaffForm
from ..doing import done, status_of
from ..drafts import find, keep
from ..once import slip
from .docket import row_of
from .forms import AttendanceForm, MeetingForm, MinutesForm, ReasonForm

DEEDS: dict[str, tuple[type[StaffForm], Callable[..., object], str]] = {
    "attendance": (AttendanceForm, record_attendance, _("到会情况已记录。")),
    "calling-off": (ReasonForm, call_off_meeting, _("会议已取消，议题可以另外排会。")),
    "closing": (MinutesForm, close_meeting, _("会议已结束，纪要可以打印。")),
}
"""What is done on a meeting's page, by the end of its address."""


@require_http_methods(["GET", "POST"])
@staff_page(Verb.CONVENE)
def meeting_new(request: StaffRequest) -> HttpResponse:
    """`/office/meeting/new`: day, place and agenda."""
    actor, now = request.user.actor, timezone.now()
    form = MeetingForm(request.POST or None)

    called: list[int] = []

    def deed() -> None:
        called.append(convene(**form.cleaned_data, actor=actor, now=now).pk)

    if request.method == "POST" and form.is_valid() and sent(request, form, deed, now, _("会议已召集。")):
        return HttpResponseRedirect(reverse("meeting_page", args=called) if called else reverse("meeting"))
    rows = meetings.convenable()
    context = {
        "form": form,
        "once": slip(request),
        "rows": [row_of(item, now) for item in rows],
        "left": meetings.to_convene() - len(rows) if len(rows) >= meetings.TO_CONVENE else 0,
        "ticked": form.ticked,
    }
    return render(request, "meeting/new.html", context, status=status_of(form))


@require_GET
@staff_page(Verb.SEE_MEETING)
def meeting_list(request: StaffRequest) -> HttpResponse:
    """`/office/meetings?after=`: every meeting, the newest first."""
    page = meetings.meetings(after=request.GET.get("after", ""))
    onward = f"{request.path}?{urlencode({'after': page.next})}" if page.next else ""
    return render(request, "meeting/list.html", {"rows": page.items, "onward": onward})


@require_GET
@staff_page(Verb.SEE_MEETING)
def meeting_page(request: StaffRequest, meeting: int) -> HttpResponse:
    """`/office/meetings/<id>`: agenda, who is there, and closing it."""
    return _draw(request, meeting, timezone.now())


@require_POST
@staff_page(Verb.CONVENE)
def meeting_deed(request: StaffRequest, meeting: int, deed: str) -> HttpResponse:
    """POST `/office/meetings/<id>/<deed>`"""
    if deed not in DEEDS:
        raise Http404(deed)
    form_class, verb, word = DEEDS[deed]
    actor, now, form = request.user.actor, timezone.now(), form_class(request.POST)

    def does() -> object:
        return verb(meeting=meeting, **form.cleaned_data, actor=actor, now=now)

    if form.is_valid() and sent(request, form, does, now, word):
        begun = request.POST.get("minutes", "") if deed == "attendance" else ""
        onward = f"?kept={keep(None, _purpose(meeting), {'minutes': begun}, now).token}" if begun else ""
        return HttpResponseRedirect(reverse("meeting_page", args=[meeting]) + onward)
    return _draw(request, meeting, now, **{deed: form})


@require_GET
@staff_page(Verb.SEE_MEETING)
def meeting_minutes(request: StaffRequest, meeting: int) -> HttpResponse:
    """`/office/meetings/<id>/minutes`: prints on A4."""
    context = {"meeting": meetings.meeting_of(meeting), "today": day_of(timezone.now())}
    return render(request, "meeting/minutes.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.CONVENE)
def seat_page(request: StaffRequest) -> HttpResponse:
    """`/office/seats`: who sits where; only members of the joint meeting can."""
    rows, form = meetings.seats(), StaffForm(request.POST or None)
    chosen = {seat.pk: request.POST.get(f"seat-{seat.pk}", "") for seat in rows}
    if request.method == "POST" and form.is_valid():
        actor, now = request.user.actor, timezone.now()
        if done(form, lambda: seat_people(seats=chosen, actor=actor, now=now)):
            messages.success(request, gettext("席位已改。"))
            return HttpResponseRedirect(reverse("seats"))
    sitting = {seat.pk: seat.staff.username if seat.staff else "" for seat in rows}
    context = {
        "form": form,
        "seats": rows,
        "chosen": chosen if form.is_bound else sitting,
        "people": [(one.username, one.display_name) for one in accounts(role=Role.MEMBER) if one.is_active],
    }
    return render(request, "meeting/seats.html", context, status=status_of(form))


def _purpose(meeting: int) -> str:
    """Of the minutes somebody has begun when they note who is there."""
    return f"minutes:{meeting}"


def _draw(request: StaffRequest, meeting: int, now: datetime, **bound: StaffForm) -> HttpResponse:
    held = meetings.meeting_of(meeting)
    came = next(iter(bound.values()), None)
    seats = meetings.seats()
    typed = AttendanceForm(request.POST) if request.method == "POST" else None
    begun = find(request.GET.get("kept"), _purpose(meeting), now)
    forms = {
        "attendance": AttendanceForm(
            initial={"chair": request.POST.get("chair") if typed else held.chair_id}
        ),
        "closing": MinutesForm(
            initial={"minutes": request.POST.get("minutes") or (begun.body["minutes"] if begun else "")}
        ),
        "calling-off": ReasonForm(),
    }
    context = {
        "meeting": held,
        "today": day_of(now),
        "rows": [(one, row_of(one.item, now)) for one in held.agenda.all()],
        "seats": seats,
        "chairs": [(seat.pk, seat.title) for seat in seats if seat.staff],
        "there": list(held.attendances.all()),
        "ticked": typed.ticked if typed else [one.seat_id for one in held.attendances.all()],
        "may_call_off": may(request.user.actor, Verb.CONVENE)
        and held.state == Meeting.State.CONVENED
        and not any(one.item.decided and not one.carried for one in held.agenda.all()),
        "may_close": may(request.user.actor, Verb.CONVENE)
        and held.state == Meeting.State.CONVENED
        and held.held_on <= day_of(now),
        "forms": {**forms, **bound},
        "sent": came,
        "once": slip(request),
    }
    return render(request, "meeting/page.html", context, status=status_of(came) if came else 200)
