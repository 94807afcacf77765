"""Routing rules: place × kind × keyword → unit."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.routing import Route, route

from .year_2014 import QUICK

ROUTES = (
    Route("zhaiyang", place="寨阳乡"),
    Route("water", keyword="水"),
    Route("waterworks", keyword="自来水管"),
    Route("zhaiyang-water", place="寨阳乡", keyword="水"),
    Route("permits", kind="permit"),
    Route("zhaiyang-permits", place="寨阳乡", kind="permit"),
    Route("everything", place="寨阳乡", kind="hardship", keyword="水"),
    Route("blind"),
)


def _unit(kind: str = "question", place: str = "", title: str = "", body: str = "") -> str | None:
    found = route(ROUTES, kind=kind, place=place, title=title, body=body)
    return found.unit if found else None


@pytest.mark.parametrize(
    ("matter", "unit"),
    [
        ({}, None),  # a rule without a condition never assigns blindly
        ({"place": "寨阳乡坪朗村"}, "zhaiyang"),
        ({"place": "社塘坡乡强虎村"}, None),
        ({"title": "停水三天"}, "water"),
        ({"body": "村里的自来水管裂了"}, "waterworks"),  # the longer keyword
        ({"title": "自来水", "body": "管"}, "water"),  # a keyword does not reach across title and body
        ({"place": "寨阳乡坪朗村", "title": "自来水管裂了"}, "zhaiyang-water"),  # two conditions beat one
        ({"kind": "permit"}, "permits"),
        ({"kind": "permit", "place": "寨阳乡"}, "zhaiyang-permits"),
        ({"kind": "hardship", "place": "寨阳乡坪朗村", "body": "没有水"}, "everything"),
        ({"kind": "complaint", "place": "寨阳乡坪朗村", "body": "没有水"}, "zhaiyang-water"),
    ],
)
def test_the_most_precise_rule_wins(matter: dict[str, str], unit: str | None) -> None:
    assert _unit(**matter) == unit


def test_among_equally_precise_rules_the_lower_rank_wins_whatever_the_order() -> None:
    rules = (
        Route("a", keyword="停水", rank=20),
        Route("b", keyword="停水", rank=10),
        Route("c", keyword="停电", rank=1),
    )
    for order in permutations(rules):
        found = route(order, kind="hardship", place="", title="停水又停电", body="")
        assert found is not None
        assert found.unit == "c"
        found = route(order, kind="hardship", place="", title="停水", body="")
        assert found is not None
        assert found.unit == "b"


def test_the_same_rank_is_still_decided() -> None:
    rules = (Route("b", keyword="停水"), Route("a", keyword="停水"))
    found = route(rules, kind="hardship", place="", title="停水", body="")
    assert found is not None
    assert found.unit == "a"


def test_no_rules_no_unit() -> None:
    assert route((), kind="permit", place="寨阳乡", title="水", body="水") is None


words = st.sampled_from(["", "寨阳乡", "社塘坡乡", "permit", "hardship", "水", "自来水管"])


@QUICK
@given(st.permutations(ROUTES), words, words, words)
def test_the_order_of_the_rules_never_matters(rules: list[Route], kind: str, place: str, text: str) -> None:
    matter = {"kind": kind, "place": place, "title": text, "body": ""}
    found = route(rules, **matter)
    assert found == route(ROUTES, **matter)
    if found is not None:
        assert found.place in place
        assert found.kind in ("", kind)
        assert found.keyword in text
