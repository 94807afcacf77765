"""Meetings: convening one, its page, who was there, closing it, the printed minutes; and the seats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

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
from ..desk.forms import StaffForm
from ..doing import done, status_of
from ..once import done_once, slip
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

    def once() -> bool:
        return done_once(request, lambda: convene(**form.cleaned_data, actor=actor, now=now), now)

    if request.method == "POST" and form.is_valid() and done(form, once):
        messages.success(request, gettext("会议已召集。"))
        return HttpResponseRedirect(reverse("meeting"))
    context = {
        "form": form,
        "once": slip(request),
        "rows": [row_of(item, now) for item in meetings.convenable()],
        "ticked": form.ticked,
    }
    return render(request, "meeting/new.html", context, status=status_of(form))


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

    def once() -> bool:
        fields = form.cleaned_data
        return done_once(request, lambda: verb(meeting=meeting, **fields, actor=actor, now=now), now)

    if form.is_valid() and done(form, once):
        messages.success(request, gettext(word))
        return HttpResponseRedirect(reverse("meeting_page", args=[meeting]))
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


def _draw(request: StaffRequest, meeting: int, now: datetime, **bound: StaffForm) -> HttpResponse:
    held = meetings.meeting_of(meeting)
    sent = next(iter(bound.values()), None)
    seats = meetings.seats()
    there = {one.seat_id for one in held.attendances.all()}
    context = {
        "meeting": held,
        "today": day_of(now),
        "rows": [(one, row_of(one.item, now)) for one in held.agenda.all()],
        "seats": seats,
        "chairs": [(seat.pk, seat.title) for seat in seats if seat.staff],
        "there": there,
        "may_call_off": may(request.user.actor, Verb.CONVENE)
        and held.state == Meeting.State.CONVENED
        and not any(one.item.decided and not one.carried for one in held.agenda.all()),
        "may_close": may(request.user.actor, Verb.CONVENE)
        and held.state == Meeting.State.CONVENED
        and held.held_on <= day_of(now),
        "forms": {
            name: bound.get(name) or deed[0](initial={"chair": held.chair_id}) for name, deed in DEEDS.items()
        },
        "sent": sent,
        "once": slip(request),
    }
    return render(request, "meeting/page.html", context, status=status_of(sent) if sent else 200)
