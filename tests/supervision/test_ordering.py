"""Issuing orders (domain rule 11): numbered, addressed, at most one open of a colour on a matter."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from duban.core.orders import DEMAND_LIMIT, DEMAND_POINTS
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from duban.matters.timeline import timeline
from duban.matters.verbs.merging import merge
from duban.people.models import Unit
from duban.supervision.models import Order, OrderReply, OrderSerial
from duban.supervision.queries import order_list, orders_of, to_escalate, waiting_for
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import recall_order, reply_order
from tests.city import at
from tests.stage import Stage, build

Issue = Callable[..., Order]
NOW = "2014-02-11 09:00"  # the day after 寨阳乡's promise fell due


@pytest.fixture
def issue(stage: Stage) -> Issue:
    """An order of the office; yellow, in two working days, unless said otherwise."""

    def do(now: str = NOW, **changes: Any) -> Order:
        given = {"colour": "yellow", "demand": "今日内修好。", "reply_by": None, "actor": stage["office"]}
        return issue_order(**{**given, "now": at(now), **changes})

    return do


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_an_order_goes_to_who_holds_the_matter(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    order = issue(matter=matter.number)
    assert (order.number, order.key) == ("督黄〔2014〕1号", "2014-yellow-1")
    assert (order.unit_id, order.handler, order.state) == ("zhaiyang", stage.staff["handler"], "issued")
    assert order.reply_by == at("2014-02-13 23:59:59")  # two workdays
    event = Event.objects.get(stream=matter.stream, kind="order.issued")
    expected = {"order": order.pk, "colour": "yellow", "year": 2014, "serial": 1, "unit": "zhaiyang"}
    assert expected.items() <= event.facts.items()
    assert event.facts["handler"] == stage.staff["handler"].pk
    assert "修好" not in str(event.facts)
    assert stage.again(matter).journal_hash == event.hash
    assert orders_of(matter) == [order]
    assert waiting_for("zhaiyang") == 1
    assert list(breaks()) == []


def test_an_order_may_go_to_a_unit_alone(stage: Stage, issue: Issue) -> None:
    order = issue(unit="chengguan", reply_by=date(2014, 2, 11), finding=7)
    assert (order.matter, order.handler, order.finding) == (None, None, 7)
    assert order.reply_by == at("2014-02-11 23:59:59")  # today still counts
    assert [event.kind for event in Event.objects.filter(stream=f"order:{order.pk}")] == ["order.issued"]
    second = issue(unit="chengguan")  # the bound is on matters
    assert second.serial == 2
    assert list(breaks()) == []


@pytest.mark.parametrize("addressee", [{}, {"matter": "both", "unit": "chengguan"}])
def test_an_order_has_one_addressee(stage: Stage, issue: Issue, addressee: dict[str, str]) -> None:
    if "matter" in addressee:
        addressee = {**addressee, "matter": stage.handling().number}
    with pytest.raises(Invalid) as wrong:
        issue(**addressee, demand=" ")
    assert {field: told for field, (told, _) in wrong.value.errors.items()} == {
        "matter": "order_addressee",
        "demand": "order_demand_missing",
    }


def test_who_may_not_is_told(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    for who in set(stage.staff) - {"office"}:
        with pytest.raises(Forbidden):
            issue(matter=matter.number, actor=stage[who])
    with pytest.raises(Unknown):
        issue(matter="20140120-9999-9")
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "wrong"),
    [
        ({"colour": "blue"}, "colour", "order_colour"),
        ({"colour": ""}, "colour", "order_colour"),
        ({"demand": " \n"}, "demand", "order_demand_missing"),
        ({"demand": "修" * (DEMAND_LIMIT + 1)}, "demand", "order_demand_long"),
        ({"demand": "\n".join("修" * (DEMAND_POINTS + 1))}, "demand", "order_demand_points"),
        ({"reply_by": date(2014, 2, 10)}, "reply_by", "order_reply_past"),
    ],
)
def test_what_cannot_be_right_is_named_by_field(
    stage: Stage, issue: Issue, changes: dict[str, Any], field: str, wrong: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        issue(matter=stage.handling().number, **changes)
    assert invalid.value.errors[field][0] == wrong
    assert not OrderSerial.objects.exists()


def test_the_longest_demand_is_taken(stage: Stage, issue: Issue) -> None:
    demand = "\n".join(["修" * (DEMAND_LIMIT // DEMAND_POINTS - 1)] * DEMAND_POINTS)
    assert len(demand) <= DEMAND_LIMIT
    assert issue(matter=stage.handling().number, demand=demand).demand == demand


def test_what_nobody_holds_or_is_closed_gets_no_order(stage: Stage, issue: Issue) -> None:
    with pytest.raises(Refused) as refused:
        issue(matter=stage.register().matter.number)
    assert code(refused) == "order_no_unit"
    with pytest.raises(Refused) as refused:
        issue(matter=stage.closed().number)
    assert code(refused) == "already_closed"


def test_a_merged_matter_gets_its_orders_through_its_lead(stage: Stage, issue: Issue) -> None:
    lead, other = stage.handling(), stage.assigned(title="又一件")
    now = at("2014-01-30 11:00")
    merge(matter=other.number, lead=lead.number, reason="同一件事", actor=stage["office"], now=now)
    with pytest.raises(Refused) as refused:
        issue(matter=other.number)
    assert code(refused) == "merged_follows"
    assert not OrderSerial.objects.exists()


def test_no_escalation_is_proposed_where_none_could_be_issued(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    issue("2014-02-08 09:00", matter=matter.number, reply_by=date(2014, 2, 8))
    assert len(to_escalate(at("2014-03-03 09:00")).items) == 1
    stage.judge(stage.complete(matter), 5)
    assert to_escalate(at("2014-03-03 09:00")).items == []


def test_a_unit_that_is_not_there_or_the_office_itself_gets_no_order(stage: Stage, issue: Issue) -> None:
    Unit.objects.filter(code="zhujian").update(active=False)
    for unit, wrong in (
        ("nowhere", "unit_unknown"), ("zhujian", "unit_inactive"), ("ducha", "order_own_office")
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            issue(unit=unit)
        assert code(refused) == wrong


def test_beyond_the_last_calendar_there_is_no_day(stage: Stage, issue: Issue) -> None:
    with pytest.raises(Refused) as refused:
        issue(unit="chengguan", reply_by=date(2090, 1, 5))
    assert code(refused) == "calendar_missing"


def test_a_second_open_one_of_a_colour_is_refused_and_names_the_first(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    first = issue(matter=matter.number)
    with pytest.raises(Refused) as refused:
        issue(matter=matter.number)
    assert (code(refused), refused.value.params["number"]) == ("order_exists", first.number)
    assert issue(matter=matter.number, colour="red").serial == 1  # another colour, a numbering of its own
    recall_order(order=first.key, reason="发错了。", actor=stage["office"], now=at(NOW))
    assert issue(matter=matter.number).serial == 2


def test_the_database_itself_refuses_a_second_one_and_every_deletion(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    order = issue(matter=matter.number)
    reply_order(order=order.key, text="已修好。", actor=stage["handler"], now=at(NOW))
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=issue(unit="chengguan").pk).update(matter=matter)
    for rows in (OrderReply.objects.all(), Order.objects.all(), OrderSerial.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_numbers_begin_anew_with_the_year(stage: Stage, issue: Issue) -> None:
    issue(now="2014-12-30 09:00", unit="chengguan")
    assert issue(now="2015-01-05 09:00", unit="chengguan").key == "2015-yellow-1"


def test_proposals_page_by_page(stage: Stage, issue: Issue) -> None:
    late = [issue(unit=unit) for unit in ("chengguan", "zhaiyang", "zhujian")]
    now, after, read = at("2014-03-03 09:00"), "", []
    while True:
        page = to_escalate(now, after=after, limit=2)
        read += [one.order for one in page.items]
        if page.next is None:
            break
        after = page.next
    assert read == late


def test_a_refused_order_leaves_no_gap(stage: Stage, issue: Issue) -> None:
    issue(unit="chengguan")
    with transaction.atomic():
        issue(unit="chengguan")
        transaction.set_rollback(True)  # as when something else of the same transaction fails
    assert issue(unit="chengguan").serial == 2


def test_an_overdue_one_is_proposed_for_the_next_colour_and_taken_over(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    first = issue(matter=matter.number)  # due on Thursday the 13th
    assert to_escalate(at("2014-02-14 23:59:59")).items == []
    (proposal,) = to_escalate(at("2014-02-15 00:00:00")).items
    assert (proposal.order, proposal.colour.value) == (first, "red")
    later = issue("2014-02-15 09:00", matter=matter.number, colour="red", escalated_from=first.key)
    first.refresh_from_db()
    assert (later.escalated_from, first.state) == (first, "escalated")
    assert first.ended_at == at("2014-02-15 09:00")
    assert to_escalate(at("2014-06-01 09:00")).items == []  # beyond red there is nothing
    event = Event.objects.get(stream=matter.stream, kind="order.issued", facts__colour="red")
    assert event.facts["escalated_from"] == first.pk


def test_only_an_overdue_one_about_the_same_gives_way_to_a_stronger(stage: Stage, issue: Issue) -> None:
    matter, other = stage.handling(), stage.handling(title="坪朗村第二组缺水")
    first = issue(matter=matter.number)
    late = "2014-02-15 09:00"
    for now, changes in (
        ("2014-02-13 23:59:59", {"matter": matter.number, "colour": "red"}),  # not yet due
        (late, {"matter": other.number, "colour": "red"}),
        (late, {"matter": matter.number, "colour": "green"}),
        (late, {"unit": "zhaiyang", "colour": "red"}),
    ):
        with pytest.raises(Refused) as refused:
            issue(now, **changes, escalated_from=first.key)
        assert code(refused) == "order_not_escalable"
    for nobodys in ("2014-green-99", "nonsense"):
        with pytest.raises(Refused) as refused:
            issue(late, matter=matter.number, colour="red", escalated_from=nobodys)
        assert (code(refused), refused.value.field) == ("order_to_escalate", "escalated_from")
    assert Order.objects.count() == 1


def test_the_petitioner_reads_that_it_was_issued_and_no_word_of_it(stage: Stage, issue: Issue) -> None:
    matter = stage.handling()
    issue(matter=matter.number, demand="机密要求")
    told = timeline(matter)[-1]
    assert told.kind == "order.issued"
    assert "黄色督办件" in told.text
    assert "机密" not in told.text
    assert "督黄" not in told.text
    assert "督黄〔2014〕1号" in timeline(matter, audience="staff")[-1].text


def test_a_list_is_as_long_as_the_eye_reaches(stage: Stage, issue: Issue) -> None:
    mine, other = issue(unit="zhaiyang"), issue(unit="chengguan", colour="red")
    now = at(NOW)
    assert order_list(stage["office"], now).items == [other, mine]
    assert order_list(stage["handler"], now).items == [mine]
    assert order_list(stage["leader"], now, unit="chengguan", colour="red", state="open").items == [other]
    assert order_list(stage["office"], now, state="overdue").items == []
    assert order_list(stage["office"], at("2014-02-14 00:00"), state="overdue").items == [other, mine]
    first = order_list(stage["office"], now, limit=1)
    assert order_list(stage["office"], now, limit=1, after=first.next or "").items == [mine]
    with pytest.raises(Forbidden):
        order_list(stage["handler"], now, unit="chengguan")
    with pytest.raises(Forbidden):
        order_list(stage["clerk"], now)
    for wrong in ({"colour": "blue"}, {"state": "lost"}, {"after": "x"}):
        with pytest.raises(Invalid):
            order_list(stage["office"], now, **wrong)


@pytest.mark.django_db(transaction=True)
def test_six_at_once_number_without_gap_or_double() -> None:
    stage = build()
    matters = [stage.assigned(title=f"坪朗村第{n}组缺水").number for n in range(6)]
    start = Barrier(6)

    def work(number: str) -> None:
        try:
            start.wait()
            for colour in ("green", "red"):
                issue_order(
                    colour=colour, demand="抓紧。", reply_by=None, matter=number,
                    actor=stage["office"], now=at(NOW),
                )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as workers:
        for each in [workers.submit(work, number) for number in matters]:
            each.result()
    for colour in ("green", "red"):
        serials = Order.objects.filter(colour=colour).values_list("serial", flat=True)
        assert sorted(serials) == [1, 2, 3, 4, 5, 6]
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_orders_of_a_colour_at_once_one_is_refused() -> None:
    stage = build()
    number = stage.assigned().number
    start = Barrier(2)

    def work() -> str:
        try:
            start.wait()
            issue_order(
                colour="red",
                demand="抓紧。",
                reply_by=None,
                matter=number,
                actor=stage["office"],
                now=at(NOW),
            )
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "issued"

    with ThreadPoolExecutor(2) as workers:
        told = sorted(each.result() for each in [workers.submit(work) for _ in range(2)])
    assert told == ["issued", "order_exists"]
    assert OrderSerial.objects.get().last == 1
    assert Matter.objects.count() == 1
