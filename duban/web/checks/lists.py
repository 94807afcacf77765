"""One checklist: the version in force, a form for the next one, and the earlier ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.core.rights import Verb, may
from duban.supervision.checks import versions_of
from duban.supervision.verbs.checklists import amend_checklist

from ..access import StaffRequest, staff_page
from ..doing import done, status_of
from ..office.people import names_of
from .forms import ChecklistForm


@require_http_methods(["GET", "POST"])
@staff_page(Verb.SEE_CHECKS)
def checklist_page(request: StaffRequest, checklist: str) -> HttpResponse:
    """`/office/checklists/<checklist>`: POST makes the next version; checks that have begun keep theirs."""
    versions, actor, now = versions_of(checklist), request.user.actor, timezone.now()
    latest = versions[0]
    begin = {"title": latest.title, "purpose": latest.purpose, "items": "\n".join(latest.items)}
    form = ChecklistForm(request.POST or None, initial=begin)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: amend_checklist(key=checklist, actor=actor, now=now, **form.cleaned_data))
    ):
        messages.success(request, gettext("新的版本从现在起使用，已经开始的检查仍用原来的。"))
        return HttpResponseRedirect(reverse("checklist", args=[checklist]))
    context = {
        "latest": latest,
        "versions": versions,
        "names": names_of(one.by for one in versions),
        "form": form,
        "may_run": may(actor, Verb.RUN_CHECK),
    }
    return render(request, "checks/checklist.html", context, status=status_of(form))
