"""Forms of the joint meeting's pages. They bind shape only; the verb has the last word on every field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from duban.supervision.verbs.proposing import FollowUp

from ..desk.forms import StaffForm, text
from ..units import unit_code


class ReasonForm(StaffForm):
    """Why."""

    reason = text(_("理由"))


class PaperForm(StaffForm):
    """A paper laid before the meeting."""

    kind = text(_("这是什么"))
    text = text(_("内容"))


class DecisionForm(StaffForm):
    """What was decided. `follow_up` is put together from its three fields."""

    meeting = text(_("哪次会议"))
    kind = text(_("作什么决定"))
    reason = text(_("理由"))
    unit = text(_("改交给"))
    due_on = text(_("延到哪一天"))
    review_on = text(_("哪一天复议"))
    confirmed = forms.BooleanField(label=_("我确认理由里没有个人信息，可以公开"), required=False)
    follow_up = text(_("要落实什么"))
    follow_up_unit = text(_("由谁落实"))
    follow_up_due_on = text(_("哪天前落实"))

    def clean(self) -> dict[str, Any]:
        """Days, units by code, and the follow-up as one."""
        for day in ("due_on", "review_on", "follow_up_due_on"):
            self.read_day(day)
        self.read_whole("meeting")
        fields = self.cleaned_data
        fields["unit"] = unit_code(fields.get("unit") or "")
        fields["follow_up"] = FollowUp(
            unit_code(fields.pop("follow_up_unit", "") or ""),
            fields.pop("follow_up_due_on", None),
            fields.get("follow_up") or "",
        )
        return fields


class ReportForm(StaffForm):
    """What the unit that was asked has done."""

    text = text(_("做了什么、结果怎样"))


class ReviewForm(StaffForm):
    """What became of a follow-up."""

    done = text(_("落实了吗"))
    note = text(_("核实情况"))

    def clean(self) -> dict[str, Any]:
        """Yes or no."""
        chosen = {"yes": True, "no": False}.get(self.cleaned_data.get("done") or "")
        if chosen is None:
            self.add_error("done", _("请选择。"))
        self.cleaned_data["done"] = chosen
        return self.cleaned_data


class MeetingForm(StaffForm):
    """When, where, and what about."""

    held_on = text(_("哪天开"))
    place = text(_("在哪里开"))
    items = forms.Field(label=pgettext("list", "议题"), required=False)

    def clean(self) -> dict[str, Any]:
        """A day, and the ids of the items ticked."""
        self.read_day("held_on")
        self.cleaned_data["items"] = _ids(self, "items")
        return self.cleaned_data

    @property
    def ticked(self) -> list[int]:
        """The items as they were sent, also when something is wrong with them."""
        return _ids(self, "items") if self.is_bound else []


class AttendanceForm(StaffForm):
    """Who was there, and who was in the chair."""

    present = forms.Field(label=_("到会"), required=False)
    chair = text(_("主持"))

    def clean(self) -> dict[str, Any]:
        """Ids of seats."""
        self.cleaned_data["present"] = _ids(self, "present")
        typed = self.cleaned_data.get("chair") or ""
        self.cleaned_data["chair"] = int(typed) if _is_id(typed) else None
        return self.cleaned_data

    @property
    def ticked(self) -> list[int]:
        """The seats as they were sent, also when something is wrong with them."""
        return _ids(self, "present")


class MinutesForm(StaffForm):
    """The minutes, which close the meeting."""

    minutes = text(_("会议纪要"))


def _ids(form: StaffForm, field: str) -> list[int]:
    """The whole numbers among the values of a field that may be sent several times."""
    sent = form.data.getlist(field) if hasattr(form.data, "getlist") else form.data.get(field, [])
    return [int(one) for one in sent if _is_id(str(one))]


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 16
