"""An official's own conduct ledger: reading it, answering an entry, appealing against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.ledger import Ledger
from duban.core.refusal import Refused
from duban.core.rights import Verb, may
from duban.ledgers.accounts import entries_of, entry_of
from duban.ledgers.appealing import answer_entry, appeal_entry, appeal_until, check_saying
from duban.people.units import unit_name

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..doing import status_of
from ..once import slip
from ..wording import told
from .drawing import line_of, lines_of
from .forms import AnswerForm, AppealForm

UNITS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Saying:
    """What an official can say to an entry: the form, its verb, and the words of its page."""

    form: type[AnswerForm | AppealForm]
    verb: Callable[..., object]
    field: str
    title: str
    note: str
    button: str
    done: str


SAYINGS: Mapping[str, Saying] = {
    "answer": Saying(
        AnswerForm,
        answer_entry,
        "text",
        _("答复这笔账"),
        _("您的话会留在这笔账旁边，不改变任何数字。只能答复一次。"),
        _("提交答复"),
        _("答复已经记下。"),
    ),
    "appeal": Saying(
        AppealForm,
        appeal_entry,
        "reason",
        _("申诉这笔账"),
        _("督查室裁定成立的，这笔账会被冲销，原账划线保留。只能申诉一次。"),
        _("提交申诉"),
        _("申诉已经交督查室。"),
    ),
}


@require_GET
@staff_page(Verb.ANSWER_ENTRY)
def own(request: StaffRequest) -> HttpResponse:
    """`/desk/ledger?after=`: one's own conduct ledger; a head's, with what nobody but the unit answers for."""
    actor = request.user.actor
    unit, heads = actor.unit or "", may(actor, Verb.ANSWER_FOR_UNIT, unit=actor.unit)
    nobodys = (
        entries_of(actor, unit=unit, ledger=Ledger.CONDUCT, nobodys=True, limit=UNITS_SHOWN)
        if heads
        else None
    )
    page = entries_of(actor, staff=request.user.pk, ledger=Ledger.CONDUCT, after=request.GET.get("after", ""))
    context = {
        "lines": lines_of(page.items, actor),
        "head": heads,
        "unit_lines": lines_of(nobodys.items, actor) if nobodys else [],
        "more_of_unit": bool(nobodys and nobodys.next),
        "unit_name": unit_name(unit),
        "onward": f"{request.path}?after={page.next}" if page.next else "",
    }
    return render(request, "ledgers/own.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.ANSWER_ENTRY)
def say(request: StaffRequest, entry: int, saying: str) -> HttpResponse:
    """`/desk/ledger/<entry>/answer` and `/appeal`: what cannot be said any more is told before it is typed."""
    chosen = SAYINGS.get(saying)
    if chosen is None:
        raise Http404(saying)
    actor, now = request.user.actor, timezone.now()
    held = entry_of(entry, actor)
    if request.method == "GET":
        try:
            check_saying(entry=entry, appeal=saying == "appeal", actor=actor, now=now)
        except Refused as refused:
            if refused.status != 409:
                raise
            messages.warning(request, told(refused))
            return HttpResponseRedirect(reverse("ledger_entry", args=[entry]))
    form = chosen.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields: dict[str, Any] = {"entry": entry, chosen.field: form.cleaned_data[chosen.field]}
        if sent(request, form, lambda: chosen.verb(**fields, actor=actor, now=now), now, chosen.done):
            return HttpResponseRedirect(reverse("ledger_entry", args=[entry]))
    context = {
        "form": form,
        "field": chosen.field,
        "saying": saying,
        "title": gettext(chosen.title),
        "note": gettext(chosen.note),
        "button": gettext(chosen.button),
        "line": line_of(held, actor),
        "until": appeal_until(held) if saying == "appeal" else None,
        "slip": slip(request),
    }
    return render(request, "ledgers/say.html", context, status=status_of(form))
