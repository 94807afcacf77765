"""Who is told what: every kind of event the notices consume, for every audience."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from duban.core.events import CONSUMERS, Consumer, Kind
from duban.journal.models import Event, Outbox
from duban.matters.opening import petitioner_of
from duban.matters.verbs.assigning import request_return, rule_return
from duban.matters.verbs.handling import add, report_progress
from duban.matters.verbs.timing import request_extension, rule_extension
from duban.notifications.addressing import notices
from duban.notifications.delivering import deliver
from duban.notifications.wording import COLLECTIVE, SENTENCES, Audience
from duban.people.models import Staff, Unit
from duban.supervision.sweep import sweep
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import LUO, Stage

UNIT, OTHER, OFFICE = "zhaiyang@jishou.example", "zhujian@jishou.example", "ducha@jishou.example"


@pytest.fixture
def post(stage: Stage) -> Post:
    for code, address in (("zhaiyang", UNIT), ("zhujian", OTHER), ("ducha", OFFICE)):
        Unit.objects.filter(code=code).update(email=address)
    return Post()


def test_every_event_the_notices_get_has_a_sentence_and_no_other() -> None:
    told = {kind.value for kind, readers in CONSUMERS.items() if Consumer.NOTICES in readers}
    plain = {name.removesuffix(f".{COLLECTIVE}") for name in SENTENCES if not name.startswith("alarm.")}
    assert plain == told - {Kind.ALARM_RAISED}
    assert {"alarm.yellow", "alarm.red"} <= SENTENCES.keys()


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_fits_an_sms_and_names_the_matter(name: str) -> None:
    for audience, sentence in SENTENCES[name].items():
        assert "%(number)s" in sentence
        assert len(re.sub(r"%\(\w+\)s", "", sentence)) <= 50
        assert sentence.startswith("%(person)s您好") == (audience is Audience.PETITIONER)


def said(post: Post, now: str) -> dict[str, list[str]]:
    """What each address was told since the last time."""
    post.sent.clear()
    deliver(at(now), channels=post.channels)
    names = {LUO.mobile: "luo", UNIT: "unit", OTHER: "other", OFFICE: "office"}
    heard: dict[str, list[str]] = {}
    for _, address, text in post.sent:
        assert "%(" not in text
        heard.setdefault(names[address], []).append(text)
    return heard


def test_a_return_is_told_to_the_office_the_petitioner_and_the_unit(stage: Stage, post: Post) -> None:
    matter = stage.assigned()
    assert set(said(post, "2014-01-29 15:10")) == {"luo", "unit"}
    request_return(
        matter=matter.number, reason="属住建局。", suggested="zhujian", actor=stage["handler"],
        now=at("2014-01-29 16:00"),
    )  # fmt: skip
    heard = said(post, "2014-01-29 16:00")
    assert set(heard) == {"office"}
    assert "寨阳" in heard["office"][0]
    rule_return(
        matter=matter.number, granted=True, note="", unit="zhujian", actor=stage["office"],
        now=at("2014-01-29 17:00"),
    )  # fmt: skip
    heard = said(post, "2014-01-29 17:00")
    assert set(heard) == {"luo", "unit", "other"}
    assert heard["unit"] == [f"退单申请已获同意：{matter.number} 已退回督查室。"]
    assert len(heard["luo"]) == 2


def test_a_refused_return_is_told_to_the_unit(stage: Stage, post: Post) -> None:
    matter = stage.assigned()
    request_return(
        matter=matter.number, reason="属住建局。", suggested="zhujian", actor=stage["handler"],
        now=at("2014-01-29 16:00"),
    )  # fmt: skip
    rule_return(matter=matter.number, granted=False, note="属你单位。", actor=stage["office"],
                now=at("2014-01-29 17:00"))  # fmt: skip
    assert "2014年1月30日 周四 23:59" in said(post, "2014-01-29 17:00")["unit"][-1]


@pytest.mark.parametrize(
    ("granted", "due"), [(True, "2014年2月14日 周五 23:59"), (False, "2014年2月8日 周六 23:59")]
)
def test_the_petitioner_is_told_of_an_extension_either_way(
    stage: Stage, post: Post, granted: bool, due: str
) -> None:
    matter = stage.accept(stage.assigned(), now="2014-01-29 16:00")
    assert "2014年2月8日 周六 23:59" in said(post, "2014-01-29 16:00")["luo"][-1]
    report_progress(
        matter=matter.number, note="已到现场。", actor=stage["handler"], now=at("2014-02-07 09:00")
    )
    add(matter=matter.number, text="高处还是没水。", actor=petitioner_of(matter), now=at("2014-02-07 09:30"))
    request_extension(
        matter=matter.number, reason="等水管。", due_on=date(2014, 2, 14), actor=stage["handler"],
        now=at("2014-02-07 10:00"),
    )  # fmt: skip
    heard = said(post, "2014-02-07 10:00")
    assert {who: len(texts) for who, texts in heard.items()} == {"luo": 1, "unit": 1, "office": 1}
    rule_extension(matter=matter.number, granted=granted, note="情况属实。", actor=stage["office"],
                   now=at("2014-02-07 11:00"))  # fmt: skip
    heard = said(post, "2014-02-07 11:00")
    assert set(heard) == {"luo", "unit"}
    assert due in heard["unit"][0]


def test_a_red_light_is_told_to_the_unit_and_the_office(stage: Stage, post: Post) -> None:
    matter = stage.accept(stage.assigned(), now="2014-01-29 16:00")
    said(post, "2014-01-29 16:00")
    sweep(at("2014-02-08 00:00"))
    heard = said(post, "2014-02-08 09:00")
    assert set(heard) == {"unit"}
    assert heard["unit"][0].startswith(f"黄灯：{matter.number} 须于 2014年2月8日 周六 23:59 前办结")
    sweep(at("2014-02-09 00:00"))
    heard = said(post, "2014-02-09 09:00")
    assert set(heard) == {"unit", "office"}
    assert "红灯" in heard["office"][0]


def test_the_office_hears_of_its_own_red_light_once(stage: Stage, post: Post) -> None:
    stage.register()
    assert set(said(post, "2014-01-29 15:06")) == {"luo", "office"}
    sweep(at("2014-02-07 09:00"))
    assert len(said(post, "2014-02-07 09:00")["office"]) == 2  # yellow and red


def test_an_alarm_overtaken_by_events_is_not_told(stage: Stage, post: Post) -> None:
    stage.accept(
        stage.assigned(), now="2014-02-07 09:00"
    )  # no worker ran: the alarms were raised by accepting
    heard = said(post, "2014-02-07 09:00")
    assert not [text for text in heard.get("unit", []) if "灯" in text]


def test_a_silent_petitioner_is_reminded_and_then_the_office_rings(stage: Stage, post: Post) -> None:
    matter = stage.complete(stage.accept(stage.assigned(), now="2014-01-29 16:00"), now="2014-02-07 10:00")
    assert "由您说了算" in said(post, "2014-02-07 10:00")["luo"][-1]
    sweep(at("2014-02-10 10:00"))
    assert list(said(post, "2014-02-10 10:00")) == ["luo"]
    sweep(at("2014-02-14 10:00"))
    assert list(said(post, "2014-02-14 10:00")) == ["office"]
    stage.judge(matter, 5, now="2014-02-14 11:00")
    assert set(said(post, "2014-02-14 11:00")) == {"luo", "unit"}


def test_a_reminder_after_the_verdict_is_not_told(stage: Stage, post: Post) -> None:
    matter = stage.complete(stage.accept(stage.assigned(), now="2014-01-29 16:00"), now="2014-02-07 10:00")
    said(post, "2014-02-07 10:00")
    sweep(at("2014-02-10 10:00"))
    stage.judge(matter, 5, now="2014-02-10 10:01")
    heard = said(post, "2014-02-10 10:02")
    assert len(heard["luo"]) == 1
    assert "已办结销号" in heard["luo"][0]


def test_a_directive_is_told_to_the_leader_who_issued_it(stage: Stage, post: Post) -> None:
    Staff.objects.filter(username="leader").update(email="yang@jishou.example")
    matter = stage.register(kind="directive", petitioner=None, actor=stage["leader"], unit="zhaiyang").matter
    event = Event.objects.get(stream=matter.stream, kind=Kind.MATTER_REGISTERED.value)
    (notice,) = notices(event)
    assert notice.recipient.key == f"staff:{stage.staff['leader'].pk}"
    assert not notice.recipient.waits


def test_an_erased_petitioner_is_told_nothing(stage: Stage, post: Post) -> None:
    matter = stage.register().matter
    assert matter.petitioner is not None
    matter.petitioner.mobile = ""
    matter.petitioner.save()
    assert set(said(post, "2014-01-29 15:06")) == {"office"}
    assert not Outbox.objects.filter(
        consumer=Consumer.NOTICES.value, next_at__lte=at("2014-01-29 15:06") + timedelta(hours=1)
    ).exists()
