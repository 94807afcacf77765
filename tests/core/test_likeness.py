"""How much two titles are about the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.likeness import likeness, pairs


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("坪朗村停水", "坪朗村停水", 100),
        ("坪朗村停水", "坪朗村 停水！", 100),
        ("坪朗村停水", "坪朗村断水", 33),
        ("路灯不亮", "垃圾没人清", 0),
        ("", "坪朗村停水", 0),
        ("水", "水", 0),
    ],
)
def test_titles(one: str, other: str, percent: int) -> None:
    assert likeness(one, other) == percent


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_is_mutual_and_within_bounds(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 100
    assert likeness(one, one) == (100 if pairs(one) else 0)
