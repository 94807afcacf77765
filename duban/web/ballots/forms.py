"""Forms of co-signing and ballots. They bind shape only; the verb has the last word on every field."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.core.refusal import Invalid
from duban.core.typed import narrow
from duban.evaluation.rolls import pasted
from duban.matters.words import GRADES
from duban.people.citizens import checked

from ..citizen.forms import IDENTITY, ForgivingForm
from ..desk.forms import StaffForm, text
from ..wording import told_code, told_fields


class CosignForm(ForgivingForm):
    """Who wishes to co-sign, by real name."""

    name = text(_("姓名"))
    id_number = text(_("身份证号"))
    mobile = text(_("手机号"))

    def clean(self) -> dict[str, Any]:
        """All fields at once."""
        try:
            typed = {field: self.cleaned_data.get(field, "") for field in IDENTITY}
            checked(**typed, now=timezone.now())
        except Invalid as invalid:
            self.take_over(invalid)
        return self.cleaned_data


class CodeForm(ForgivingForm):
    """A code as it was sent."""

    code = text(_("验证码"))

    def clean(self) -> dict[str, Any]:
        """Something must be there."""
        if not self.cleaned_data.get("code", "").strip():
            self.add_error("code", told_code("required"))
        return self.cleaned_data


class VotingCodeForm(CodeForm):
    """The voting code of somebody on the roll."""

    code = text(_("投票码"))


class MobileForm(ForgivingForm):
    """Where the voting code was to go."""

    mobile = text(_("手机号"))


class VoteForm(ForgivingForm):
    """One of five grades."""

    grade = forms.TypedChoiceField(
        label=_("您的评价"),
        coerce=int,
        empty_value="",
        required=False,
        choices=[(grade, word) for grade, word in GRADES.items()],
        error_messages={"invalid_choice": _("请在五个等级里选一个。")},
    )

    def clean(self) -> dict[str, Any]:
        """One must be chosen."""
        if not self.errors and not self.cleaned_data.get("grade"):
            self.add_error("grade", told_code("grade_unknown"))
        return self.cleaned_data


class OpeningForm(StaffForm):
    """The lines that complete the roll, and until when it can be voted."""

    extra = text(_("补录选民册"))
    leaving = text(_("不再列入的人"))
    leaving_reason = text(_("不再列入的理由"))
    closes_on = text(_("投票截止日"))

    def clean(self) -> dict[str, Any]:
        """Read the lines and the day."""
        self.read_day("closes_on")
        parts = re.split(r"[\s,，、;；]+", self.cleaned_data.get("leaving", ""))
        places = [narrow(one) for one in parts if one]
        if all(one.isascii() and one.isdigit() and len(one) < 6 for one in places):
            self.cleaned_data["leaving"] = [int(one) for one in places]
        else:
            self.add_error("leaving", gettext("请填选民册上的序号，用空格隔开。"))
        try:
            self.cleaned_data["extra"] = pasted(self.cleaned_data.get("extra", ""))
        except Invalid as invalid:
            self.take_over(invalid)
        return self.cleaned_data

    def take_over(self, invalid: Invalid) -> None:
        """What is wrong with a line names the line."""
        for name, sentence in told_fields(invalid).items():
            field, _dot, line = name.partition(".")
            if line:
                sentence = gettext("第 %(line)s 行：%(problem)s") % {"line": line, "problem": sentence}
            self.add_error(field if field in self.fields else None, sentence)


class PaperForm(StaffForm):
    """Who stands at the terminal, by their card."""

    id_number = text(_("投票人的身份证号"))

    def take_over(self, invalid: Invalid) -> None:
        """The verb takes several cards; here there is one."""
        for sentence in told_fields(invalid).values():
            self.add_error("id_number", sentence)


class CountForm(StaffForm):
    """How many papers of each grade lie in the box; none is typed as 0, too."""

    counts = forms.Field(label=_("票箱里的票"), required=False)
    grade_5 = text(_(GRADES[5]))
    grade_4 = text(_(GRADES[4]))
    grade_3 = text(_(GRADES[3]))
    grade_2 = text(_(GRADES[2]))
    grade_1 = text(_(GRADES[1]))

    def clean(self) -> dict[str, Any]:
        """The figures by grade."""
        counts = {}
        for grade in GRADES:
            typed = narrow(self.cleaned_data.get(f"grade_{grade}", ""))
            if not typed:
                self.add_error(f"grade_{grade}", told_code("paper_blank"))
            elif typed.isascii() and typed.isdigit() and len(typed) < 7:
                counts[grade] = int(typed)
            else:
                self.add_error(f"grade_{grade}", told_code("paper_number"))
        self.cleaned_data["counts"] = counts
        return self.cleaned_data


class RemovalForm(StaffForm):
    """Whom to take off, and why."""

    cosigner = forms.IntegerField(required=False)
    reason = text(_("移出的理由"))
