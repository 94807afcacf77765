"""Forms of alarms and orders. They bind shape only; the verb has the last word on every field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.core import numbers

from ..desk.forms import StaffForm, text
from ..units import unit_code


class AnswerForm(StaffForm):
    """What the office did about an alarm."""

    note = text(_("怎样处置的"))


class OrderForm(StaffForm):
    """A new order: about a matter, or to a unit alone."""

    matter = text(_("针对哪件事"))
    unit = text(_("发给哪个单位"))
    colour = text(_("颜色"))
    demand = text(_("督办要求"))
    reply_by = text(_("回复期限"))
    escalated_from = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A day, a unit's code also where its name was typed, a matter's number however it was typed."""
        self.read_day("reply_by")
        data = self.cleaned_data
        typed = (data.get("matter") or "").strip()
        data["matter"] = numbers.normalise(typed) or typed
        data["unit"] = unit_code(data.get("unit") or "")
        data["escalated_from"] = data.get("escalated_from") or None
        return data


class ReplyForm(StaffForm):
    """How the demand was met."""

    text = text(_("落实情况"))


class SendingBackForm(StaffForm):
    """Why the reply will not do, and by when a better one is due."""

    reason = text(_("退回的理由"))
    reply_by = text(_("新的回复期限"))

    def clean(self) -> dict[str, Any]:
        """A day, or none."""
        self.read_day("reply_by")
        return self.cleaned_data


class RecallForm(StaffForm):
    """Why the order is taken back."""

    reason = text(_("收回的理由"))
