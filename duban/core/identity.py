"""Real names (domain rule 17): what a Chinese resident ID number, mobile and name must look like.

Pure checks; storing, masking for storage and searching are the business of `people`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from .typed import narrow, visible

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ID = re.compile(r"[1-9][0-9]{16}[0-9X]")  # [0-9], not \d: that takes the digits of every script
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY_CODE = re.compile(r"^(\+|00)?86(?=1[0-9]{10}$)")
_EARLIEST_BIRTH_YEAR = 1850
_DOTS = str.maketrans(dict.fromkeys("•‧・･∙⋅．", "·"))  # keyboards differ in the dot of 阿依古丽·买买提
MAX_NAME = 50


class Unacceptable(ValueError):
    """A value that cannot be right. `code` names the sentence in `refusal.SENTENCES`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def id_number(text: str, *, today: date) -> str:
    """The 18-character ID number in its one spelling (GB 11643: upper-case X). Raises Unacceptable.

    Refuses 15 digits, an impossible birth day, a birth in the future (today is not), a wrong check digit.
    """
    plain = narrow(text).replace("-", "").upper()
    if not plain:
        raise Unacceptable("id_missing")
    if re.fullmatch(r"[0-9]{15}", plain):
        raise Unacceptable("id_fifteen")
    if not _ID.fullmatch(plain):
        raise Unacceptable("id_shape", length=len(plain))
    year, month, day = int(plain[6:10]), int(plain[10:12]), int(plain[12:14])
    if year < _EARLIEST_BIRTH_YEAR:
        raise Unacceptable("id_birth_year", year=plain[6:10])
    try:
        born = date(year, month, day)
    except ValueError:
        raise Unacceptable("id_no_such_day", year=year, month=month, day=day) from None
    if born > today:
        raise Unacceptable("id_future_birth")
    if plain[17] != id_check_digit(plain[:17]):
        raise Unacceptable("id_check_digit")
    return plain


def id_check_digit(first_seventeen: str) -> str:
    """The check character of GB 11643 (ISO 7064 MOD 11-2) for seventeen digits."""
    total = sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def mobile(text: str) -> str:
    """An 11-digit mainland mobile, 1[3-9] and nine digits; +86 and separators are dropped. Raises Unacceptable."""
    plain = _COUNTRY_CODE.sub("", re.sub(r"[-()]", "", narrow(text)))
    if not plain:
        raise Unacceptable("mobile_missing")
    if not _MOBILE.fullmatch(plain):
        raise Unacceptable("mobile_shape")
    return plain


def name(text: str) -> str:
    """A person's name: NFC, trimmed, 2 to 50 characters, letters of any script with · . - ' and spaces.

    It begins with a letter. Rare characters (𠮷, 㛃, 〇) are letters like any other, and the many dots that
    keyboards type between the parts of a name become the one of the ID card (·). Raises Unacceptable.
    """
    plain = " ".join(visible(unicodedata.normalize("NFC", text)).translate(_DOTS).split())
    if not plain:
        raise Unacceptable("name_missing")
    if not 2 <= len(plain) <= MAX_NAME:
        raise Unacceptable("name_length", limit=MAX_NAME)
    if not _is_letter(plain[0]) or not all(_is_letter(char) or char in "·.-'’ " for char in plain):
        raise Unacceptable("name_characters")
    return plain


def masked_name(plain: str) -> str:
    """罗家祥 → 罗**. The first character and two asterisks, whatever the length."""
    return f"{plain[:1]}**" if plain else ""


def masked_id(plain: str) -> str:
    """433101************. The first six (the county) and nothing of birth or person."""
    return f"{plain[:6]}{'*' * max(0, len(plain) - 6)}"


def masked_mobile(plain: str) -> str:
    """138****0000."""
    return f"{plain[:3]}****{plain[-4:]}" if len(plain) >= 7 else "****"


def _is_letter(char: str) -> bool:
    return (
        unicodedata.category(char)[0] in "LM" or char == "〇"
    )  # 〇 is a numeral to Unicode, a name to people
