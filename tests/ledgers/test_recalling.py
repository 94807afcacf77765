"""An order is taken back once: by an upheld appeal, or by its recall, whichever came first and however late the
worker is. A rebuild from the journal gives what was entered event by event."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db.models import Sum

from duban.core.refusal import Refused
from duban.journal.models import Outbox
from duban.journal.verifying import breaks
from duban.ledgers import rebuilding
from duban.ledgers.appealing import appeal_entry, rule_appeal
from duban.ledgers.entering import enter
from duban.ledgers.models import Appeal, LedgerEntry, MonthCount
from duban.ledgers.recounting import recount
from duban.supervision.models import Order
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import recall_order
from tests.city import at
from tests.matters.test_together import together
from tests.stage import Stage, build

LATER = at("2014-04-01 09:00")
SEQUENCES = 25


def drain() -> None:
    while enter():
        pass


def red(stage: Stage, number: str, now: str = "2014-02-07 09:00") -> tuple[Order, LedgerEntry]:
    """A red order about a matter, and its entry."""
    order = issue_order(
        colour="red", demand="今日内修好。", reply_by=None, matter=number, actor=stage["office"], now=at(now)
    )  # fmt: skip
    drain()
    return order, LedgerEntry.objects.get(item="order_red", number=1, event__facts__order=order.pk)


def appealed(stage: Stage, entry: LedgerEntry) -> None:
    appeal_entry(
        entry=entry.pk, reason="不是我们的管网。", actor=stage["handler"], now=at("2014-02-08 09:00")
    )


def ruled(stage: Stage, entry: LedgerEntry, upheld: bool = True) -> Appeal:
    return rule_appeal(
        entry=entry.pk, upheld=upheld, note="核实了。", actor=stage["office"], now=at("2014-03-03 09:00")
    )  # fmt: skip


def recalled(stage: Stage, order: Order, now: str = "2014-03-03 10:00") -> None:
    recall_order(order=order.key, reason="发错了单位。", actor=stage["office"], now=at(now))


def is_sound() -> None:
    """Nothing is below nought, in no month and for nobody; and the journal gives the same again."""
    drain()
    assert not MonthCount.objects.filter(number__lt=0).exists()
    assert rebuilding.stored() == rebuilding.rebuilt()
    assert recount(LATER) == []
    rebuilding.repair()
    assert rebuilding.stored() == rebuilding.rebuilt()


def reds() -> int:
    return LedgerEntry.objects.filter(item="order_red").aggregate(of=Sum("number"))["of"] or 0


def test_a_recall_after_an_upheld_appeal_takes_nothing_back_again(stage: Stage) -> None:
    order, entry = red(stage, stage.handling().number)
    appealed(stage, entry)
    ruled(stage, entry)
    recalled(stage, order)
    is_sound()
    assert reds() == 0
    assert list(LedgerEntry.objects.filter(number=-1).values_list("event__kind", flat=True)) == [
        "appeal.ruled"
    ]


def test_it_does_not_matter_which_of_the_two_the_worker_enters_first(stage: Stage) -> None:
    order, entry = red(stage, stage.handling().number)
    appealed(stage, entry)
    ruled(stage, entry)
    recalled(stage, order)
    Outbox.objects.filter(consumer="ledgers", event__kind="appeal.ruled").update(next_at=LATER)
    assert enter(limit=2) == 2  # the appeal, which enters nothing, and the recall
    assert reds() == 1
    is_sound()
    assert reds() == 0


def test_a_recall_the_worker_has_not_entered_yet_is_known(stage: Stage) -> None:
    order, entry = red(stage, stage.handling().number)
    appealed(stage, entry)
    recalled(stage, order, now="2014-02-08 19:00")
    with pytest.raises(Refused) as no:
        ruled(stage, entry)
    assert no.value.code == "entry_taken_back"
    ruled(stage, entry, upheld=False)
    is_sound()
    assert reds() == 0


def test_a_dismissed_appeal_leaves_the_order_to_be_recalled(stage: Stage) -> None:
    order, entry = red(stage, stage.handling().number)
    appealed(stage, entry)
    ruled(stage, entry, upheld=False)
    recalled(stage, order)
    is_sound()
    assert reds() == 0


def test_only_the_order_that_was_struck_is_passed_over(stage: Stage) -> None:
    number = stage.handling().number
    order, entry = red(stage, number)
    appealed(stage, entry)
    ruled(stage, entry)
    recalled(stage, order)
    again, _ = red(stage, number, now="2014-03-04 09:00")
    drain()
    assert reds() == 1
    recalled(stage, again, now="2014-03-05 09:00")
    is_sound()
    assert reds() == 0


def test_an_order_recalled_in_a_later_month_puts_its_own_month_right(stage: Stage) -> None:
    order, _ = red(stage, stage.handling().number)
    recalled(stage, order)
    is_sound()
    assert set(LedgerEntry.objects.filter(item="order_red").values_list("month", "number")) == {
        ("2014-02", 1),
        ("2014-02", -1),
    }


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_whatever_happens_to_orders_no_count_is_negative_and_the_journal_gives_the_same(
    stage: Stage, seed: int
) -> None:
    """Issue, appeal, uphold, dismiss and recall in any order, some of them refused, with a worker that lags."""
    chance = random.Random(seed)
    numbers = [stage.handling(title=f"第 {n} 口水井").number for n in range(2)]
    orders: list[Order] = []
    done: Counter[str] = Counter()

    def one_of_the_entries() -> LedgerEntry | None:
        return chance.choice([None, *LedgerEntry.objects.filter(item__startswith="order_", number=1)])

    for _step in range(30):
        deed = chance.choice(["issue", "appeal", "uphold", "dismiss", "recall", "recall", "enter"])
        entry = one_of_the_entries()
        order = chance.choice([None, *orders])
        try:
            if deed == "issue":
                orders.append(
                    issue_order(
                        colour=chance.choice(["green", "yellow", "red"]), demand="办。", reply_by=None,
                        matter=chance.choice(numbers), actor=stage["office"], now=at("2014-02-28 09:00"),
                    )
                )  # fmt: skip
            elif deed == "appeal" and entry:
                appeal_entry(
                    entry=entry.pk, reason="有误。", actor=stage["handler"], now=at("2014-03-01 09:00")
                )
            elif deed in ("uphold", "dismiss") and entry:
                ruled(stage, entry, upheld=deed == "uphold")
            elif deed == "recall" and order:
                recalled(stage, order)
            elif deed == "enter":
                enter(limit=chance.randint(1, 4))
            done[deed] += 1
        except Refused:
            done["refused"] += 1
    is_sound()
    standing = Order.objects.exclude(state="recalled").count()
    struck = Appeal.objects.filter(ruling="upheld", entry__event__facts__order__in=[
        one.pk for one in orders if Order.objects.get(pk=one.pk).state != "recalled"
    ]).count()  # fmt: skip
    counted = LedgerEntry.objects.filter(item__startswith="order_").aggregate(of=Sum("number"))["of"] or 0
    assert counted == standing - struck


@pytest.fixture
def busy(transactional_db: None) -> Stage:
    return build()


@pytest.mark.parametrize("turn", range(3))
def test_upheld_and_recalled_at_once_is_taken_back_once(busy: Stage, turn: int) -> None:
    order, entry = red(busy, busy.handling().number)
    appealed(busy, entry)

    def either(n: int) -> object:
        return recalled(busy, order) if n % 2 == turn % 2 else ruled(busy, entry)

    got = together(either)
    assert got["done"] in (1, 2)
    is_sound()
    assert reds() == 0
    assert list(breaks()) == []
