"""Several workers feed the docket at once; each ground is entered once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from duban.supervision.docketing import feed, feed_red
from duban.supervision.models import DocketGround, DocketItem
from tests.city import at
from tests.stage import build


@pytest.mark.django_db(transaction=True)
def test_two_workers_docket_once() -> None:
    stage = build()
    for n in range(4):
        matter = stage.judge(stage.completed(title=f"第 {n} 件"), 1)
        stage.judge(stage.complete(matter, "2014-02-10 10:00"), 2, "2014-02-11 09:00")

    def work(_worker: int) -> None:
        try:
            feed()
            feed_red(at("2014-04-01 09:00"))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert DocketItem.objects.count() == 4
    assert sorted(DocketGround.objects.values_list("ground", flat=True)) == ["negative"] * 4 + ["red"] * 4
