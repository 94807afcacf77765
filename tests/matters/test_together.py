"""Many at once: one wins, the others are told; serials are never given twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from duban.core.refusal import Refused
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.models import Commitment, Matter
from duban.matters.verbs.accepting import accept
from tests.city import at
from tests.stage import Stage, build

EIGHT = 8


@pytest.fixture
def busy(transactional_db: None) -> Stage:
    return build()


def together(deed: object) -> Counter[str]:
    """What eight threads starting at one moment got, by refusal code or `done`."""
    start = Barrier(EIGHT)

    def one(number: int) -> str:
        start.wait()
        try:
            deed(number)  # type: ignore[operator]
        except Refused as no:
            return no.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(EIGHT) as pool:
        return Counter(pool.map(one, range(EIGHT)))


def test_eight_accept_one_matter(busy: Stage) -> None:
    matter = busy.assigned()
    standard, actor = busy.standards["water"].pk, busy["handler"]
    got = together(
        lambda _: accept(
            matter=matter.number, contact_method="phone", contact_note="已联系", standard=standard,
            actor=actor, now=at("2014-01-30 10:00"),
        )
    )  # fmt: skip
    assert got == {"done": 1, "wrong_state": 7}
    assert Commitment.objects.count() == 1
    assert Event.objects.filter(kind="matter.accepted").count() == 1
    assert list(breaks()) == []


def test_eight_send_one_form(busy: Stage) -> None:
    together(lambda _: busy.register(idempotency_key="one form"))
    assert Matter.objects.count() == 1


def test_eight_register_at_once(busy: Stage) -> None:
    assert together(lambda number: busy.register(title=f"第 {number} 件")) == {"done": 8}
    numbers = set(Matter.objects.values_list("number", flat=True))
    assert len(numbers) == 8
    assert list(breaks()) == []


def test_a_clash_of_verdicts_is_decided_once(busy: Stage) -> None:
    matter = busy.completed()
    got = together(lambda number: busy.judge(matter, 5 if number % 2 else 1))
    assert got["done"] == 1
    assert Event.objects.filter(kind="verdict.given").count() == 1
