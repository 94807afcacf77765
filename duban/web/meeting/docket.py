"""The docket: what is on it, and one item with its papers, its decision and the forms of whoever may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.core.rights import Actor, Verb, may
from duban.core.zone import day_of
from duban.matters.queries import file_of, staff_matter
from duban.matters.timeline import Audience, timeline
from duban.supervision import meetings
from duban.supervision.models import DocketItem, Paper
from duban.supervision.verbs.docketing import drop_from_docket, file_paper, put_on_docket
from duban.supervision.verbs.following_up import review_follow_up

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.forms import StaffForm
from ..desk.jobs import time_left
from ..desk.picture import summary
from ..doing import status_of
from ..once import slip
from .deciding import choices
from .forms import PaperForm, ReasonForm, ReviewForm

DEEDS: dict[str, tuple[Verb | None, type[StaffForm], Callable[..., object], str]] = {
    "paper": (None, PaperForm, file_paper, _("已放进议题材料。")),
    "dropping": (Verb.CONVENE, ReasonForm, drop_from_docket, _("已撤下议程。")),
    "review": (Verb.CONVENE, ReviewForm, review_follow_up, _("核实情况已记录。")),
}
"""What is done on an item's page, by the end of its address: the right (None: the verb asks), form, verb, and word."""


UPCOMING = 20


@require_GET
@staff_page(Verb.SEE_MEETING)
def meeting(request: StaffRequest) -> HttpResponse:
    """`/office/meeting?after=&owed=`: what is on the docket, the next meeting, follow-ups."""
    now = timezone.now()
    page = meetings.open_items(after=request.GET.get("after", ""))
    owed = meetings.follow_ups(after=request.GET.get("owed", ""))
    coming = meetings.upcoming(limit=UPCOMING + 1)
    context = {
        "now": now,
        "today": day_of(now),
        "items": [row_of(item, now) for item in page.items],
        "onward": f"{request.path}?{urlencode({'after': page.next})}" if page.next else "",
        "upcoming": coming[:UPCOMING],
        "more_coming": len(coming) > UPCOMING,
        "past": meetings.meetings(limit=6).items,
        "follow_ups": owed.items,
        "owed_onward": f"{request.path}?{urlencode({'owed': owed.next})}" if owed.next else "",
        "may_convene": may(request.user.actor, Verb.CONVENE),
    }
    return render(request, "meeting/meeting.html", context)


@require_GET
@staff_page(Verb.SEE_MEETING, Verb.SIGN_RETURN)
def docket_item(request: StaffRequest, docket: int) -> HttpResponse:
    """`/office/docket/<id>`: for the meeting, and for the head of the unit that holds the matter."""
    return _draw(request, docket, timezone.now())


@require_POST
@staff_page(Verb.SEE_MEETING, Verb.SIGN_RETURN)
def docket_deed(request: StaffRequest, docket: int, deed: str) -> HttpResponse:
    """POST `/office/docket/<id>/<deed>`"""
    if deed not in DEEDS:
        raise Http404(deed)
    _verb, form_class, verb, word = DEEDS[deed]
    actor, now, form = request.user.actor, timezone.now(), form_class(request.POST)
    item = meetings.docket_item(docket, actor)
    about = {"decision": item.decided.pk if item.decided else 0} if deed == "review" else {"item": docket}

    def does() -> object:
        return verb(**about, **form.cleaned_data, actor=actor, now=now)

    if form.is_valid() and sent(request, form, does, now, word):
        return HttpResponseRedirect(reverse("docket_item", args=[docket]))
    return _draw(request, docket, now, **{deed: form})


