"""Reply, appeal and ruling: by whom, once, in time; and what an upheld appeal takes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from duban.core.events import Kind
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.rights import SYSTEM
from duban.journal.models import Event
from duban.journal.recording import Entry, record
from duban.ledgers import rebuilding
from duban.ledgers.accounts import entry_of, months_of
from duban.ledgers.appealing import answer_entry, appeal_entry, rule_appeal
from duban.ledgers.entering import enter
from duban.ledgers.models import Appeal, EntryAnswer, LedgerEntry, MonthCount
from duban.ledgers.recounting import recount
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-08 09:00")


def said(entry: LedgerEntry, stage: Stage, who: str = "handler", now=NOW) -> Appeal:  # type: ignore[no-untyped-def]
    return appeal_entry(entry=entry.pk, reason="春节放假前才转来，当天网络中断。", actor=stage[who], now=now)


def ruled(
    entry: LedgerEntry, stage: Stage, upheld: bool, who: str = "office", note: str = "属实。"
) -> Appeal:
    return rule_appeal(entry=entry.pk, upheld=upheld, note=note, actor=stage[who], now=at("2014-03-10 09:00"))


def events(entry: LedgerEntry) -> list[str]:
    return list(Event.objects.filter(stream=entry.stream).order_by("seq").values_list("kind", flat=True))


def refused(code: str, deed: Callable[[], object]) -> None:
    before = Event.objects.count(), Appeal.objects.count(), EntryAnswer.objects.count()
    with pytest.raises(Refused) as no:
        deed()
    assert no.value.code == code
    assert (Event.objects.count(), Appeal.objects.count(), EntryAnswer.objects.count()) == before


def test_an_answer_stands_beside_the_entry_once_and_changes_no_figure(
    late: LedgerEntry, stage: Stage
) -> None:
    before = rebuilding.stored()
    answer_entry(entry=late.pk, text="已向诉求人致歉。", actor=stage["handler"], now=NOW)
    enter()
    assert EntryAnswer.objects.get().entry == late
    assert events(late) == ["entry.answered"]
    assert "text" in Event.objects.get(stream=late.stream).facts
    assert "致歉" not in str(Event.objects.get(stream=late.stream).facts)
    assert rebuilding.stored() == before
    refused(
        "entry_answered", lambda: answer_entry(entry=late.pk, text="再说。", actor=stage["handler"], now=NOW)
    )


def test_an_upheld_appeal_takes_the_entry_back_in_its_own_month_and_leaves_it_seen(
    late: LedgerEntry, stage: Stage
) -> None:
    said(late, stage)
    ruled(late, stage, upheld=True)
    assert events(late) == ["entry.appealed", "appeal.ruled"]
    while enter():
        pass
    back = LedgerEntry.objects.get(number=-1)
    assert (back.item, back.unit, back.staff_id, back.month, back.matter_id) == (
        late.item, late.unit, late.staff_id, late.month, late.matter_id,
    )  # fmt: skip
    assert back.event.kind == Kind.APPEAL_RULED.value
    assert not MonthCount.objects.filter(item="accepted_late").exclude(number=0).exists()
    assert entry_of(late.pk, stage["handler"]).struck  # type: ignore[attr-defined]
    assert months_of("zhaiyang")[0].rates.response.percent == "—"
    assert rebuilding.stored() == rebuilding.rebuilt()
    assert recount(at("2014-04-01 09:00")) == []


def test_a_refused_appeal_changes_nothing_and_is_the_last(late: LedgerEntry, stage: Stage) -> None:
    said(late, stage)
    appeal = ruled(late, stage, upheld=False, note="当天系统正常。")
    assert (appeal.ruling, appeal.ruled_by_id) == ("refused", stage.staff["office"].pk)
    while enter():
        pass
    assert not LedgerEntry.objects.filter(number=-1).exists()
    refused("appeal_made", lambda: said(late, stage))
    refused("appeal_ruled", lambda: ruled(late, stage, upheld=True))


@pytest.mark.parametrize("who", ["handler2", "head"])
def test_nobody_speaks_for_somebody_else(late: LedgerEntry, stage: Stage, who: str) -> None:
    for deed in (
        lambda: said(late, stage, who),
        lambda: answer_entry(entry=late.pk, text="替他说。", actor=stage[who], now=NOW),
    ):
        with pytest.raises(Unknown):
            deed()


@pytest.mark.parametrize("who", ["office", "member", "leader", "clerk", "publisher", "inspector", "auditor"])
def test_only_departments_speak(late: LedgerEntry, stage: Stage, who: str) -> None:
    with pytest.raises(Forbidden):
        said(late, stage, who)


@pytest.mark.parametrize("who", ["handler", "head", "member", "leader", "auditor"])
def test_only_the_office_rules(late: LedgerEntry, stage: Stage, who: str) -> None:
    said(late, stage)
    with pytest.raises(Forbidden):
        ruled(late, stage, upheld=True, who=who)


def test_nobody_rules_on_an_entry_of_their_own(late: LedgerEntry, stage: Stage) -> None:
    said(late, stage)
    both = stage.staff["handler"]
    both.roles = ["handler", "office"]
    both.save()
    refused("own_appeal", lambda: ruled(late, stage, upheld=True, who="handler"))
    refused("appeal_none", lambda: ruled(LedgerEntry.objects.exclude(staff=both)[0], stage, upheld=True))


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [("2014-02-20 23:59:59", True), ("2014-02-20 23:59:59.5", True), ("2014-02-21 00:00:00", False)],
)
def test_an_appeal_has_ten_workdays(late: LedgerEntry, stage: Stage, moment: str, in_time: bool) -> None:
    """2014-02-07 + 10, with Saturday the 8th worked: Thursday the 20th."""
    if in_time:
        said(late, stage, now=at(moment))
    else:
        refused("appeal_too_late", lambda: said(late, stage, now=at(moment)))


def test_reasons_are_asked_for(late: LedgerEntry, stage: Stage) -> None:
    with pytest.raises(Invalid) as wrong:
        appeal_entry(entry=late.pk, reason=" ", actor=stage["handler"], now=NOW)
    assert "reason" in wrong.value.errors
    with pytest.raises(Invalid):
        answer_entry(entry=late.pk, text="", actor=stage["handler"], now=NOW)
    said(late, stage)
    with pytest.raises(Invalid) as wrong:
        ruled(late, stage, upheld=True, note="")
    assert "note" in wrong.value.errors
    assert Appeal.objects.get().is_pending


def test_what_citizens_judged_is_not_open_to_appeal(stage: Stage) -> None:
    stage.judge(stage.completed(), 1)
    enter()
    judged = LedgerEntry.objects.get(item="dissatisfied")
    refused("entry_no_conduct", lambda: said(judged, stage, now=at("2014-02-10 09:00")))


def test_a_recalled_order_is_taken_back_already(stage: Stage) -> None:
    facts = {"order": 3, "colour": "red", "unit": "zhaiyang", "handler": stage.staff["handler"].pk}
    with transaction.atomic():
        for kind in (Kind.ORDER_ISSUED, Kind.ORDER_RECALLED):
            record("order:3", Entry(kind, facts), actor=SYSTEM, at=NOW)
    enter()
    for entry in LedgerEntry.objects.all():
        refused("entry_taken_back", lambda entry=entry: said(entry, stage, now=NOW))


def test_an_order_recalled_after_the_appeal_is_not_taken_back_twice(stage: Stage) -> None:
    facts = {"order": 3, "colour": "red", "unit": "zhaiyang", "handler": stage.staff["handler"].pk}
    with transaction.atomic():
        record("order:3", Entry(Kind.ORDER_ISSUED, facts), actor=SYSTEM, at=NOW)
    enter()
    entry = LedgerEntry.objects.get()
    said(entry, stage)
    with transaction.atomic():
        record("order:3", Entry(Kind.ORDER_RECALLED, facts), actor=SYSTEM, at=NOW)
    while enter():
        pass
    refused("entry_taken_back", lambda: ruled(entry, stage, upheld=True))
    ruled(entry, stage, upheld=False, note="督办件已经收回，账已冲销。")


def test_an_entry_nobody_made_is_unknown(stage: Stage) -> None:
    with pytest.raises(Unknown):
        appeal_entry(entry=1, reason="没有的。", actor=stage["handler"], now=NOW)


def test_appeals_are_kept(late: LedgerEntry, stage: Stage) -> None:
    said(late, stage)
    answer_entry(entry=late.pk, text="已致歉。", actor=stage["handler"], now=NOW)
    for model in (Appeal, EntryAnswer):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        Appeal.objects.update(ruling="upheld")  # by nobody
