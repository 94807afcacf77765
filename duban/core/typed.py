"""Numbers as people type and paste them, brought to one spelling before anything checks them.

Input methods type full-width digits, contact lists put invisible marks around a copied number, and every
program has a dash of its own. None of that may cost a citizen a refusal.
"""

from __future__ import annotations

import unicodedata

_FULL_WIDTH = 0xFEE0  # from "!" to "！"


def narrow(text: str) -> str:
    """The text with narrow signs, every dash a hyphen, and neither blanks nor invisible marks."""
    return "".join(_sign(char) for char in text)


def visible(text: str) -> str:
    """The text without invisible marks (zero-width spaces, direction marks, byte-order marks)."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _sign(char: str) -> str:
    if "！" <= char <= "～":
        char = chr(ord(char) - _FULL_WIDTH)
    category = unicodedata.category(char)
    if char.isspace() or category == "Cf":
        return ""
    return "-" if category == "Pd" or char in "−_" else char
