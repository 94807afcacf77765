"""Forms of the ledgers. They bind shape only; the verb has the last word on every field."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.core.ledger import Item
from duban.core.typed import narrow
from duban.ledgers.words import ITEMS

from ..desk.forms import RulingForm, StaffForm, text
from ..wording import told_code


class AnswerForm(StaffForm):
    """One's own words."""

    text = text(_("您的答复"))


class AppealForm(StaffForm):
    """Why the entry should not stand."""

    reason = text(_("申诉的理由"))


class AppealRulingForm(RulingForm):
    """Upheld or not, and why."""

    note = text(_("裁定的理由"))


class ScoresForm(StaffForm):
    """The points of every item, and why they are changed."""

    note = text(_("为什么改"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, label in ITEMS.items():
            self.fields[item.value] = text(gettext(label))

    def clean(self) -> dict[str, Any]:
        """Whole numbers, which may be negative."""
        for item in Item:
            typed = narrow(self.cleaned_data.get(item.value) or "").replace("−", "-").replace("－", "-")
            if re.fullmatch(r"[+-]?[0-9]{1,4}", typed):
                self.cleaned_data[item.value] = int(typed)
            else:
                self.add_error(item.value, told_code("not_a_number"))
        return self.cleaned_data

    def weights(self) -> dict[str, int]:
        """The points as typed, by item."""
        return {item.value: self.cleaned_data[item.value] for item in Item}
