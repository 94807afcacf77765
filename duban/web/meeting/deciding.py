"""A member decides an item: which decision, what it needs, what it will do; done only when that was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext
from django.views.decorators.http import require_http_methods

from duban.core.docket import DecisionKind
from duban.core.rights import Verb
from duban.matters.models import Matter
from duban.matters.verbs.deciding import no_way, require_way
from duban.supervision import meetings
from duban.supervision.models import DocketItem
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.foreseeing import Foreseen, foresee_decision

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.forms import NoForm, StaffForm
from ..desk.picture import summary
from ..doing import done, status_of
from ..once import slip
from ..units import unit_choices
from ..wording import told
from .foretelling import consequences, petitioner_reads
from .forms import DecisionForm

Words = str | Promise
KINDS: Mapping[DecisionKind, tuple[Words, Words]] = {
    DecisionKind.REASSIGN: (_("改交办理"), _("换一个单位办，不能再退，受理时限重新起算。")),
    DecisionKind.EXTEND: (_("延长期限"), _("单位不变，办结期限改到更晚的一个工作日。")),
    DecisionKind.DEFER: (pgettext("verb", "挂账"), _("暂缓办理，期限改到复议日，到那天自动再上会。")),
    DecisionKind.CLOSE: (_("说明理由结案"), _("立即销号，不再办理；理由写给诉求人，公示后人人看得到。")),
    DecisionKind.REFER: (
        pgettext("verb", "移交纪检监察"),
        _("线索交给纪检监察，别人看不到理由；办理照常。"),
    ),
    DecisionKind.KEEP: (_("维持，继续办理"), _("单位和期限都不变，照原来的安排办。")),
}
"""The six decisions, and in one line what each does."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the six for a matter as it stands; `why_not` says why it cannot be made about it."""

    kind: str
    word: Words
    does: Words
    why_not: str


def choices(matter: Matter) -> list[Choice]:
    """The six decisions, by the rule the verb goes by."""
    ways = {kind: no_way(matter, kind) for kind in KINDS}
    return [
        Choice(kind.value, *KINDS[kind], told(no) if (no := ways[kind]) is not None else "") for kind in KINDS
    ]


@require_http_methods(["GET", "POST"])
@staff_page(Verb.DECIDE)
def docket_decision(request: StaffRequest, docket: int) -> HttpResponse:
    """`/office/docket/<id>/decision?kind=`: fill in, look at what will happen (POST), and do it (POST with `sure`)."""
    actor, now = request.user.actor, timezone.now()
    item = meetings.docket_item(docket, actor)
    if request.method == "GET":
        return _begin(request, item, now)
    if "change" in request.POST:
        return _fill(request, item, DecisionForm(initial=request.POST.dict()), now)
    form, refused = DecisionForm(request.POST), None

    def does() -> object:
        shown = request.POST.get("shown", "")
        return decide(item=docket, **form.cleaned_data, shown=shown, actor=actor, now=now)

    if "sure" in request.POST and form.is_valid():
        if sent(request, form, does, now, _("决定已作出并已执行。")):
            return HttpResponseRedirect(reverse("docket_item", args=[docket]))
        form, refused = DecisionForm(request.POST), form
    ahead: list[Foreseen] = []

    def foresees() -> None:
        ahead.append(foresee_decision(item=docket, **form.cleaned_data, actor=actor, now=now))

    if form.is_valid() and done(form, foresees):
        return _show(request, item, form, ahead[0], refused, now)
    return _fill(request, item, form, now)


def _begin(request: StaffRequest, item: DocketItem, now: datetime) -> HttpResponse:
    """The empty form of a kind; without one, or of one that cannot be, the choice; the item's page tells why nobody can."""
    if not meetings.may_decide(item, request.user.actor):
        return HttpResponseRedirect(reverse("docket_item", args=[item.pk]))
    kind = _kind(request.GET.get("kind", ""))
    form = NoForm({})
    if kind is None or not (form.is_valid() and done(form, lambda: require_way(item.matter, kind))):
        return _choose(request, item, form, now)
    sitting = meetings.sitting_of(item)
    initial = {"kind": kind.value, "meeting": sitting.pk if sitting else ""}
    return _fill(request, item, DecisionForm(initial=initial), now)


def _choose(request: StaffRequest, item: DocketItem, form: StaffForm, now: datetime) -> HttpResponse:
    context = {**_matter(request, item, now), "choices": choices(item.matter), "form": form}
    return render(request, "meeting/decision_kind.html", context, status=status_of(form))


def _fill(request: StaffRequest, item: DocketItem, form: DecisionForm, now: datetime) -> HttpResponse:
    """The fields of one kind, with everything typed, and what a rule says against it."""
    kind = _kind(form["kind"].value() or "")
    if kind is None:
        return _choose(request, item, form, now)
    word, does = KINDS[kind]
    context = {
        **_matter(request, item, now),
        "form": form,
        "kind": kind.value,
        "word": word,
        "does": does,
        "units": unit_choices(),
    }
    return render(request, "meeting/decision.html", context, status=status_of(form))


def _show(
    request: StaffRequest,
    item: DocketItem,
    form: DecisionForm,
    ahead: Foreseen,
    refused: DecisionForm | None,
    now: datetime,
) -> HttpResponse:
    """What will happen, to be confirmed; after a refused confirmation what would happen by now."""
    context = {
        **_matter(request, item, now),
        "form": form,
        "refused": refused,
        "word": KINDS[ahead.kind][0],
        "ahead": ahead,
        "consequences": consequences(ahead),
        "story": petitioner_reads(ahead, now),
        "typed": [(name, _typed(form[name].value())) for name in form.fields],
        "once": slip(request),
    }
    return render(request, "meeting/decision_check.html", context, status=status_of(refused or form))


def _matter(request: StaffRequest, item: DocketItem, now: datetime) -> dict[str, Any]:
    return {**summary(item.matter, request.user.actor, now), "item": item}


def _kind(typed: str) -> DecisionKind | None:
    return DecisionKind(typed) if typed in set(DecisionKind) else None


def _typed(value: object) -> str:
    return "on" if value is True else str(value or "")
