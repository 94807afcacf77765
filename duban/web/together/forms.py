"""Forms of merging and assisting. Fields are named as the verbs' arguments, so that they pass through."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from ..desk.forms import StaffForm, text
from ..units import unit_code


class MergerForm(StaffForm):
    """Into which matter: one of those offered, or a number typed; and why."""

    lead = text(_("并入哪一件"))
    number = text(_("或者填挂号编号"))
    reason = text(_("为什么是同一件"))

    def clean(self) -> dict[str, Any]:
        """A number typed goes before one chosen."""
        typed = (self.cleaned_data.pop("number", "") or "").strip()
        self.cleaned_data["lead"] = typed or self.cleaned_data.get("lead") or ""
        return self.cleaned_data


class SeparationForm(StaffForm):
    """Why it should go on alone."""

    reason = text(_("为什么要拆出来"))


class AssistRequestForm(StaffForm):
    """Whom to ask for what, until when."""

    unit = text(_("请哪个单位协办"))
    task = text(_("请它做什么"))
    due_on = text(_("哪天前回复"))

    def clean(self) -> dict[str, Any]:
        """A unit's code, also where its name was typed, and a day."""
        self.cleaned_data["unit"] = unit_code(self.cleaned_data.get("unit") or "")
        self.read_day("due_on")
        return self.cleaned_data


class AssistReplyForm(StaffForm):
    """What was done."""

    text = text(_("办了什么，结果怎样"))


class AssistRecallForm(StaffForm):
    """Whose assist is no longer needed, and why."""

    unit = text(_("撤回哪个单位的协办"))
    reason = text(pgettext("assist", "为什么撤回"))
