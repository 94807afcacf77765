"""Callers of the API, in a small city."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duban.catalogue.models import Standard
from tests.city import Cast

from .caller import Answer, Caller, water


@pytest.fixture
def caller(city: Cast) -> Caller:
    """A program that calls on 2014-01-07 at 9."""
    return Caller("2014-01-07 09:00")


@pytest.fixture
def promised(caller: Caller, standards: dict[str, Standard]) -> Callable[..., Answer]:
    """promised() registers 罗家祥's matter with 寨阳乡 and accepts it for 3 workdays; gives the registration."""

    def walk(**changes: object) -> Answer:
        given = caller.post("/matters", water(unit="zhaiyang", **changes))
        accepted = caller.post(
            f"/desk/matters/{given['number']}/acceptance", promise(standards["water"]), by="handler"
        )
        assert accepted.status == 200, accepted.body
        return given

    return walk


@pytest.fixture
def completed(caller: Caller, promised: Callable[..., Answer]) -> Callable[..., Answer]:
    """completed() goes on to the completion statement."""

    def walk(**changes: object) -> Answer:
        given = promised(**changes)
        done = caller.post(f"/desk/matters/{given['number']}/completion", DONE, by="handler")
        assert done.status == 200, done.body
        return given

    return walk


DONE = {
    "outcome": "solved",
    "statement": "更换漏水接头 4 处，12 户全部来水。",
    "public_reply": "已更换漏水接头。",
}


def promise(standard: Standard, /, **changes: object) -> dict[str, object]:
    """An acceptance under a standard."""
    return {
        "contact": {"method": "phone", "note": "已电话联系，问清了情况。"},
        "standard": standard.pk,
        **changes,
    }
