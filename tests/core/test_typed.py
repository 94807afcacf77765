"""What people type and paste, in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given

from duban.core.typed import narrow, visible

from .year_2014 import QUICK, odd_text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１３８", "138"),
        ("４３３１０１Ｘｘ", "433101Xx"),
        (" 1 3\t8\n\u3000\u00a0", "138"),
        ("1‐2‑3–4—5－6−7﹣8＿9_0", "1-2-3-4-5-6-7-8-9-0"),
        ("\u202d13800000000\u202c", "13800000000"),  # as an address book copies it
        ("\ufeff1\u200b2\u00ad3", "123"),
        ("（＋８６）", "(+86)"),
        ("一二三", "一二三"),
    ],
)
def test_narrow(typed: str, plain: str) -> None:
    assert narrow(typed) == plain


def test_visible_keeps_blanks_and_drops_marks() -> None:
    assert visible("罗\u200b家 祥\u202c") == "罗家 祥"


@QUICK
@given(odd_text)
def test_narrow_is_settled_after_once(text: str) -> None:
    assert narrow(narrow(text)) == narrow(text)
