"""Delivering: at least once, not at night, and nothing personal in the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from structlog.testing import capture_logs

from duban.core.events import Consumer
from duban.journal.leasing import MOST_ATTEMPTS
from duban.journal.models import Outbox
from duban.notifications.delivering import deliver
from duban.notifications.models import Delivery
from duban.people.models import Staff, Unit
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import LUO, Stage

MAIL = "zhaiyang@jishou.example"


@pytest.fixture
def post(stage: Stage) -> Post:
    Unit.objects.filter(code="zhaiyang").update(email=MAIL)
    return Post()


def owed() -> int:
    return Outbox.objects.filter(consumer=Consumer.NOTICES.value).count()


def test_everybody_concerned_is_told_once(stage: Stage, post: Post) -> None:
    matter = stage.register(place="坪朗村").matter
    now = at("2014-01-29 15:06")
    assert deliver(now, channels=post.channels) == 3
    registered, assigned = post.to(LUO.mobile)
    assert registered.startswith(f"罗**您好：您的意见已挂号，编号 {matter.number}。")
    assert registered.endswith(f"/matters/{matter.number}")
    assert "寨阳" in assigned
    assert "2014年1月30日 周四 23:59" in assigned
    assert post.to(MAIL) == [text for _, to, text in post.sent if to == MAIL]
    assert owed() == 0
    assert deliver(now, channels=post.channels) == 0


def test_the_log_holds_keys_and_nothing_personal(stage: Stage, post: Post) -> None:
    matter = stage.register(place="坪朗村").matter
    deliver(at("2014-01-29 15:06"), channels=post.channels)
    rows = list(Delivery.objects.order_by("id").values_list("channel", "recipient"))
    assert rows == [
        ("console", f"citizen:{matter.petitioner_id}"),
        ("console", f"citizen:{matter.petitioner_id}"),
        ("email", "unit:zhaiyang"),
    ]
    for _, _, text in post.sent:
        assert LUO.name not in text
        assert LUO.mobile not in text
        assert matter.title not in text


def test_at_night_the_telephone_stays_silent_and_the_office_does_not(stage: Stage, post: Post) -> None:
    stage.register(now="2014-01-29 22:30", place="坪朗村")
    assert deliver(at("2014-01-29 22:30"), channels=post.channels) == 1
    assert post.to(MAIL)
    assert deliver(at("2014-01-30 06:59:59"), channels=post.channels) == 0
    assert deliver(at("2014-01-30 07:00"), channels=post.channels) == 2
    assert len(post.to(MAIL)) == 1
    assert len(post.to(LUO.mobile)) == 2
    assert owed() == 0


def test_what_fails_is_tried_again_and_holds_nobody_up(stage: Stage, post: Post) -> None:
    stage.register(place="坪朗村")
    now = at("2014-01-29 15:06")
    post.broken = {MAIL}
    assert deliver(now, channels=post.channels) == 2
    row = Outbox.objects.get(consumer=Consumer.NOTICES.value)
    assert row.error == "ConnectionError"  # the gateway's words quote the address; the row does not
    assert deliver(now + timedelta(seconds=9), channels=post.channels) == 0
    post.broken = set()
    assert deliver(now + timedelta(seconds=10), channels=post.channels) == 1
    assert [len(post.to(one)) for one in (MAIL, LUO.mobile)] == [1, 2]
    assert owed() == 0


def test_what_fails_for_good_is_left_for_a_person(stage: Stage, post: Post) -> None:
    stage.register()
    now = at("2014-01-29 15:06")
    post.broken = {LUO.mobile}
    for _ in range(MOST_ATTEMPTS + 3):
        now = at("2014-01-29 15:06") if now is None else now + timedelta(hours=24)
        deliver(now, channels=post.channels)
    row = Outbox.objects.get(consumer=Consumer.NOTICES.value)
    assert row.attempts == MOST_ATTEMPTS
    assert row.dead_at is not None


def test_a_handler_with_an_address_is_told_instead_of_the_unit(stage: Stage, post: Post) -> None:
    matter = stage.accept(stage.assigned(), now="2014-01-29 16:00")
    Staff.objects.filter(username="handler").update(email="shi@jishou.example")
    Staff.objects.filter(username="head").update(email="wu@jishou.example")
    deliver(at("2014-01-29 16:00"), channels=post.channels)
    post.sent.clear()
    stage.complete(matter, now="2014-02-07 10:00")
    stage.judge(matter, 1, now="2014-02-07 11:00")
    deliver(at("2014-02-07 11:00"), channels=post.channels)
    assert len(post.to("shi@jishou.example")) == 1
    assert "已复号" in post.to("shi@jishou.example")[0]
    assert post.to("wu@jishou.example") == post.to(MAIL) == []


def test_a_head_with_an_address_is_told_where_nobody_handles_it_yet(stage: Stage, post: Post) -> None:
    Staff.objects.filter(username="head").update(email="wu@jishou.example")
    stage.assigned()
    deliver(at("2014-01-29 16:00"), channels=post.channels)
    assert len(post.to("wu@jishou.example")) == 1
    assert post.to(MAIL) == []


def test_the_console_writes_one_line_with_a_masked_number(stage: Stage) -> None:
    stage.register()
    with capture_logs() as lines:
        deliver(at("2014-01-29 15:06"))
    assert [line["to"] for line in lines] == ["138****0001"]
    assert LUO.mobile not in str(lines)


def test_a_mail_carries_its_key(stage: Stage, post: Post) -> None:
    matter = stage.assigned()
    with capture_logs():
        deliver(at("2014-01-29 16:00"))
    (sent,) = mail.outbox
    assert sent.to == [MAIL]
    assert sent.subject == f"督办事项 {matter.number}"
    assert sent.extra_headers["Message-ID"].endswith("-email-unit-zhaiyang@duban>")
