"""Places as people type them, brought down to a village or a township."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.places import hottest, place_name, stems

TOWNSHIPS = stems(
    ["寨阳乡人民政府", "社塘坡乡人民政府", "矮寨镇人民政府", "峒河街道办事处", "市水利局", "市人民政府"]
)


def test_townships_are_called_by_their_short_names() -> None:
    assert TOWNSHIPS == ("寨阳乡", "社塘坡乡", "矮寨镇", "峒河街道")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("寨阳乡坪朗村三组", "坪朗村"),
        ("坪朗村", "坪朗村"),
        ("寨阳坪朗村饮水点", "坪朗村"),
        ("吉首市矮寨镇德夯村", "德夯村"),
        ("乾州街道小溪桥社区", "小溪桥社区"),
        ("寨阳乡", "寨阳乡"),
        ("峒河街道人民北路", "峒河街道"),
        ("人民北路 22 号", "人民北路 22 号"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_a_typed_place_goes_by_one_name(typed: str, name: str) -> None:
    assert place_name(typed, TOWNSHIPS) == name


@given(st.text(max_size=40))
def test_a_name_always_stands_in_the_text(typed: str) -> None:
    assert place_name(typed, TOWNSHIPS) in typed


def test_a_place_counts_every_text_that_contains_its_name() -> None:
    typed = {
        "寨阳乡坪朗村": (2, 1),
        "坪朗村三组": (1, 0),
        "寨阳乡": (1, 5),
        "寨阳乡政府门口": (1, 0),
        "德夯村": (0, 9),
    }
    found = [(one.name, one.recent, one.before) for one in hottest(typed, TOWNSHIPS, 10)]
    assert found == [("寨阳乡", 4, 6), ("坪朗村", 3, 1)]
    assert [one.name for one in hottest(typed, TOWNSHIPS, 1)] == ["寨阳乡"]
