"""Approving, listing, and taking down (domain rule 15)."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.publication import queries
from duban.publication.verbs import approve, take_down
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-12 10:00")
TEXTS = {
    "title": "坪朗村饮水困难",
    "summary": "蓄水池容量有限，饮水困难。",
    "reply": "已更换水管，全部来水。",
}


@pytest.fixture
def done(stage: Stage) -> Matter:
    """罗家祥's water, completed and judged 5, to be published with his consent."""
    matter = stage.handling(
        publish=True,
        place="寨阳乡强虎村3组",
        body="我叫罗家祥，电话 138 7430 0001，家在坪朗村3组，断水三天。",
    )
    matter = stage.complete(matter, public_reply="已更换水管，全部来水。")
    return give_verdict(
        matter=matter.number, grade=5, actor=petitioner_of(matter), now=at("2014-02-11 09:00")
    )


def test_an_approved_matter_is_public_and_says_nothing_of_the_person(stage: Stage, done: Matter) -> None:
    start = queries.suggestion(done)
    assert "罗家祥" not in start.summary
    assert "7430" not in start.summary
    assert start.masked[:2] == ("罗家祥", "138 7430 0001")
    approve(
        matter=done.number, title=start.title, summary=start.summary, reply=start.reply,
        actor=stage["publisher"], now=NOW,
    )  # fmt: skip
    page = queries.public_matter(done.number)
    assert page.township == "寨阳乡"
    assert page.grade == 5
    assert page.promised_workdays == 3
    assert not page.is_stub
    shown = f"{page.publication.title}{page.publication.summary}{page.publication.reply}{page.timeline}"
    assert not any(one in shown for one in ("罗家祥", "13874300001", "433101", "断水的情况"))
    assert [row.pk for row in queries.latest()] == [page.publication.pk]
    assert list(breaks()) == []


def test_without_consent_nothing_is_published(stage: Stage) -> None:
    matter = stage.complete(stage.handling())
    with pytest.raises(Refused, match="publication_not_allowed"):
        approve(matter=matter.number, **TEXTS, actor=stage["publisher"], now=NOW)


def test_before_completion_nothing_is_published(stage: Stage) -> None:
    matter = stage.handling(publish=True)
    with pytest.raises(Refused, match="publication_too_early"):
        approve(matter=matter.number, **TEXTS, actor=stage["publisher"], now=at("2014-02-08 10:00"))


@pytest.mark.parametrize("field", ["title", "summary", "reply"])
@pytest.mark.parametrize("left", ["罗 家祥", "１３８７４３００００１", "人民北路12号3栋501室"])
def test_personal_data_left_is_refused(stage: Stage, done: Matter, field: str, left: str) -> None:
    with pytest.raises(Refused) as caught:
        approve(matter=done.number, **{**TEXTS, field: left}, actor=stage["publisher"], now=NOW)
    assert (caught.value.code, caught.value.field) == ("personal_data_left", field)
    assert not Event.objects.filter(kind="publication.approved").exists()


@pytest.mark.parametrize("who", ["handler", "office", "leader", "sysadmin"])
def test_only_the_publisher_publishes(stage: Stage, done: Matter, who: str) -> None:
    with pytest.raises((Forbidden, Unknown)):
        approve(matter=done.number, **TEXTS, actor=stage[who], now=NOW)
    with pytest.raises(Forbidden):
        queries.waiting(stage[who])


def test_a_takedown_leaves_a_stub_with_the_reason_and_may_be_undone(stage: Stage, done: Matter) -> None:
    publisher = stage["publisher"]
    approve(matter=done.number, **TEXTS, actor=publisher, now=NOW)
    with pytest.raises(Refused, match="publication_exists"):
        approve(matter=done.number, **TEXTS, actor=publisher, now=NOW)
    with pytest.raises(Invalid):
        take_down(matter=done.number, reason=" ", actor=publisher, now=NOW)
    take_down(matter=done.number, reason="诉求人不再同意公示。", actor=publisher, now=NOW)
    stub = queries.public_matter(done.number)
    assert stub.is_stub
    assert stub.publication.takedown_reason == "诉求人不再同意公示。"
    assert (stub.timeline, stub.township, stub.grade) == ((), "", None)
    assert queries.public_list().items == []
    with pytest.raises(Refused, match="publication_none"):
        take_down(matter=done.number, reason="又一次", actor=publisher, now=NOW)
    approve(matter=done.number, **TEXTS, actor=publisher, now=at("2014-02-13 10:00"))
    assert len(queries.public_list().items) == 1


def test_unknown_and_unpublished_look_the_same(stage: Stage, done: Matter) -> None:
    for number in (done.number, "20140129-9999-1", "", "x"):
        with pytest.raises(Unknown):
            queries.public_matter(number)


def test_the_tray_empties_as_matters_are_published(stage: Stage, done: Matter) -> None:
    publisher = stage["publisher"]
    assert [one.number for one in queries.waiting(publisher).items] == [done.number]
    assert queries.waiting_count(publisher) == 1
    assert queries.waiting_matter(done.number, publisher) == done
    approve(matter=done.number, **TEXTS, actor=publisher, now=NOW)
    assert queries.waiting(publisher).items == []
    assert [row.matter_id for row in queries.published(publisher).items] == [done.pk]


def test_the_public_list_pages_filters_and_searches(stage: Stage) -> None:
    numbers = []
    for day in (3, 4, 5):
        matter = stage.complete(
            stage.handling(publish=True, title=f"坪朗村第{day}件", body=f"第{day}件的情况说明")
        )
        numbers.append(matter.number)
        approve(
            matter=matter.number, **{**TEXTS, "title": f"第{day}件"}, actor=stage["publisher"],
            now=at(f"2014-03-0{day} 10:00"),
        )  # fmt: skip
    first = queries.public_list(limit=2)
    assert [row.title for row in first.items] == ["第5件", "第4件"]
    assert first.next is not None
    second = queries.public_list(limit=2, after=first.next)
    assert [row.title for row in second.items] == ["第3件"]
    assert second.next is None
    assert len(queries.public_list(unit="zhaiyang", kind="hardship", q="第4").items) == 1
    assert queries.public_list(unit="chengguan").items == []
    with pytest.raises(Invalid):
        queries.public_list(kind="gossip")


def test_a_name_written_before_the_place_is_not_told_with_it(stage: Stage) -> None:
    matter = stage.complete(stage.handling(publish=True, place="罗家祥寨阳乡强虎村"))
    approve(matter=matter.number, **TEXTS, actor=stage["publisher"], now=NOW)
    assert queries.public_matter(matter.number).township == ""
