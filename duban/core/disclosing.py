"""Figures that must not stand in a text everyone will read (domain rule 15): ID, mobile and telephone numbers.

The narrow check for a text written to be published; the publisher's redaction looks for more.
"""

from __future__ import annotations

import re

from .typed import narrow

_FIGURES = (
    re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])"),  # ID number
    re.compile(r"(?<![0-9])(?:86)?1[3-9][0-9]{9}(?![0-9])"),  # mobile
    re.compile(r"(?<![0-9])0[1-9][0-9]{1,2}[1-9][0-9]{6,7}(?![0-9])"),  # telephone with its area code
)


def holds_personal_figures(text: str) -> bool:
    """Whether an ID number, a mobile or a telephone number stands in the text, however it is spaced or spelled."""
    plain = re.sub(r"(?<=[0-9])[-()]+(?=[0-9])", "", narrow(text))
    return any(pattern.search(plain) for pattern in _FIGURES)
