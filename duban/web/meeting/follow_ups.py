"""What decisions of the joint meeting ask of one's unit: the lane on the desk, the list, and the page to report on."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.rights import Verb, may
from duban.core.zone import day_of, end_of
from duban.matters.unnaming import unnamed
from duban.supervision.models import Decision
from duban.supervision.queries import follow_up_of_unit, follow_ups_of_unit, follow_ups_owed
from duban.supervision.verbs.following_up import report_follow_up

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.jobs import Job, Lane, due_words, left_words
from ..doing import status_of
from ..once import slip
from .forms import ReportForm


@require_GET
@staff_page(Verb.REPORT_FOLLOW_UP)
def follow_ups(request: StaffRequest) -> HttpResponse:
    """`/desk/follow-ups?after=`: everything ever asked of one's unit, the newest first."""
    page = follow_ups_of_unit(request.user.actor.unit or "", after=request.GET.get("after", ""))
    context = {
        "today": day_of(timezone.now()),
        "rows": [(one, _title(one)) for one in page.items],
        "onward": f"{request.path}?{urlencode({'after': page.next})}" if page.next else "",
    }
    return render(request, "meeting/follow_ups.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.REPORT_FOLLOW_UP)
def follow_up(request: StaffRequest, decision: int) -> HttpResponse:
    """`/desk/follow-ups/<id>`: what is asked and until when; POST reports what was done."""
    actor, now = request.user.actor, timezone.now()
    row, form = follow_up_of_unit(decision, actor), ReportForm(request.POST or None)

    def does() -> object:
        text = form.cleaned_data["text"]
        return report_follow_up(decision=decision, text=text, actor=actor, now=now)

    if (
        request.method == "POST"
        and form.is_valid()
        and sent(request, form, does, now, _("已报告，等督查室核实。"))
    ):
        return HttpResponseRedirect(reverse("follow_up", args=[decision]))
    matter = row.item.matter
    context = {
        "today": day_of(now),
        "one": row,
        "title": _title(row),
        "matter": matter,
        "may_see_matter": may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk),
        "form": form,
        "once": slip(request),
    }
    return render(request, "meeting/follow_up.html", context, status=status_of(form))


def desk_lane(unit: str, now: datetime) -> tuple[list[Lane], bool]:
    """The lane on the desk, none when nothing is to be reported, and whether there is more than it shows."""
    owed, more = follow_ups_owed(unit)
    jobs = [_job(one, now) for one in owed]
    return [Lane("follow-ups", gettext("联席会议要求落实，等本单位报告"), jobs)] if jobs else [], more


def _job(one: Decision, now: datetime) -> Job:
    """A follow-up as a line of the desk, with its own light."""
    due_on, light = one.follow_up_due_on, one.follow_up_light(day_of(now))
    assert due_on is not None and light is not None  # noqa: S101, PT018 - they are asked for
    due_at = end_of(due_on)
    return Job(
        one.item.matter.number,
        _title(one),
        light.value,
        tuple(filter(None, (gettext("联席会议"), one.follow_up_demand[:40]))),
        left_words(due_at, now),
        due_words(due_at, now),
        "follow-ups",
        reverse("follow_up", args=[one.pk]),
    )


def _title(one: Decision) -> str:
    """The matter's title; for a unit that does not hold it, without the name of who asks."""
    matter = one.item.matter
    return matter.title if one.follow_up_unit_id == matter.unit_id else unnamed(matter.title, matter)