@require_http_methods(["GET", "POST"])
@staff_page(Verb.CONVENE)
def docket_matter(request: StaffRequest, number: str) -> HttpResponse:
    """`/office/matters/<number>/docket`: put a matter on the docket by hand."""
    actor, now = request.user.actor, timezone.now()
    matter = staff_matter(number, actor)
    form = ReasonForm(request.POST or None)

    def does() -> object:
        reason = form.cleaned_data["reason"]
        return put_on_docket(matter=matter.number, reason=reason, actor=actor, now=now)

    if request.method == "POST" and form.is_valid() and sent(request, form, does, now, _("已提交联席会议。")):
        return HttpResponseRedirect(reverse("meeting"))
    context = {**summary(matter, actor, now), "form": form, "once": slip(request)}
    context["opened"] = meetings.open_item_of(matter)
    return render(request, "meeting/put.html", context, status=status_of(form))


@require_GET
@staff_page(Verb.SEE_MEETING)
def hard_cases(request: StaffRequest) -> HttpResponse:
    """`/office/hard-cases?state=&after=`: the register of everything ever docketed; prints."""
    now, state = timezone.now(), request.GET.get("state", "")
    page = meetings.hard_cases(
        state=state if state in meetings.FILTERS else "", after=request.GET.get("after", "")
    )
    onward = urlencode({"state": state, "after": page.next}) if page.next else ""
    context = {
        "now": now,
        "state": state,
        "rows": [row_of(item, now) for item in page.items],
        "onward": f"{request.path}?{onward}" if onward else "",
    }
    return render(request, "meeting/hard_cases.html", context)


@require_GET
@staff_page(Verb.SEE_REFERRALS)
def referrals(request: StaffRequest) -> HttpResponse:
    """`/inspection/referrals?after=`: what the meeting referred; nothing of the petitioner."""
    page = meetings.referrals(request.user.actor, after=request.GET.get("after", ""))
    onward = f"{request.path}?{urlencode({'after': page.next})}" if page.next else ""
    return render(request, "meeting/referrals.html", {"rows": page.items, "onward": onward})


def row_of(item: DocketItem, now: datetime) -> dict[str, Any]:
    """A line of the docket or the register: the item, its light, what is left, its age in days."""
    left, due = time_left(item.matter, now)
    return {
        "item": item,
        "matter": item.matter,
        "light": item.matter.light(now).value,
        "left": left,
        "due": due,
        "age": meetings.age_days(item, now),
        "sitting": meetings.sitting_of(item),
        "moot": meetings.is_moot(item),
        "waits": meetings.follows_lead(item),
    }


def _draw(request: StaffRequest, docket: int, now: datetime, **bound: StaffForm) -> HttpResponse:
    actor = request.user.actor
    item = meetings.docket_item(docket, actor)
    came = next(iter(bound.values()), None)
    opened = item.state == DocketItem.State.OPEN
    may_decide = meetings.may_decide(item, actor)
    context = {
        **summary(item.matter, actor, now),
        **row_of(item, now),
        "today": day_of(now),
        "item": item,
        "decision": item.decided,
        "reads_reason": item.decided is not None and meetings.reads_reason(item.decided, actor),
        "timeline": list(reversed(timeline(item.matter, audience=Audience.STAFF)))[:12],
        "file": file_of(item.matter, actor),
        "kinds": _paper_kinds(item, actor) if opened or "paper" in bound else [],
        "member": may(actor, Verb.DECIDE),
        "may_decide": may_decide,
        "choices": choices(item.matter) if may_decide else [],
        "may_drop": opened and may(actor, Verb.CONVENE),
        "may_review": may(actor, Verb.CONVENE),
        "sees_meeting": may(actor, Verb.SEE_MEETING),
        "forms": {name: bound.get(name) or deed[1]() for name, deed in DEEDS.items()},
        "sent": came,
        "once": slip(request),
    }
    return render(request, "meeting/item.html", context, status=status_of(came) if came else 200)


def _paper_kinds(item: DocketItem, actor: Actor) -> list[tuple[str, str]]:
    """What an account may lay before the meeting: the office anything, the unit's head its position."""
    if may(actor, Verb.CONVENE):
        return [(value, str(label)) for value, label in Paper.Kind.choices]
    if meetings.is_heads(item, actor):
        return [(Paper.Kind.POSITION.value, str(Paper.Kind.POSITION.label))]
    return []
