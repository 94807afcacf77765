"""Figures that tell who somebody is (domain rule 15): ID numbers, mobiles, telephones; found and masked.

The shapes stand here for everyone. This is the narrow check, for a text written to be published and for one that
is passed on to somebody else; the publisher's redaction looks for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .typed import narrow, sign_for_sign

ID, MOBILE = "〔身份证号〕", "〔手机号〕"
"""What is put in the place of a figure. There is no digit in it that could make another figure with its neighbours."""

SIX = ("[1-9]", *["[0-9]"] * 5)  # the county
BORN = (
    *("(?:18|19|20)", "[0-9]{2}"),
    *("(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"),
)
ID_SHAPE = "".join((*SIX, *BORN, "[0-9]{3}[0-9X]"))
MOBILE_SHAPE = "1[3-9][0-9]{9}"

_GAP = r"[\s\-.·()]{0,3}"
_SPACED_BORN = (
    *(f"(?:1{_GAP}[89]|2{_GAP}0)", "[0-9]", "[0-9]"),
    f"(?:0{_GAP}[1-9]|1{_GAP}[0-2])",
    f"(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01])",
)
_FIGURES = (
    (re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9X](?![0-9])"), ID),  # in one, also one that was mistyped
    (
        re.compile(rf"(?<![0-9]){_GAP.join((*SIX, *_SPACED_BORN, *['[0-9]'] * 3, '[0-9X]'))}(?![0-9])"),
        ID,
    ),
    (
        re.compile(rf"(?<![0-9])(?:(?:00)?86{_GAP})?{_GAP.join(('1', '[3-9]', *['[0-9]'] * 9))}(?![0-9])"),
        MOBILE,
    ),
)
_TELEPHONE = re.compile(  # with its area code
    rf"(?<![0-9])0[1-9][0-9]{{1,2}}{_GAP}[1-9](?:{_GAP}[0-9]){{6,7}}(?![0-9])"
)
_DAY_OR_NUMBER = re.compile(  # of a matter
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{8}-[0-9]{4,}-[0-9])(?![0-9])"
)


def holds_personal_figures(text: str) -> bool:
    """Whether an ID number, a mobile or a telephone number stands in the text, however it is spaced or spelled.

    Figures beside each other are told apart by the blanks between them; and looked for without any, too.
    """
    plain = re.sub(" {2,}", " ", sign_for_sign(text))
    together = re.sub(r"(?<=[0-9])[-()]+(?=[0-9])", "", narrow(text))
    apart = _DAY_OR_NUMBER.sub("〔〕", plain)
    return next(_finds(plain), None) is not None or any(map(_TELEPHONE.search, (apart, together)))


def holds_name(text: str, name: str) -> bool:
    """Whether a name stands in the text, whatever blanks or dots are in either of them."""
    sought = _letters(name)
    return bool(sought) and sought in _letters(text)


def _letters(text: str) -> str:
    return re.sub("[·・•.]", "", narrow(text)).casefold()


def mask_figures(text: str) -> str:
    """The text with every ID number and every mobile masked, however it is spaced or spelled.

    Telephones stay: a text that is passed on may say where an office is reached.
    """
    parts, at = [], 0
    for start, end, mask in sorted(_finds(text)):
        if start >= at:
            parts += [text[at:start], mask]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _finds(text: str) -> Iterator[tuple[int, int, str]]:
    plain = sign_for_sign(text)
    for pattern, mask in _FIGURES:
        for found in pattern.finditer(plain):
            yield found.start(), found.end(), mask
