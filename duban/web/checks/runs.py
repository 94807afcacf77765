"""The five checks at a glance, a new one, and one run with its report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.checks import Rule
from duban.core.kinds import MatterKind
from duban.core.rights import Actor, Verb, may
from duban.supervision import checks
from duban.supervision.models import CheckRun
from duban.supervision.redrawing import redraw
from duban.supervision.verbs.checking import close_check, start_check

from .. import words
from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..doing import status_of
from ..letterhead import masthead
from ..once import slip
from ..units import unit_choices
from . import words as spoken
from .forms import ReportForm, StartForm

RUNS_A_PAGE = 20
SIZE_AT_FIRST = 10


@require_GET
@staff_page(Verb.SEE_CHECKS)
def overview(request: StaffRequest) -> HttpResponse:
    """`/office/checks`: the five lists, and every run."""
    actor = request.user.actor
    context = {
        "lists": checks.checklists(),
        "last": checks.last_runs(),
        "page": checks.runs(actor, after=request.GET.get("after", ""), limit=RUNS_A_PAGE),
        "spoken": spoken,
        "may_run": may(actor, Verb.RUN_CHECK),
    }
    return render(request, "checks/overview.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.RUN_CHECK)
def new(request: StaffRequest) -> HttpResponse:
    """`/office/checks/new`: choose and count; POST draws the sample (with `look`, it only counts again)."""
    actor, now = request.user.actor, timezone.now()
    if request.method == "GET":
        form = StartForm(initial=_initial(request.GET.get("list", "")))
        return _draw_new(request, form, actor, now)
    form, made = StartForm(request.POST), list[CheckRun]()
    valid = form.is_valid()
    if request.POST.get("look"):
        return _draw_new(request, StartForm(initial=request.POST.dict() | _chosen(request)), actor, now)
    if not valid or not sent(
        request,
        form,
        lambda: made.append(start_check(**form.cleaned_data, actor=actor, now=now)),
        now,
        _("样本已经抽出，分给了检查人。"),
    ):
        return _draw_new(request, form, actor, now)
    return HttpResponseRedirect(reverse("check", args=[made[0].pk]) if made else reverse("checks"))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.SEE_CHECKS)
def check(request: StaffRequest, run: int) -> HttpResponse:
    """`/office/checks/<run>`: the sample by inspector and how far it is; POST closes it with its report."""
    actor, now = request.user.actor, timezone.now()
    found, form = checks.run_of(run, actor), ReportForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and sent(
            request,
            form,
            lambda: close_check(run=run, actor=actor, now=now, **form.cleaned_data),
            now,
            _("检查已结束，报告可以打印。"),
        )
    ):
        return HttpResponseRedirect(reverse("check_report", args=[run]))
    context = {**_picture(found), "form": form, "once": slip(request), "may_run": may(actor, Verb.RUN_CHECK)}
    return render(request, "checks/run.html", context, status=status_of(form))


@require_GET
@staff_page(Verb.SEE_CHECKS)
def report(request: StaffRequest, run: int) -> HttpResponse:
    """`/office/checks/<run>/report`: one sheet to print; it draws the sample again and says whether it holds."""
    found = checks.run_of(run, request.user.actor)
    picture = _picture(found)
    context = {
        **picture,
        "masthead": masthead(),
        "redrawn": redraw(found, picture["items"]),
        "now": timezone.now(),
    }
    return render(request, "checks/report.html", context)


def _picture(run: CheckRun) -> dict[str, Any]:
    items = checks.items_of(run)
    by_inspector: dict[str, list[Any]] = {}
    for one in items:
        by_inspector.setdefault(one.inspector.display_name, []).append(one)
    return {
        "run": run,
        "items": items,
        "by_inspector": by_inspector,
        "progress": checks.progress(items),
        "spoken": spoken,
    }


def _initial(wanted: str) -> dict[str, Any]:
    return {"checklist": wanted, "rule": Rule.ALL_OPEN.value, "size": SIZE_AT_FIRST}


def _chosen(request: StaffRequest) -> dict[str, Any]:
    return {"inspectors": request.POST.getlist("inspectors")}


def _draw_new(request: StaffRequest, form: StartForm, actor: Actor, now: datetime) -> HttpResponse:
    units = dict(unit_choices())
    unit = str(form["unit"].value() or "").strip()
    code = next((code for code, name in units.items() if unit in (code, name)), unit)
    kind = str(form["kind"].value() or "")
    if "\0" in code + kind:  # PostgreSQL takes none in a text; the form says what is wrong with it
        code = kind = ""
    numbers = checks.counted(actor, now, unit=code, kind=kind)
    context = {
        "form": form,
        "once": slip(request),
        "lists": [(one.key, one.title, one.purpose) for one in checks.checklists()],
        "rules": [(rule.value, spoken.rule(rule), spoken.rule_hint(rule), numbers[rule]) for rule in Rule],
        "narrowed": bool(unit or kind),
        "units": unit_choices(),
        "kinds": [(one.value, words.kind(one)) for one in MatterKind],
        "people": checks.inspectors(),
    }
    return render(request, "checks/new.html", context, status=status_of(form))
