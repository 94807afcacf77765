"""Appeals before the office: those that wait, those that were ruled on, and the ruling."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.rights import Verb
from duban.ledgers.accounts import appeals as appealed
from duban.ledgers.accounts import entry_of
from duban.ledgers.appealing import rule_appeal

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..doing import status_of
from ..once import slip
from .drawing import answer_to, appeal_against, line_of, lines_of
from .forms import AppealRulingForm


@require_GET
@staff_page(Verb.RULE_APPEAL)
def appeals(request: StaffRequest) -> HttpResponse:
    """`/office/appeals?ruled=&after=`"""
    ruled = bool(request.GET.get("ruled"))
    page = appealed(pending=not ruled, after=request.GET.get("after", ""))
    onward = urlencode({**({"ruled": "1"} if ruled else {}), "after": page.next or ""})
    context = {
        "ruled": ruled,
        "lines": [
            (line, appeal_against(one))
            for line, one in zip(lines_of(page.items, request.user.actor), page.items, strict=True)
        ],
        "onward": f"{request.path}?{onward}" if page.next else "",
    }
    return render(request, "ledgers/appeals.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.RULE_APPEAL)
def ruling(request: StaffRequest, entry: int) -> HttpResponse:
    """`/office/appeals/<entry>`"""
    actor, now = request.user.actor, timezone.now()
    held = entry_of(entry, actor)
    form = AppealRulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        upheld, note = form.cleaned_data["granted"], form.cleaned_data["note"]

        def deed() -> object:
            return rule_appeal(entry=entry, upheld=upheld, note=note, actor=actor, now=now)

        if sent(request, form, deed, now, _("裁定已经记下。")):
            return HttpResponseRedirect(reverse("appeals"))
    context = {
        "form": form,
        "line": line_of(held, actor),
        "event": held.event,
        "answer": answer_to(held),
        "appeal": appeal_against(held),
        "slip": slip(request),
    }
    return render(request, "ledgers/ruling.html", context, status=status_of(form))
