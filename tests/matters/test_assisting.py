"""Units that assist: asked, replying, recalled; what they see and what they do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duban.core.lights import Light
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.matters.assists import assists_of, owed_by
from duban.matters.models import Assist, Matter
from duban.matters.opening import petitioner_of
from duban.matters.queries import petitioner_name, staff_matter, worklist
from duban.matters.timeline import timeline
from duban.matters.verbs.assigning import request_return, rule_return
from duban.matters.verbs.assisting import ask_assist, recall_assist, reply_assist
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.merging import merge
from tests.city import at
from tests.stage import WU, Stage

NOW = "2014-01-30 11:00"  # the last workday before the Spring Festival


def ask(stage: Stage, matter: Matter, now: str = NOW, **changes: Any) -> Assist:
    given = {
        "unit": "chengguan", "task": "清走占道的沙石，好挖管沟。", "actor": stage["handler"], "now": at(now), **changes
    }  # fmt: skip
    return ask_assist(matter=matter.number, **given)


def code(deed: Any) -> str:
    with pytest.raises(Refused) as no:
        deed()
    return no.value.code


def test_asked_without_a_day_it_gets_policys_but_not_more_than_the_lead(stage: Stage) -> None:
    row = ask(stage, stage.assigned())
    assert row.due_at == at("2014-02-10 23:59:59")  # three workdays from 01-30
    assert row.warn_at == at("2014-02-10 00:00")
    shorter = stage.handling(due_on=date(2014, 2, 8), title="另一件")
    assert ask(stage, shorter).due_at == at("2014-02-08 23:59:59")
    event = Event.objects.get(kind="assist.asked", stream=f"matter:{row.matter_id}")
    assert event.facts["unit"] == "chengguan"
    assert "沙石" not in str(event.facts)


def test_a_day_must_be_a_workday_and_not_after_the_leads(stage: Stage) -> None:
    matter = stage.handling()  # due 2014-02-10
    assert ask(stage, matter, due_on=date(2014, 2, 10)).due_at == matter.clock_due_at
    other = {"unit": "zhujian"}
    assert code(lambda: ask(stage, matter, due_on=date(2014, 2, 11), **other)) == "assist_after_lead"
    assert code(lambda: ask(stage, matter, due_on=date(2014, 2, 9), **other)) == "due_not_workday"
    assert code(lambda: ask(stage, matter, due_on=date(2014, 1, 30), **other)) == "due_too_early"
    late = ask(stage, matter, "2014-02-12 09:00", due_on=date(2014, 2, 14), **other)
    assert late.due_at == at("2014-02-14 23:59:59")  # a promise broken already binds nobody else


def test_who_may_ask_whom(stage: Stage) -> None:
    matter = stage.assigned()
    assert code(lambda: ask(stage, matter, unit="zhaiyang")) == "assist_own_unit"
    assert code(lambda: ask(stage, matter, unit="ducha")) == "assist_own_unit"
    assert code(lambda: ask(stage, matter, unit="nowhere")) == "unit_unknown"
    assert code(lambda: ask(stage, stage.completed(title="完"), "2014-02-09 09:00")) == "wrong_state"
    assert code(lambda: ask(stage, stage.register(title="新").matter, actor=stage["office"])) == "wrong_state"
    with pytest.raises(Unknown):
        ask(stage, matter, actor=stage["handler2"])
    with pytest.raises(Forbidden):
        ask(stage, matter, actor=stage["member"])
    with pytest.raises(Invalid):
        ask(stage, matter, task=" ")
    ask(stage, matter, actor=stage["office"])
    assert code(lambda: ask(stage, matter)) == "assist_already"
    assert ask(stage, matter, unit="zhujian").is_open


def test_the_reply_says_whether_it_came_in_time(stage: Stage) -> None:
    matter = stage.assigned()
    row = ask(stage, matter)
    assert row.light(at("2014-02-09 12:00")) is Light.GREEN
    assert row.light(at("2014-02-10 12:00")) is Light.YELLOW
    assert row.light(at("2014-02-11 00:00")) is Light.RED
    done = reply_assist(
        matter=matter.number, text="沙石已清走。", actor=stage["handler2"], now=at("2014-02-11 09:00")
    )
    assert done.light(at("2014-02-20 09:00")) is Light.RED
    facts = Event.objects.get(kind="assist.replied").facts
    assert (facts["unit"], facts["late"], facts["assist"]) == ("chengguan", True, row.pk)
    again = lambda: reply_assist(  # noqa: E731
        matter=matter.number, text="又清了。", actor=stage["handler2"], now=at("2014-02-11 10:00")
    )
    assert code(again) == "assist_none"
    told = "".join(entry.title + entry.text for entry in timeline(matter))
    assert "城市管理局" in told or "chengguan" not in told
    assert "沙石" not in told


def test_the_day_itself_is_in_time(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    reply_assist(
        matter=matter.number, text="沙石已清走。", actor=stage["handler2"], now=at("2014-02-10 23:59:59")
    )
    assert Event.objects.get(kind="assist.replied").facts["late"] is False


def test_nobody_else_replies(stage: Stage) -> None:
    matter = stage.assigned()
    reply = {"matter": matter.number, "text": "好。", "now": at(NOW)}
    with pytest.raises(Unknown):
        reply_assist(**reply, actor=stage["handler2"])
    ask(stage, matter)
    with pytest.raises(Forbidden):
        reply_assist(**reply, actor=stage["office"])
    assert code(lambda: reply_assist(**reply, actor=stage["handler"])) == "assist_none"
    with pytest.raises(Invalid):
        reply_assist(**{**reply, "text": ""}, actor=stage["handler2"])


def test_recalled_it_can_be_asked_again(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    recall = {"matter": matter.number, "unit": "chengguan", "now": at(NOW)}
    with pytest.raises(Invalid):
        recall_assist(**recall, reason="", actor=stage["handler"])
    row = recall_assist(**recall, reason="自己清了", actor=stage["handler"])
    assert not row.is_open
    assert code(lambda: recall_assist(**recall, reason="又", actor=stage["handler"])) == "assist_none"
    with pytest.raises(Unknown):  # who has assisted still sees it, and recalls nothing
        recall_assist(**recall, reason="不想办", actor=stage["handler2"])
    assert ask(stage, matter, "2014-01-30 12:00").is_open


@pytest.mark.parametrize("end", ["complete", "withdraw", "return", "merge"])
def test_open_assists_lapse_when_the_matter_moves_on(stage: Stage, end: str) -> None:
    matter = stage.assigned() if end == "return" else stage.handling()
    row = ask(stage, matter)
    match end:
        case "complete":
            stage.complete(matter)
        case "withdraw":
            withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-01-30 12:00"))
        case "return":
            asked = {"matter": matter.number, "now": at("2014-01-30 12:00")}
            request_return(**asked, reason="不符", suggested="chengguan", actor=stage["handler"])
            rule_return(**asked, granted=True, note="", unit="chengguan", actor=stage["office"])
        case "merge":
            lead = stage.handling(petitioner=WU)
            merge(
                matter=matter.number,
                lead=lead.number,
                reason="同",
                actor=stage["office"],
                now=at("2014-01-30 12:00"),
            )
    row.refresh_from_db()
    assert row.recalled_at is not None
    assert row.recalled_by is None
    assert Event.objects.get(kind="assist.recalled").facts["by"] == "lapse"
    assert owed_by("chengguan").items == []


def test_the_assisting_unit_reads_and_does_nothing_else(stage: Stage) -> None:
    matter, helper = stage.handling(), stage["handler2"]
    with pytest.raises(Unknown):
        staff_matter(matter.number, helper)
    ask(stage, matter)
    assert staff_matter(matter.number, helper) == matter
    assert petitioner_name(stage.again(matter), helper) == ""
    assert petitioner_name(stage.again(matter), stage["handler"]) != ""
    assert worklist(helper, at(NOW)).items == []
    with pytest.raises(Unknown):
        report_progress(matter=matter.number, note="清了", actor=helper, now=at(NOW))
    reply_assist(matter=matter.number, text="沙石已清走。", actor=helper, now=at("2014-02-08 09:00"))
    assert staff_matter(matter.number, helper) == matter  # and afterwards
    with pytest.raises(Unknown):
        staff_matter(stage.assigned(title="别的").number, helper)


def test_what_a_unit_owes_comes_by_what_turns_red_next(stage: Stage) -> None:
    first, second = stage.handling(title="甲"), stage.handling(title="乙", due_on=date(2014, 2, 8))
    later, sooner = ask(stage, first), ask(stage, second)
    page = owed_by("chengguan", limit=1)
    assert [one.pk for one in page.items] == [sooner.pk]
    assert [one.pk for one in owed_by("chengguan", after=page.next or "").items] == [later.pk]
    assert [one.pk for one in assists_of(first)] == [later.pk]
