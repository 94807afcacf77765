"""Free text: what nobody can see is no text, and nothing turns the direction of what stands beside it."""

from __future__ import annotations

import pytest

from duban.core.identity import Unacceptable
from duban.core.texts import clean, one_line


@pytest.mark.parametrize(
    "typed", ["", " \n", "\u200b", "\u200b \u2060\ufeff", "\u3164", "\u2800", "\u202e", "\ufe0f"]
)
def test_what_nobody_sees_is_missing(typed: str) -> None:
    with pytest.raises(Unacceptable, match="title_missing"):
        one_line(typed, limit=60, missing="title_missing", long="title_long")
    assert clean(typed, limit=60, missing=None) == ""


@pytest.mark.parametrize("typed", ["停水", "👨\u200d👩\u200d👧", "𠮷㛃", "☀\ufe0f", "."])
def test_what_is_seen_stays_as_it_is(typed: str) -> None:
    assert clean(typed, limit=60, missing="text_missing") == typed


def test_a_text_cannot_turn_its_neighbours_round() -> None:
    assert clean("坪朗村\u202e停水\u2066", limit=60, missing="text_missing") == "坪朗村停水"
