"""The policy figures as the office edits them: every version stays readable, and no promise made is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from duban.catalogue.book import book
from duban.catalogue.models import PolicyVersion
from duban.catalogue.policies import FIGURES, amend_policy
from duban.catalogue.queries import policy_versions
from duban.core.policy import Policy, bounds
from duban.core.rights import Verb

from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import done, status_of
from .people import names_of

SWITCHES = frozenset(figure.name for figure in fields(Policy) if isinstance(figure.default, bool))


class PolicyForm(StaffForm):
    """Every figure, and why it is changed."""

    note = text(_("为什么改"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FIGURES.items():
            switch = forms.BooleanField(required=False, label=gettext(label))
            self.fields[name] = switch if name in SWITCHES else text(gettext(label))

    def clean(self) -> dict[str, Any]:
        """Whole numbers."""
        for name in FIGURES.keys() - SWITCHES:
            self.read_whole(name)
        return self.cleaned_data


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is told: its number, when, by whom, why, and what it changed."""

    number: int
    at: datetime
    by: str
    note: str
    changes: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_POLICY)
def policy(request: StaffRequest) -> HttpResponse:
    """`/settings/policy`"""
    in_force = book().policy.as_dict()
    form = PolicyForm(request.POST or None, initial=in_force)
    if request.method == "POST" and form.is_valid():
        figures = {name: form.cleaned_data[name] for name in FIGURES}
        note, now = form.cleaned_data["note"], timezone.now()
        if done(form, lambda: amend_policy(figures=figures, note=note, actor=request.user.actor, now=now)):
            messages.success(request, gettext("新的数字从现在起生效，已经作出的承诺不变。"))
            return HttpResponseRedirect(reverse("policy"))
    context = {
        "form": form,
        "numbers": [(name, *bounds(name)) for name in FIGURES if name not in SWITCHES],
        "switches": [name for name in FIGURES if name in SWITCHES],
        "versions": _told(policy_versions()),
    }
    return render(request, "office/policy.html", context, status=status_of(form))


def _told(versions: list[PolicyVersion]) -> list[Version]:
    names = names_of(version.by for version in versions)
    before = [*(version.figures for version in versions[1:]), Policy().as_dict()][: len(versions)]
    return [
        Version(one.number, one.at, names[one.by], one.note, _changes(earlier, one.figures))
        for one, earlier in zip(versions, before, strict=True)
    ]


def _changes(before: Mapping[str, int | bool], after: Mapping[str, int | bool]) -> tuple[str, ...]:
    return tuple(
        f"{gettext(label)}：{_spelled(before.get(name))} → {_spelled(after.get(name))}"
        for name, label in FIGURES.items()
        if before.get(name) != after.get(name)
    )


def _spelled(value: int | bool | None) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return str(value)
