"""Free text as people type it: one spelling, no control characters, a limit in characters."""

from __future__ import annotations

import unicodedata

from .identity import Unacceptable

TITLE_LIMIT = 60
BODY_LIMIT = 2000
PLACE_LIMIT = 100
NOTE_LIMIT = 2000


def clean(text: str, *, limit: int, missing: str | None, long: str = "text_long") -> str:
    """The text in NFC, trimmed, line ends as \\n, without signs that turn the direction of writing.

    `missing` is the code for a text with nothing to see (None: may be empty), `long` the code past `limit` characters.
    Emoji and rare characters are text like any other. Raises Unacceptable.
    """
    plain = (
        unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_TURNS).strip()
    )
    if all(_is_blank(char) for char in plain):
        if missing is not None:
            raise Unacceptable(missing)
        return ""
    if len(plain) > limit:
        raise Unacceptable(long, limit=limit, length=len(plain), excess=len(plain) - limit)
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in plain):
        raise Unacceptable("text_characters")
    return plain


def one_line(text: str, *, limit: int, missing: str | None, long: str) -> str:
    """Like `clean`, on one line: line ends and runs of blanks become one space. Raises Unacceptable."""
    return clean(" ".join(text.split()), limit=limit, missing=missing, long=long)


def _is_blank(char: str) -> bool:
    """Whether nobody sees the sign: blanks, joiners and marks without width, and letters drawn as nothing."""
    return char.isspace() or unicodedata.category(char) == "Cf" or char in _UNSEEN


_UNSEEN = "\u034f\u115f\u1160\u2800\u3164\ufe0f\uffa0"
_TURNS = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # overrides and isolates: what stands beside the text would read backwards
