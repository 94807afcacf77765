"""Places as people type them, brought down to a township and to a spot within it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.places import Spelling, hottest, spellings, spot, spots
from duban.core.routing import Route

UNITS = [
    ("zhaiyang", "寨阳乡人民政府"),
    ("shetangpo", "社塘坡乡人民政府"),
    ("donghe", "峒河街道办事处"),
    ("shuili", "市水利局"),
    ("shi", "市人民政府"),
]


def test_a_township_is_written_whole_or_short_and_as_the_routes_say() -> None:
    routes = [
        Route("zhaiyang", place="坪朗"),
        Route("zhaiyang", place="坪朗", keyword="水管"),
        Route("zhaiyang", place="寨阳乡"),
        Route("zhaiyang", keyword="低保"),
        Route("shuili", place="水库"),
        Route("gone", place="老街"),
    ]
    assert spellings(UNITS, routes) == spellings(reversed(UNITS), reversed(routes))
    assert spellings(UNITS, routes) == (
        Spelling("社塘坡乡", "社塘坡乡"),
        Spelling("寨阳乡", "寨阳乡"),
        Spelling("峒河街道", "峒河街道"),
        Spelling("社塘坡", "社塘坡乡", leading=True),
        Spelling("寨阳", "寨阳乡", leading=True),
        Spelling("峒河", "峒河街道", leading=True),
        Spelling("坪朗", "寨阳乡"),
    )


@pytest.mark.parametrize(
    ("typed", "township", "name"),
    [
        ("寨阳乡坪朗村三组", "寨阳乡", "坪朗村"),
        ("坪朗村", "寨阳乡", "坪朗村"),
        ("寨阳坪朗村饮水点", "寨阳乡", "坪朗村"),
        ("吉首市矮寨镇德夯村", "矮寨镇", "德夯村"),
        ("乾州街道小溪桥社区", "乾州街道", "小溪桥社区"),
        ("寨阳乡老电影院", "寨阳乡", "老电影院"),
        ("寨阳乡", "寨阳乡", ""),
        ("人民北路 22 号", "", "人民北路 22 号"),
        ("  ", "", ""),
    ],
)
def test_a_typed_place_has_one_spot_within_its_township(typed: str, township: str, name: str) -> None:
    assert spot(typed, township) == name


@given(st.text(max_size=40), st.sampled_from(["", "寨阳乡", "峒河街道"]))
def test_a_spot_always_stands_in_the_text(typed: str, township: str) -> None:
    assert spot(typed, township) in typed


def test_a_spot_counts_every_text_that_contains_its_name() -> None:
    typed = {"寨阳乡坪朗村": 2, "坪朗村三组": 1, "寨阳乡": 1, "寨阳乡补点村": 4}
    assert spots(typed, "寨阳乡") == [("补点村", 4), ("坪朗村", 3)]


def test_the_most_recent_come_first() -> None:
    found = hottest({"寨阳乡": (1, 0), "矮寨镇": (3, 0), "河溪镇": (1, 2), "丹青乡": (0, 9)})
    assert [one.name for one in found] == ["矮寨镇", "河溪镇", "寨阳乡", "丹青乡"]
