"""An entry no official answers for: the unit's head replies and appeals, and nobody else."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Refused, Unknown
from duban.journal.models import Event
from duban.ledgers import rebuilding
from duban.ledgers.accounts import entries_of
from duban.ledgers.appealing import answer_entry, appeal_entry, rule_appeal
from duban.ledgers.entering import enter
from duban.ledgers.models import Appeal, EntryAnswer, LedgerEntry, MonthCount
from duban.ledgers.recounting import recount
from duban.matters.verbs.assigning import request_return, rule_return
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-08 09:00")


@pytest.fixture
def returned(stage: Stage) -> LedgerEntry:
    """寨阳乡 gave a matter back: an entry of the unit, with nobody's name on it."""
    matter = stage.assigned()
    request_return(
        matter=matter.number, reason="不属本乡。", suggested="chengguan", actor=stage["handler"],
        now=at("2014-01-29 16:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", unit="chengguan", actor=stage["office"],
        now=at("2014-01-29 17:00"),
    )  # fmt: skip
    while enter():
        pass
    return LedgerEntry.objects.get(item="returned")


def appeal(entry: LedgerEntry, stage: Stage, who: str = "head") -> Appeal:
    return appeal_entry(entry=entry.pk, reason="第一次就转错了单位。", actor=stage[who], now=NOW)


def rule(entry: LedgerEntry, stage: Stage, who: str = "office") -> Appeal:
    return rule_appeal(
        entry=entry.pk, upheld=True, note="属实。", actor=stage[who], now=at("2014-02-10 09:00")
    )


def test_the_head_answers_and_appeals_for_the_unit(returned: LedgerEntry, stage: Stage) -> None:
    answer_entry(entry=returned.pk, text="以后先核实地界。", actor=stage["head"], now=NOW)
    made = appeal(returned, stage)
    assert made.by == stage.staff["head"]
    assert EntryAnswer.objects.get().entry == returned
    rule(returned, stage)
    while enter():
        pass
    back = LedgerEntry.objects.get(number=-1)
    assert (back.item, back.unit, back.staff_id, back.month) == ("returned", "zhaiyang", None, "2014-01")
    assert not MonthCount.objects.filter(item="returned").exclude(number=0).exists()
    assert rebuilding.stored() == rebuilding.rebuilt()
    assert recount(at("2014-04-01 09:00")) == []
    actors = Event.objects.filter(stream=returned.stream).order_by("seq").values_list("actor", flat=True)
    head, office = (stage[who].key for who in ("head", "office"))
    assert list(actors) == [head, head, office]


@pytest.mark.parametrize(("who", "no"), [("handler", Unknown), ("handler2", Unknown), ("office", Forbidden)])
def test_nobody_else_speaks_for_the_unit(
    returned: LedgerEntry, stage: Stage, who: str, no: type[Exception]
) -> None:
    for deed in (
        lambda: appeal(returned, stage, who),
        lambda: answer_entry(entry=returned.pk, text="替单位说。", actor=stage[who], now=NOW),
    ):
        with pytest.raises(no):
            deed()
    assert not Appeal.objects.exists()


def test_the_head_of_another_unit_does_not_learn_of_it(returned: LedgerEntry, stage: Stage) -> None:
    stage.staff["handler2"].roles = ["handler", "head"]
    stage.staff["handler2"].save()
    with pytest.raises(Unknown):
        appeal(returned, stage, "handler2")


def test_a_head_speaks_for_the_unit_not_for_its_officials(late: LedgerEntry, stage: Stage) -> None:
    with pytest.raises(Unknown):
        appeal(late, stage)


def test_who_appealed_does_not_rule(returned: LedgerEntry, stage: Stage) -> None:
    appeal(returned, stage)
    stage.staff["head"].roles = ["head", "office"]
    stage.staff["head"].save()
    with pytest.raises(Refused) as no:
        rule(returned, stage, "head")
    assert no.value.code == "own_appeal"


def test_an_official_who_appealed_is_named_too(late: LedgerEntry, stage: Stage) -> None:
    assert appeal(late, stage, "handler").by == stage.staff["handler"]


def test_what_stands_with_the_unit_alone_can_be_listed(returned: LedgerEntry, stage: Stage) -> None:
    stage.accept(stage.assigned(title="又一处漏水"), now="2014-02-07 10:00")
    while enter():
        pass
    found = entries_of(stage["head"], unit="zhaiyang", ledger="conduct", nobodys=True).items
    assert [one.item for one in found] == [
        "red_light",
        "returned",
    ]  # nobody had accepted it when it turned red
    assert len(entries_of(stage["head"], unit="zhaiyang", ledger="conduct").items) == 3
