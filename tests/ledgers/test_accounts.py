"""Reading the accounts: who may, page by page, month by month, official by official."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from duban.core.events import Consumer
from duban.core.ledger import Item
from duban.core.periods import read_period
from duban.core.refusal import Unknown
from duban.journal.models import Outbox
from duban.ledgers.accounts import entries_of, entry_of, months_of, months_of_official, officials_of
from duban.ledgers.entering import enter
from duban.ledgers.models import LedgerEntry
from duban.people.accounts import move_unit
from duban.people.models import Staff
from tests.city import at
from tests.stage import Stage


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """`handler` accepted one late in February and completed it; 城市管理局 had a lamp."""
    matter = stage.accept(stage.assigned(), now="2014-02-07 10:00")
    stage.judge(stage.complete(matter, now="2014-02-10 16:40"), 4, now="2014-03-01 09:00")
    lamp = stage.register(title="路灯不亮", body="人民北路路灯不亮。").matter
    stage.accept(lamp, "2014-01-30 09:00", actor=stage["handler2"], standard=stage.standards["lamps"].pk)
    while enter():
        pass
    return stage


def months(lines: list) -> dict[str, dict[str, int]]:  # type: ignore[type-arg]
    return {line.month: {item.value: number for item, number in line.counts.items()} for line in lines}


def test_a_unit_month_by_month_the_newest_first(busy: Stage) -> None:
    lines = months_of("zhaiyang")
    assert [line.month for line in lines] == ["2014-03", "2014-02", "2014-01"]
    assert months(lines)["2014-02"] == {"accepted_late": 1, "completed_on_time": 1, "solved": 1}
    assert [line.score for line in lines] == [3, -2 + 2 + 2, -3]
    assert lines[1].rates.response.percent == "0.0%"
    assert [line.month for line in months_of("zhaiyang", most=1)] == ["2014-03"]
    assert months_of("zhujian") == []


def test_an_official_has_what_was_theirs_to_answer_for(busy: Stage) -> None:
    handler = busy.staff["handler"].pk
    assert set(months(months_of("", staff=handler))) == {
        "2014-02",
        "2014-03",
    }  # nobody held it when it turned red
    quarter = read_period("2014-Q1")
    assert quarter
    assert [(one.name, one.counts[Item.SATISFIED]) for one in officials_of("zhaiyang", quarter)] == [
        ("石明亮", 1)
    ]


@pytest.mark.parametrize(
    ("who", "unit", "official"),
    [
        ("office", True, True), ("member", True, True), ("leader", True, True),
        ("head", True, True), ("handler", False, True), ("handler2", False, False),
    ],
)  # fmt: skip
def test_who_sees_what(busy: Stage, who: str, unit: bool, official: bool) -> None:
    own = LedgerEntry.objects.get(item="accepted_late")
    units = LedgerEntry.objects.get(item="red_light", unit="zhaiyang")
    looks: list[tuple[Callable[[], object], bool]] = [
        (lambda: entries_of(busy[who], unit="zhaiyang"), unit),
        (lambda: entries_of(busy[who], staff=busy.staff["handler"].pk), official),
        (lambda: entry_of(own.pk, busy[who]), official),
        (lambda: entry_of(units.pk, busy[who]), unit),
    ]
    for look, allowed in looks:
        if allowed:
            look()
        else:
            with pytest.raises(Unknown):
                look()


def test_entries_page_by_page_without_gap_or_repetition(busy: Stage) -> None:
    whole = [one.pk for one in entries_of(busy["office"], unit="zhaiyang").items]
    assert whole == sorted(whole, reverse=True)
    after, read = "", []
    while True:
        page = entries_of(busy["office"], unit="zhaiyang", after=after, limit=2)
        read += [one.pk for one in page.items]
        if page.next is None:
            break
        after = page.next
    assert read == whole


def test_entries_are_those_of_the_figure(busy: Stage) -> None:
    def items(**asked: str) -> list[str]:
        return [one.item for one in entries_of(busy["office"], unit="zhaiyang", **asked).items]  # type: ignore[arg-type]

    assert items(month="2014-02", item="solved") == ["solved"]
    assert items(month="2014-01") == ["red_light"]
    assert items(ledger="conduct") == ["accepted_late", "red_light"]
    assert items(item="nothing") == items(month="2014-99") == items(ledger="x") == []


def test_events_from_before_the_ledgers_wait_to_be_entered(stage: Stage) -> None:
    """As the migration finds a city that ran before: the same entries, and none twice."""
    stage.closed()
    Outbox.objects.filter(consumer=Consumer.LEDGERS.value).delete()
    migration = importlib.import_module("duban.ledgers.migrations.0003_ledger_guards")
    for _twice in range(2):
        migration.owe(apps, SimpleNamespace(connection=connection))
    assert enter() == 4
    assert [one.item for one in LedgerEntry.objects.order_by("pk")] == [
        "accepted_on_time", "completed_on_time", "solved", "satisfied",
    ]  # fmt: skip
    assert LedgerEntry.objects.latest("pk").at == at("2014-02-09 09:00")


def test_the_head_of_the_next_unit_does_not_read_what_an_official_did_at_the_last(busy: Stage) -> None:
    official, head = busy.staff["handler"].pk, busy["head"]
    assert [one.item for one in entries_of(head, staff=official).items]
    for moved in ("handler", "handler2"):
        unit = "chengguan" if moved == "handler" else "zhaiyang"
        move_unit(staff=busy.staff[moved].pk, unit=unit, actor=busy["sysadmin"], now=at("2014-03-05 09:00"))
    newcomer = busy.staff["handler2"].pk  # came from 城市管理局 to 寨阳乡
    assert entries_of(head, staff=newcomer).items == []
    assert months_of_official(head, newcomer) == []
    with pytest.raises(Unknown):
        entries_of(head, staff=official)
    for who in ("office", "handler2"):  # the city's readers and the official read it whole
        actor = busy[who] if who == "office" else Staff.objects.get(pk=newcomer).actor
        assert entries_of(actor, staff=newcomer).items
        assert months_of_official(actor, newcomer)
