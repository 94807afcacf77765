"""One sampled matter: the questions, what was found, words beside it, another inspector, an order, the photos."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duban.core.rights import Verb, may
from duban.supervision import checks
from duban.supervision.models import CheckItem
from duban.supervision.verbs.checking import reassign_inspector
from duban.supervision.verbs.findings import annotate_finding, record_finding
from duban.supervision.verbs.ordering_from_findings import order_from_finding

from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.forms import StaffForm
from ..doing import done, status_of
from ..once import slip
from ..uploads import Gathered, gathered
from . import words as spoken
from .forms import FindingForm, InspectorForm, OrderForm, WordForm

WAITING = "check"


@require_http_methods(["GET", "POST"])
@staff_page(Verb.SEE_CHECKS)
def item_page(request: StaffRequest, run: int, sampled: int) -> HttpResponse:
    """`/office/checks/<run>/items/<sampled>`: the questions; POST records what was found, once."""
    found, now = _found(request, run, sampled), timezone.now()
    asked = found.run.checklist.items
    if request.method == "GET":
        return _draw(request, found, FindingForm(asked))
    form, photos = FindingForm(asked, request.POST), gathered(request, WAITING, now)
    if photos.problems:
        form.add_error("photos", photos.problems)
    if not form.is_valid() or not _recorded(request, found, form, photos, now):
        return _draw(request, found, form, photos, now)
    photos.let_go()
    return HttpResponseRedirect(reverse("check", args=[run]))


@require_POST
@staff_page(Verb.RUN_CHECK)
def note(request: StaffRequest, run: int, sampled: int) -> HttpResponse:
    """POST `/office/checks/<run>/items/<sampled>/note`: a later word beside the finding."""
    found, now, form = _found(request, run, sampled), timezone.now(), WordForm(request.POST)
    actor = request.user.actor
    if not form.is_valid() or not sent(
        request,
        form,
        lambda: annotate_finding(run=run, item=sampled, actor=actor, now=now, **form.cleaned_data),
        now,
        _("已补记。原来的检查结果不变。"),
    ):
        return _draw(request, found, FindingForm(found.run.checklist.items), word=form)
    return HttpResponseRedirect(reverse("check_item", args=[run, sampled]))


@require_POST
@staff_page(Verb.RUN_CHECK)
def inspector(request: StaffRequest, run: int, sampled: int) -> HttpResponse:
    """POST `/office/checks/<run>/items/<sampled>/inspector`: somebody else looks."""
    found, now, form = _found(request, run, sampled), timezone.now(), InspectorForm(request.POST)
    if not form.is_valid() or not done(
        form,
        lambda: reassign_inspector(
            run=run, item=sampled, actor=request.user.actor, now=now, **form.cleaned_data
        ),
    ):
        return _draw(request, found, FindingForm(found.run.checklist.items), hands=form)
    messages.success(request, gettext("已换检查人。"))
    return HttpResponseRedirect(reverse("check", args=[run]))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.ISSUE_ORDER)
def order(request: StaffRequest, run: int, sampled: int) -> HttpResponse:
    """`/office/checks/<run>/items/<sampled>/order`: an order for the problem that was found."""
    found, now, actor = _found(request, run, sampled), timezone.now(), request.user.actor
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if sent(
            request,
            form,
            lambda: order_from_finding(run=run, item=sampled, actor=actor, now=now, **fields),
            now,
            _("督办件已发出。"),
        ):
            return HttpResponseRedirect(reverse("check_item", args=[run, sampled]))
    context = {"run": found.run, "item": found, "form": form, "once": slip(request), "spoken": spoken}
    return render(request, "checks/order.html", context, status=status_of(form))


@require_safe
@staff_page()
def evidence_file(request: StaffRequest, evidence: str) -> HttpResponse:
    """`/office/checks/evidence/<evidence>`: private; an address not there and one not theirs look the same."""
    found = checks.evidence(evidence, request.user.actor)
    with found.file.open("rb") as file:  # at most 2,400 pixels a side, re-encoded: it fits into memory
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response.headers["Content-Disposition"] = f'inline; filename="check-{found.pk}.jpg"'
    response.headers["Last-Modified"] = http_date(found.at.timestamp())
    return response


def _found(request: StaffRequest, run: int, sampled: int) -> CheckItem:
    return checks.item_of(checks.run_of(run, request.user.actor), sampled)


def _recorded(
    request: StaffRequest, found: CheckItem, form: FindingForm, photos: Gathered, now: datetime
) -> bool:
    return sent(
        request,
        form,
        lambda: record_finding(
            run=found.run_id,
            item=found.pk,
            answers=form.answers,
            result=form.cleaned_data["result"],
            note=form.cleaned_data["note"],
            photos=photos.all(),
            actor=request.user.actor,
            now=now,
        ),
        now,
        _("检查结果已记下，不能再改。"),
    )


def _draw(
    request: StaffRequest,
    found: CheckItem,
    form: FindingForm,
    gathered: Gathered | None = None,
    now: datetime | None = None,
    *,
    word: WordForm | None = None,
    hands: InspectorForm | None = None,
) -> HttpResponse:
    waiting, photos = gathered.wait(WAITING, now) if gathered and now else ("", [])
    troubled: StaffForm = word or hands or form
    context = {
        "run": found.run,
        "item": found,
        "answered": checks.answered(found, found.run.checklist.items),
        "form": form,
        "word": word or WordForm(),
        "hands": hands or InspectorForm(initial={"inspector": found.inspector.username}),
        "troubled": troubled,
        "people": [(one.username, one.display_name) for one in checks.inspectors()],
        "once": slip(request),
        "waiting": waiting,
        "photos": photos,
        "spoken": spoken,
        "may_run": may(request.user.actor, Verb.RUN_CHECK),
        "may_order": may(request.user.actor, Verb.ISSUE_ORDER),
    }
    return render(request, "checks/item.html", context, status=status_of(troubled))
