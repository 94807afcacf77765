"""The catalogue as the office edits it: changes are noted, looked over, and published together as the next edition."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from duban.catalogue import queries
from duban.catalogue.book import StandardEntry
from duban.catalogue.editions import Draft, publish_edition
from duban.core.kinds import MatterKind
from duban.core.rights import Verb
from duban.people.queries import unit_names

from .. import words
from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import done, status_of
from ..units import unit_choices, unit_code, unit_named
from ..wording import told_code
from . import edition_draft
from .people import names_of

SHOWN = 100


class StandardForm(StaffForm):
    """A standard as the next edition should have it."""

    unit = text(_("单位"))
    title = text(_("名称"))
    kind = text(_("适用类别"))
    limit_workdays = text(_("时限（工作日）"))
    fee = text(_("收费"))
    basis = text(_("依据"))
    steps = text(_("办理步骤"))

    def clean(self) -> dict[str, Any]:
        """Shape, with the catalogue's own sentences; the whole is judged again when it is published."""
        fields = self.cleaned_data
        fields["unit"] = unit_code(fields.get("unit") or "")
        if fields["unit"] not in dict(unit_choices()):
            self.add_error("unit", told_code("unit_unknown"))
        for name, missing in (("title", "required"), ("fee", "required"), ("basis", "basis_missing")):
            fields[name] = (fields.get(name) or "").strip()
            if not fields[name]:
                self.add_error(name, told_code(missing))
        self.read_whole("limit_workdays")
        steps = (fields.get("steps") or "").splitlines()
        fields["steps"] = tuple(step.strip() for step in steps if step.strip())
        if not fields["steps"]:
            self.add_error("steps", told_code("steps_missing"))
        return fields

    def draft(self, code: str) -> Draft:
        """What was typed, as a draft under a code."""
        fields = dict(self.cleaned_data)
        return Draft(code=code, unit_code=fields.pop("unit"), **fields)


class PublicationForm(StaffForm):
    """What the next edition is about."""

    note = text(_("这一版改了什么"))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_CATALOGUE)
def editions(request: StaffRequest) -> HttpResponse:
    """`/settings/catalogue?unit=&q=`: what is in force, what is noted, every edition; POST publishes the next one."""
    now, form = timezone.now(), PublicationForm(request.POST or None)
    changes = edition_draft.noted(now)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if done(form, lambda: publish_edition(changes=changes, note=note, actor=request.user.actor, now=now)):
            edition_draft.forget(now)
            messages.success(request, gettext("新版已发布，旧版留存；已经作出的承诺不变。"))
            return HttpResponseRedirect(reverse("editions"))
    unit, wanted = unit_code(request.GET.get("unit", "")), request.GET.get("q", "").strip()
    found = queries.standards(unit=unit, text=wanted)
    published = queries.editions()
    context = {
        "form": form,
        "changes": changes,
        "retiring": [one for one in queries.standards() if one.code in changes.retire],
        "found": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "unit_name": unit_named(unit) if unit else "",
        "wanted": wanted,
        "names": unit_names(),
        "units": unit_choices(),
        "editions": published,
        "by": names_of(one.published_by for one in published),
    }
    return render(request, "office/editions.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_CATALOGUE)
def standard_draft(request: StaffRequest, standard: int | None = None) -> HttpResponse:
    """`/settings/catalogue/new`, `/settings/catalogue/<standard>`: note a new or changed standard."""
    now = timezone.now()
    row = queries.standard(standard).standard if standard is not None else None
    start = _as_typed(row, now) if row else {"fee": gettext("不收费"), "unit": request.GET.get("unit", "")}
    form = StandardForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        code = row.code if row else f"n-{secrets.token_hex(6)}"
        edition_draft.note_put(form.draft(code), now)
        messages.success(request, gettext("已记入下一版，发布后生效。"))
        return HttpResponseRedirect(reverse("editions"))
    context = {
        "form": form,
        "row": row,
        "units": unit_choices(),
        "kinds": [(kind.value, words.kind(kind)) for kind in MatterKind],
    }
    return render(request, "office/standard.html", context, status=status_of(form))


@require_POST
@staff_page(Verb.AMEND_CATALOGUE)
def standard_deed(request: StaffRequest) -> HttpResponse:
    """POST `/settings/catalogue/notes`: `retire` a code with the next edition, or take back (`forget`) a note."""
    now, retire, back = timezone.now(), request.POST.get("retire", ""), request.POST.get("forget", "")
    if retire and any(one.code == retire for one in queries.standards()):
        edition_draft.note_retired(retire, now)
    if back:
        edition_draft.take_back(back, now)
    return HttpResponseRedirect(reverse("editions"))


def _as_typed(row: StandardEntry, now: datetime) -> dict[str, object]:
    """The row in force, or what is already noted about it, as the form has it."""
    put = edition_draft.noted(now).put
    noted: StandardEntry | Draft = next((one for one in put if one.code == row.code), row)
    return {
        "unit": unit_named(noted.unit_code),
        "title": noted.title,
        "kind": noted.kind,
        "limit_workdays": noted.limit_workdays,
        "fee": noted.fee,
        "basis": noted.basis,
        "steps": "\n".join(noted.steps),
    }
