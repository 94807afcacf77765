"""Forms of the petitioner's pages. They check shape, with the same rules the verbs apply; verbs have the last word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.core import numbers
from duban.core.identity import Unacceptable
from duban.core.refusal import Invalid
from duban.core.texts import BODY_LIMIT, NOTE_LIMIT, PLACE_LIMIT, TITLE_LIMIT, clean, one_line
from duban.matters.words import GRADES
from duban.people.citizens import checked

from .. import words
from ..wording import told_code, told_fields

IDENTITY = ("name", "id_number", "mobile")


def _text(label: Any) -> forms.CharField:
    # Length and emptiness are the rules' to judge, with their own sentences.
    return forms.CharField(label=label, required=False, strip=False)


class ForgivingForm(forms.Form):
    """A form whose problems are sentences of core.refusal, and that can take over what a verb found wrong.

    `refused`: a rule said no to the deed itself.
    """

    refused: bool = False

    def read(self, field: str, read: Callable[[str], str]) -> None:
        """Put the field's text through a rule of core; its refusal becomes the field's error."""
        try:
            self.cleaned_data[field] = read(self.cleaned_data.get(field, ""))
        except Unacceptable as problem:
            self.add_error(field, told_code(problem.code, problem.params))

    def take_over(self, invalid: Invalid) -> None:
        """Show a verb's findings beside the fields they name; one without a field here stands above the form."""
        for name, sentence in told_fields(invalid).items():
            self.add_error(name if name in self.fields else None, sentence)


class RegistrationForm(ForgivingForm):
    """Everything a registration asks. Photos come beside it."""

    kind = _text(_("这是哪一类"))
    title = _text(_("一句话说清"))
    body = _text(_("详细情况"))
    place = _text(_("发生在哪里"))
    unit = _text(_("想交给哪个单位"))
    previous = _text(_("以前挂过的编号"))
    photos = forms.Field(label=_("照片"), required=False)
    name = _text(_("姓名"))
    mobile = _text(_("手机号"))
    id_number = _text(_("身份证号"))
    publish = forms.BooleanField(label=_("办理结果可以公示"), required=False)
    confidential = forms.BooleanField(label=_("对承办单位保密"), required=False)
    collective = forms.BooleanField(label=_("这是大家共同的事"), required=False)

    def clean(self) -> dict[str, Any]:
        """All fields at once, so that a person mends everything at one go."""
        self.read("kind", _known_kind)
        self.read(
            "title", lambda t: one_line(t, limit=TITLE_LIMIT, missing="title_missing", long="title_long")
        )
        self.read("body", lambda t: clean(t, limit=BODY_LIMIT, missing="body_missing", long="body_long"))
        self.read("place", lambda t: one_line(t, limit=PLACE_LIMIT, missing=None, long="place_long"))
        self.read("previous", _known_number)
        try:
            typed = {field: self.cleaned_data.get(field, "") for field in IDENTITY}
            checked(**typed, now=timezone.now())
        except Invalid as invalid:
            self.take_over(invalid)
        return self.cleaned_data

    def typed(self) -> dict[str, Any]:
        """The fields exactly as they were typed, for keeping."""
        return {name: self[name].value() for name in self.fields if name != "photos"}


class TrackForm(ForgivingForm):
    """Number and query code, in whatever spelling they were copied."""

    no = _text(_("挂号编号"))
    code = _text(_("查询码"))


class VerdictForm(ForgivingForm):
    """The petitioner's judgement."""

    grade = forms.TypedChoiceField(
        label=_("评价"),
        coerce=int,
        empty_value="",
        required=False,
        choices=[(grade, word) for grade, word in GRADES.items()],
        error_messages={"invalid_choice": _("请在五个等级里选一个。")},
    )
    comment = _text(_("想说的话"))


class AdditionForm(ForgivingForm):
    """Something the petitioner adds."""

    text = _text(_("要补充什么"))
    photos = forms.Field(label=_("照片"), required=False)


class WithdrawalForm(ForgivingForm):
    """Taking a matter back; ticking the box is the confirmation."""

    reason = _text(_("为什么撤回"))
    sure = forms.BooleanField(label=_("我确定要撤回"), required=False)

    def clean(self) -> dict[str, Any]:
        """The tick must be there."""
        self.read("reason", lambda t: clean(t, limit=NOTE_LIMIT, missing=None))
        if not self.cleaned_data.get("sure"):
            self.add_error("sure", told_code("withdrawal_unconfirmed"))
        return self.cleaned_data


def _known_kind(key: str) -> str:
    if key not in words.CITIZEN_KINDS:
        raise Unacceptable("kind_unknown")
    return key


def _known_number(typed: str) -> str:
    if not typed.strip():
        return ""
    number = numbers.normalise(typed)
    if number is None:
        raise Unacceptable("previous_unknown")
    return number


def without(body: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    """The fields of a draft without some of them."""
    return {name: value for name, value in body.items() if name not in fields}
