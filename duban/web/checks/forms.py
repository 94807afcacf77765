"""Forms of the five checks. They bind shape only; the verbs have the last word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.core.checks import Answer

from ..desk.forms import StaffForm, text
from ..units import unit_code
from ..wording import told_code


class StartForm(StaffForm):
    """A new check: which list, drawn from what, how many, by whom, until when."""

    checklist = text(_("用哪张检查表"))
    rule = text(_("从哪些事项里抽"))
    unit = text(_("只抽一个单位的"))
    kind = text(_("只抽一类的"))
    size = text(_("抽几件"))
    seed = text(_("抽样种子"))
    inspectors = forms.Field(label=_("检查人"), required=False, widget=forms.SelectMultiple)
    due_on = text(_("哪天之前查完"))

    def clean(self) -> dict[str, Any]:
        """A whole number, a day, a unit's code."""
        fields = self.cleaned_data
        fields["inspectors"] = list(fields.get("inspectors") or [])
        fields["unit"] = unit_code(fields.get("unit") or "")
        self.read_whole("size")
        self.read_day("due_on")
        return fields


class FindingForm(StaffForm):
    """The answers to a checklist's questions, what came of it, and what was seen."""

    result = text(_("检查结果"))
    note = text(_("看到的情况"))
    photos = forms.Field(label=_("照片"), required=False)

    def __init__(self, asked: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [f"answer_{number}" for number in range(len(asked))]
        for name, question in zip(self.asked, asked, strict=True):
            self.fields[name] = text(question)

    def clean(self) -> dict[str, Any]:
        """Every question has an answer."""
        for name in self.asked:
            if self.cleaned_data.get(name) not in set(Answer):
                self.add_error(name, told_code("finding_answers"))
        return self.cleaned_data

    @property
    def answers(self) -> list[str]:
        """The answers in the checklist's order."""
        return [self.cleaned_data[name] for name in self.asked]


class ReportForm(StaffForm):
    """What the check says in the end."""

    report = text(_("检查小结"))


class WordForm(StaffForm):
    """A later word beside a finding."""

    text = text(_("补记"))


class InspectorForm(StaffForm):
    """Who looks instead."""

    inspector = text(_("检查人"))


class OrderForm(StaffForm):
    """A supervision order for a problem that was found."""

    colour = text(_("哪一色"))
    demand = text(_("要求做到什么"))
    reply_by = text(_("哪天之前回复"))

    def clean(self) -> dict[str, Any]:
        """A day, where one is given."""
        self.read_day("reply_by")
        return self.cleaned_data


class ChecklistForm(StaffForm):
    """A checklist's next version; one question a line."""

    title = text(_("名称"))
    purpose = text(_("查什么"))
    items = text(_("问题"))

    def clean(self) -> dict[str, Any]:
        """The lines."""
        self.cleaned_data["items"] = (self.cleaned_data.get("items") or "").splitlines()
        return self.cleaned_data
