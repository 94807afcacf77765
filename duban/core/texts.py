"""Free text as people type it: one spelling, no control characters, a limit in characters."""

from __future__ import annotations

import unicodedata

from .identity import Unacceptable

TITLE_LIMIT = 60
BODY_LIMIT = 2000
PLACE_LIMIT = 100
NOTE_LIMIT = 2000


def clean(text: str, *, limit: int, missing: str | None, long: str = "text_long") -> str:
    """The text in NFC, trimmed, line ends as \\n.

    `missing` is the code for an empty text (None: may be empty), `long` the code past `limit` characters.
    Emoji and rare characters are text like any other. Raises Unacceptable.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not plain:
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
