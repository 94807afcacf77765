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


def sign_for_sign(text: str) -> str:
    """The text with one narrow sign for each of its own, so that what is found in it can be cut out of the text as typed.

    ASCII digits and letters for wide and Chinese ones, `-` for dashes, a blank for blanks and invisible marks; upper case.
    """
    return "".join(_one_sign(char) for char in text)


def _one_sign(char: str) -> str:
    if char in _CHINESE_DIGITS:
        return _CHINESE_DIGITS[char]
    value = unicodedata.digit(char, None)
    if value is not None:
        return str(value)
    category = unicodedata.category(char)
    if char.isspace() or category in ("Cf", "Cc", "Mn"):
        return " "
    if category == "Pd" or char in "−_":
        return "-"
    folded = unicodedata.normalize("NFKC", char).upper()
    return folded if len(folded) == 1 else char


def _sign(char: str) -> str:
    if "！" <= char <= "～":
        char = chr(ord(char) - _FULL_WIDTH)
    category = unicodedata.category(char)
    if char.isspace() or category == "Cf":
        return ""
    return "-" if category == "Pd" or char in "−_" else char


_CHINESE_DIGITS = dict(
    zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789", strict=True)
)
