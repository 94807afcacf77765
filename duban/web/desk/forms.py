"""Forms of what staff do to a matter. They bind shape only; the verb has the last word on every field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.core.kinds import Grade
from duban.core.typed import narrow

from ..citizen.forms import ForgivingForm
from ..units import unit_code
from ..wording import told_code


def text(label: Any) -> forms.CharField:
    """A text whose length and emptiness are the rules' to judge."""
    return forms.CharField(label=label, required=False, strip=False)


class StaffForm(ForgivingForm):
    """What every form of the inside shares. Its fields are named as the verb's arguments, so that they pass through.

    `vague`: words that promise nothing, pointed out before sending.
    """

    vague: Sequence[str] = ()

    def read_day(self, field: str) -> None:
        """Read the day a field holds; None when it is empty. A shape that is no day becomes the field's error."""
        typed = narrow(self.cleaned_data.get(field) or "").replace("/", "-").replace(".", "-")
        self.cleaned_data[field] = None
        try:
            if typed:
                self.cleaned_data[field] = date.fromisoformat("-".join(n.zfill(2) for n in typed.split("-")))
        except ValueError:
            self.add_error(field, told_code("date_shape"))

    def read_whole(self, field: str) -> None:
        """Read the whole number a field holds; anything else becomes the field's error."""
        typed = narrow(self.cleaned_data.get(field) or "")
        if typed.isascii() and typed.isdigit() and len(typed) < 10:
            self.cleaned_data[field] = int(typed)
        else:
            self.add_error(field, told_code("not_a_number"))


class NoForm(StaffForm):
    """A deed that needs no words, only the confirming button."""


class AcceptanceForm(StaffForm):
    """Contact and commitment."""

    contact_method = text(_("怎样联系的诉求人"))
    contact_note = text(_("谈了什么"))
    standard = text(_("按哪项标准办"))
    due_on = text(_("承诺更早的日期"))

    def clean(self) -> dict[str, Any]:
        """A day, and a standard by its number: free text counts as none chosen."""
        typed = self.cleaned_data.get("standard") or ""
        chosen = typed.isascii() and typed.isdigit() and len(typed) < 16
        self.cleaned_data["standard"] = int(typed) if chosen else None
        self.read_day("due_on")
        return self.cleaned_data


class ProgressForm(StaffForm):
    """How it stands."""

    note = text(_("进展"))
    photos = forms.Field(label=_("照片"), required=False)


class CompletionForm(StaffForm):
    """The completion statement."""

    outcome = text(_("办理结果"))
    statement = text(_("做了什么，结果怎样"))
    why = text(_("原因"))
    public_reply = text(_("对外公示的答复"))
    photos = forms.Field(label=_("照片"), required=False)


class ReturnForm(StaffForm):
    """Not ours: why, and whose."""

    reason = text(_("为什么不属本单位"))
    suggested = text(_("应当交给"))

    def clean(self) -> dict[str, Any]:
        """A unit's code, also where its name was typed."""
        self.cleaned_data["suggested"] = unit_code(self.cleaned_data.get("suggested") or "")
        return self.cleaned_data


class ExtensionForm(StaffForm):
    """A later day: why, and which."""

    reason = text(_("为什么要延期"))
    due_on = text(_("延到哪一天"))

    def clean(self) -> dict[str, Any]:
        """A day."""
        self.read_day("due_on")
        return self.cleaned_data


class HandOverForm(StaffForm):
    """To whom."""

    handler = text(_("交给谁"))


class AssignmentForm(StaffForm):
    """To which unit, and whether it is urgent."""

    unit = text(_("交给哪个单位"))
    urgent = forms.BooleanField(label=_("列为紧急"), required=False)

    def clean(self) -> dict[str, Any]:
        """A unit's code, also where its name was typed."""
        self.cleaned_data["unit"] = unit_code(self.cleaned_data.get("unit") or "")
        return self.cleaned_data


class RulingForm(StaffForm):
    """Yes or no, and why."""

    granted = text(_("裁定"))
    note = text(_("理由或交代"))

    def clean(self) -> dict[str, Any]:
        """Yes or no must be chosen."""
        chosen = {"yes": True, "no": False}.get(self.cleaned_data.get("granted") or "")
        if chosen is None:
            self.add_error("granted", told_code("ruling_missing"))
        self.cleaned_data["granted"] = chosen
        return self.cleaned_data


class ReturnRulingForm(RulingForm):
    """Yes or no, and to whom next."""

    unit = text(_("改交给"))

    def clean(self) -> dict[str, Any]:
        """A refused return goes nowhere else."""
        super().clean()
        typed = self.cleaned_data.get("unit") or ""
        self.cleaned_data["unit"] = unit_code(typed) if self.cleaned_data["granted"] else ""
        return self.cleaned_data


class CallbackForm(StaffForm):
    """What came of ringing."""

    result = text(_("回访结果"))
    note = text(_("谈了什么"))


class JudgementForm(StaffForm):
    """The issuer of a directive judges it, as a petitioner judges a matter."""

    grade = text(_("评价"))
    comment = text(_("想说的话"))

    def clean(self) -> dict[str, Any]:
        """A grade, or none chosen."""
        typed = self.cleaned_data.get("grade") or ""
        self.cleaned_data["grade"] = int(typed) if typed in {str(grade.value) for grade in Grade} else 0
        return self.cleaned_data


class ContactForm(StaffForm):
    """Why someone must see the real data."""

    reason = text(_("为什么要查看"))
