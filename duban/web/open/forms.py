"""Forms of the open pages: what to look for, and as of when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.core.zone import day_of

from ..wording import told_code


class StatisticsForm(forms.Form):
    """A day and a unit; both may be empty: now, and the whole city."""

    as_of = forms.CharField(label=_("截至哪天"), required=False)
    unit = forms.CharField(label=_("单位"), required=False)

    def clean_as_of(self) -> date | None:
        """A day up to today."""
        typed = self.cleaned_data["as_of"]
        if not typed:
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            raise forms.ValidationError(told_code("date_shape")) from None
        if day > day_of(timezone.now()):
            raise forms.ValidationError(told_code("day_ahead"))
        return day


class CatalogueForm(forms.Form):
    """Words, a unit, a kind."""

    q = forms.CharField(label=_("找什么"), required=False, max_length=60)
    unit = forms.CharField(label=_("单位"), required=False)
    kind = forms.CharField(label=_("类别"), required=False)

    def wanted(self) -> dict[str, Any]:
        """What was asked for; a value that cannot be is no wish."""
        return self.cleaned_data if self.is_valid() else {"q": "", "unit": "", "kind": ""}
