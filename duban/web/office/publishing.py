"""The publisher's pages: what waits, approving redacted texts, taking down (domain rule 15)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.rights import Verb
from duban.publication.queries import (
    public_matter,
    published,
    suggestion,
    waiting,
    waiting_count,
    waiting_matter,
)
from duban.publication.verbs import approve, take_down

from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import done, status_of


class ApprovalForm(StaffForm):
    """The texts as the public will read them."""

    title = text(_("标题"))
    summary = text(_("事情"))
    reply = text(_("答复"))


class TakedownForm(StaffForm):
    """Why; the reason is public."""

    reason = text(_("撤下的理由"))


@require_GET
@staff_page(Verb.PUBLISH)
def publications(request: StaffRequest) -> HttpResponse:
    """`/office/publications?show=up|down&after=`: what waits, what is up, what was taken down."""
    actor, after = request.user.actor, request.GET.get("after", "")
    show = request.GET.get("show", "")
    context: dict[str, object] = {"show": show, "waiting_count": waiting_count(actor)}
    if show in ("up", "down"):
        page = published(actor, taken_down=show == "down", after=after)
        context |= {"shown": page.items, "onward": _onward(show, page.next)}
    else:
        tray = waiting(actor, after=after)
        context |= {"waiting": tray.items, "onward": _onward("", tray.next)}
    return render(request, "office/publications.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.PUBLISH)
def approval(request: StaffRequest, number: str) -> HttpResponse:
    """`/office/publications/<number>`: the suggested redacted texts, to be checked, mended and approved."""
    actor = request.user.actor
    matter = waiting_matter(number, actor)
    suggested = suggestion(matter)
    start = {"title": suggested.title, "summary": suggested.summary, "reply": suggested.reply}
    form = ApprovalForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if done(form, lambda: approve(matter=matter.number, **fields, actor=actor, now=timezone.now())):
            messages.success(request, gettext("已公示。"))
            return HttpResponseRedirect(reverse("publications"))
    context = {"matter": matter, "suggested": suggested, "form": form}
    return render(request, "office/approval.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.PUBLISH)
def takedown(request: StaffRequest, number: str) -> HttpResponse:
    """`/office/publications/<number>/takedown`: a stub with the reason stays in public."""
    shown = public_matter(number)
    form = TakedownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, actor = form.cleaned_data["reason"], request.user.actor
        if done(
            form,
            lambda: take_down(matter=shown.matter.number, reason=reason, actor=actor, now=timezone.now()),
        ):
            messages.success(request, gettext("已撤下，原处写明理由。"))
            return HttpResponseRedirect(reverse("publications") + "?show=down")
    context = {"shown": shown, "form": form}
    return render(request, "office/takedown.html", context, status=status_of(form))


def _onward(show: str, following: str | None) -> str:
    query = {"show": show, "after": following} if show else {"after": following}
    return f"{reverse('publications')}?{urlencode(query)}" if following else ""
