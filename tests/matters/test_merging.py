"""Merging duplicates: the follower goes its lead's way, and its petitioner keeps a verdict of their own."""

from __future__ import annotations

from typing import Any

import pytest

from duban.catalogue.models import CalendarDay
from duban.catalogue.revisions import bump
from duban.core.boundaries import Boundary
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.ledgers.census import census, census_by_day
from duban.ledgers.folding import fold
from duban.ledgers.recounting import recount
from duban.matters.models import Commitment, Matter, Remark
from duban.matters.opening import petitioner_of
from duban.matters.queries import counts, file_of, lights_by_unit, trays, worklist
from duban.matters.recomputing import recompute_running
from duban.matters.timeline import timeline
from duban.matters.verbs.assigning import assign, hand_over, request_return, rule_return
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import add, report_progress
from duban.matters.verbs.merging import merge, separate
from duban.matters.verbs.timing import request_extension, rule_extension
from tests.city import TENG, at
from tests.stage import WU, Petitioner, Stage

NOW = "2014-01-30 11:00"
THIRD = Petitioner(TENG.name, TENG.id_number, TENG.mobile)


def joined(stage: Stage, lead: Matter, follower: Matter, now: str = NOW, **changes: Any) -> Matter:
    given = {"reason": "同一处停水", "actor": stage["office"], "now": at(now), **changes}
    merge(matter=follower.number, lead=lead.number, **given)
    return stage.again(follower)


def pair(stage: Stage, *, handling: bool = True) -> tuple[Matter, Matter]:
    """罗家祥's water and 吴长生's, merged into it."""
    lead = stage.handling() if handling else stage.assigned()
    other = stage.assigned("2014-01-30 09:00", petitioner=WU)
    follower = joined(stage, lead, other)
    return stage.again(lead), follower


def same(one: Matter, other: Matter, now: str) -> bool:
    names = ("unit_id", "handler_id", "state", "clock", "clock_due_at", "clock_stopped_at")
    return all(getattr(one, name) == getattr(other, name) for name in names) and one.status(
        at(now)
    ) == other.status(at(now))


def whole(now: str) -> None:
    """The journal is unbroken and every account agrees, before and after folding."""
    assert list(breaks()) == []
    assert recount(at(now)) == []
    while fold():
        pass
    assert recount(at(now)) == []


def test_it_stands_where_its_lead_stands(stage: Stage) -> None:
    lead, follower = pair(stage)
    assert follower.lead_id == lead.pk
    assert lead.followers == 1
    assert same(lead, follower, NOW)
    assert follower.look_at is None
    assert follower.round == 1
    event = Event.objects.get(stream=follower.stream, kind="matter.merged")
    assert event.facts["lead"] == lead.number
    assert event.facts["was"]["state"] == "assigned"
    assert event.facts["now"]["state"] == "handling"
    assert "同一处停水" not in str(event.facts)
    assert not Event.objects.filter(stream=lead.stream, kind="matter.merged").exists()
    promise = Commitment.objects.get(matter=follower)
    assert promise.due_at == Commitment.objects.get(matter=lead).due_at
    assert promise.contact_note == ""  # what was said to the other stays there
    whole(NOW)


def test_the_accounts_hold_when_the_lead_was_late_before(stage: Stage) -> None:
    lead = stage.handling()  # due 2014-02-10
    other = stage.register("2014-02-12 09:00", petitioner=WU).matter
    joined(stage, lead, other, "2014-02-12 10:00")
    whole("2014-02-12 10:00")
    days = dict(
        census_by_day(at("2014-02-13 09:00"), first=at("2014-02-10").date(), last=at("2014-02-13").date())
    )
    overdue = [day.counts["overdue_completion"] for day in days.values()]  # type: ignore[index]
    assert overdue == [0, 1, 2, 2]
    stage.complete(lead, "2014-02-13 10:00")
    whole("2014-02-13 10:00")
    after = census(at("2014-02-13 11:00"), as_of=at("2014-02-11").date())
    assert after.counts["overdue_completion"] == 1  # type: ignore[index]
    assert all(number >= 0 for number in after.counts.values())


def test_everything_done_to_the_lead_is_done_to_it(stage: Stage) -> None:
    lead, follower = pair(stage, handling=False)
    office, handler = stage["office"], stage["handler"]
    hand_over(matter=lead.number, handler="head", actor=stage["head"], now=at("2014-01-30 11:10"))
    assert stage.again(follower).handler == stage.staff["head"]
    request_return(
        matter=lead.number, reason="属城管", suggested="chengguan", actor=handler, now=at("2014-01-30 11:20")
    )
    rule_return(matter=lead.number, granted=True, note="", actor=office, now=at("2014-01-30 11:30"))
    assert stage.again(follower).state == "registered"
    assign(matter=lead.number, unit="zhaiyang", actor=office, now=at("2014-01-30 11:40"))
    stage.accept(lead, "2014-01-30 12:00")
    due_on = at("2014-02-12").date()
    request_extension(
        matter=lead.number, reason="等配件", due_on=due_on, actor=handler, now=at("2014-02-07 09:00")
    )
    rule_extension(matter=lead.number, granted=True, note="", actor=office, now=at("2014-02-07 10:00"))
    report_progress(
        matter=lead.number, note="已告诉罗家祥，水管运到。", actor=handler, now=at("2014-02-08 09:00")
    )
    assert same(stage.again(lead), stage.again(follower), "2014-02-08 10:00")
    stage.complete(lead, "2014-02-08 16:40")
    lead, follower = stage.again(lead), stage.again(follower)
    assert same(lead, follower, "2014-02-08 17:00")
    assert follower.look_at == at("2014-02-11 16:40")  # its own silence
    kinds = [
        event.facts["because"]
        for event in Event.objects.filter(stream=follower.stream, kind="matter.followed").order_by("seq")
    ]
    assert kinds == [
        "return.granted", "matter.assigned", "matter.accepted", "extension.granted", "progress.reported", "matter.completed",
    ]  # fmt: skip
    story = "\n".join(entry.title + entry.text for entry in timeline(follower))
    assert "水管运到" in story
    assert "罗家祥" not in story
    assert "更换漏水接头 4 处" in story
    assert file_of(follower, petitioner_of(follower)).statement is not None
    whole("2014-02-08 17:00")


def test_each_petitioner_keeps_a_verdict(stage: Stage) -> None:
    lead, follower = pair(stage)
    lead = stage.complete(lead)
    assert stage.judge(stage.again(follower), 5).basis == "verdict"
    assert stage.again(lead).state == "completed"
    assert stage.again(lead).followers == 0
    stage.judge(lead, 4, "2014-02-09 10:00")
    whole("2014-02-09 11:00")


def test_the_lead_closed_leaves_the_follower_its_verdict(stage: Stage) -> None:
    lead, follower = pair(stage)
    stage.judge(stage.complete(lead), 5)
    follower = stage.again(follower)
    assert (follower.state, follower.lead_id) == ("completed", lead.pk)
    again = stage.judge(follower, 1, "2014-02-10 09:00")
    assert (again.state, again.lead_id, again.round) == ("handling", None, 2)
    assert again.look_at is not None
    assert stage.again(lead).followers == 0
    done = stage.complete(again, "2014-02-11 09:00")
    assert done.state == "completed"
    whole("2014-02-11 09:00")


def test_an_announced_holiday_moves_both_once(stage: Stage) -> None:
    lead = stage.accept(stage.assigned(), now="2014-01-29 16:00")  # due 2014-02-08, a make-up workday
    follower = joined(stage, lead, stage.assigned("2014-01-30 09:00", petitioner=WU))
    CalendarDay.objects.filter(day=at("2014-02-08").date()).delete()
    bump()
    assert recompute_running(at("2014-02-07 09:00")) == 1
    assert stage.again(follower).clock_due_at == stage.again(lead).clock_due_at == at("2014-02-10 23:59:59")
    followed = Event.objects.filter(kind="matter.followed", stream=follower.stream)
    assert [one.facts["because"] for one in followed] == ["clock.recomputed"]
    assert recompute_running(at("2014-02-07 09:00")) == 0
    whole("2014-02-07 10:00")


def test_no_one_person_reopens_a_collective_lead(stage: Stage) -> None:
    lead = stage.handling(collective=True)
    follower = joined(stage, lead, stage.assigned("2014-01-30 09:00", petitioner=WU))
    stage.complete(lead)
    alone = stage.judge(stage.again(follower), 1)
    assert (alone.state, alone.lead_id, alone.round) == ("handling", None, 2)
    assert (stage.again(lead).state, stage.again(lead).followers) == ("completed", 0)
    whole("2014-02-09 10:00")


def test_a_bad_verdict_of_the_follower_reopens_them_all(stage: Stage) -> None:
    lead, follower = pair(stage)
    third = joined(stage, lead, stage.assigned("2014-01-30 09:10", petitioner=THIRD))
    stage.complete(lead)
    judged = stage.judge(stage.again(follower), 1, comment="还是没水")
    assert (judged.state, judged.round, judged.lead_id) == ("handling", 2, lead.pk)
    lead, third = stage.again(lead), stage.again(third)
    assert (lead.state, lead.round, third.state, third.round) == ("handling", 2, "handling", 2)
    assert same(lead, third, "2014-02-09 10:00")
    assert Event.objects.filter(stream=follower.stream, kind="verdict.given").count() == 1
    assert Event.objects.filter(kind="matter.reopened").count() == 1
    assert "还是没水" not in "".join(entry.text for entry in timeline(lead))
    stage.complete(lead, "2014-02-10 09:00")
    assert stage.again(follower).statements.count() == 2
    whole("2014-02-10 09:00")


def test_the_oldest_follower_goes_on_when_the_lead_is_withdrawn(stage: Stage) -> None:
    lead, follower = pair(stage)
    third = joined(stage, lead, stage.assigned("2014-01-30 09:10", petitioner=THIRD))
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-02-07 09:00"))
    heir, third = stage.again(follower), stage.again(third)
    assert (heir.lead_id, heir.followers, third.lead_id) == (None, 1, heir.pk)
    assert heir.state == third.state == "handling"
    assert heir.look_at == heir.clock_warn_at
    assert third.look_at is None
    assert stage.again(lead).followers == 0
    assert same(heir, third, "2014-02-07 10:00")
    assert stage.complete(heir).state == stage.again(third).state == "completed"
    whole("2014-02-08 17:00")


def test_followers_of_the_duplicate_follow_the_new_lead(stage: Stage) -> None:
    middle, follower = pair(stage, handling=False)
    lead = stage.handling(petitioner=THIRD)
    middle = joined(stage, lead, middle, "2014-01-30 12:00")
    follower, lead = stage.again(follower), stage.again(lead)
    assert (follower.lead_id, middle.lead_id, middle.followers, lead.followers) == (lead.pk, lead.pk, 0, 2)
    assert same(follower, lead, "2014-01-30 12:00")
    stage.complete(lead)
    assert stage.again(follower).statements.count() == 1
    whole("2014-02-08 17:00")


def test_separated_it_goes_on_alone(stage: Stage) -> None:
    lead, follower = pair(stage)
    separate(matter=follower.number, reason="不是一处", actor=stage["office"], now=at("2014-01-30 15:00"))
    alone = stage.again(follower)
    assert (alone.lead_id, stage.again(lead).followers) == (None, 0)
    assert alone.look_at == alone.clock_warn_at
    assert stage.complete(alone).state == "completed"
    assert stage.again(lead).state == "handling"
    assert Remark.objects.filter(part="merging").count() == 2
    whole("2014-02-08 17:00")


def test_separated_after_a_boundary_it_is_not_warned_again(stage: Stage) -> None:
    _lead, follower = pair(stage)
    separate(matter=follower.number, reason="不是一处", actor=stage["office"], now=at("2014-02-10 09:00"))
    assert stage.again(follower).look_at == at("2014-02-11 00:00")
    raised = Event.objects.filter(
        kind="alarm.raised", facts__boundary=Boundary.YELLOW.value, stream=follower.stream
    )
    assert raised.filter(facts__clock="completion").count() == 0


def test_work_lists_leave_it_to_the_lead(stage: Stage) -> None:
    lead, follower = pair(stage)
    now = at(NOW)
    assert [one.pk for one in worklist(stage["handler"], now).items] == [lead.pk]
    assert sum(counts(stage["handler"], now).values()) == 1
    assert sum(unit.total for unit in lights_by_unit(now)) == 1
    assert sum(trays(now).values()) == 0
    assert census(now).total == 2
    stage.complete(lead)
    assert trays(at("2014-02-09 09:00"))["completed"] == 2
    assert follower.number in {
        one.number for one in worklist(stage["handler"], now, status="pending_review").items
    }


def test_its_petitioner_may_still_add_and_withdraw(stage: Stage) -> None:
    lead, follower = pair(stage)
    add(matter=follower.number, text="高处还有两户。", actor=petitioner_of(follower), now=at(NOW))
    withdraw(matter=follower.number, reason="", actor=petitioner_of(follower), now=at("2014-01-30 12:00"))
    assert stage.again(lead).followers == 0
    assert stage.again(lead).state == "handling"
    whole("2014-01-30 12:00")


def test_what_is_the_leads_is_refused(stage: Stage) -> None:
    lead, follower = pair(stage, handling=False)
    handler, office, now = stage["handler"], stage["office"], at(NOW)
    deeds = [
        lambda: stage.accept(follower, NOW),
        lambda: hand_over(matter=follower.number, handler="head", actor=stage["head"], now=now),
        lambda: request_return(
            matter=follower.number, reason="不符", suggested="chengguan", actor=handler, now=now
        ),
        lambda: assign(matter=follower.number, unit="chengguan", actor=office, now=now),
        lambda: report_progress(matter=follower.number, note="运到", actor=handler, now=now),
        lambda: stage.complete(follower, NOW),
    ]
    for deed in deeds:
        with pytest.raises(Refused) as no:
            deed()
        assert no.value.code == "merged_follows"
        assert no.value.params["lead"] == lead.number


def test_what_cannot_be_merged(stage: Stage) -> None:
    lead = stage.assigned()
    dup = stage.assigned(petitioner=WU)
    promised = stage.handling(petitioner=THIRD)

    def code(matter: Matter, into: str, **changes: Any) -> str:
        given = {"reason": "同一件", "actor": stage["office"], "now": at(NOW), **changes}
        with pytest.raises(Refused) as no:
            merge(matter=matter.number, lead=into, **given)
        return no.value.code

    assert code(dup, dup.number) == "merge_itself"
    assert code(dup, "20140120-9999-9") == "merge_lead_unknown"
    assert code(promised, lead.number) == "merge_promise_made"
    assert code(dup, lead.number, actor=stage["handler"]) == "no_right"
    assert code(dup, lead.number, actor=stage["handler2"]) == "not_yours"
    joint = stage.assigned(collective=True, title="集体")
    assert code(joint, lead.number) == "merge_collective"
    directive = stage.assigned(kind="directive", petitioner=None, actor=stage["leader"], title="查一查")
    assert code(directive, lead.number) == "merge_directive"
    assert code(dup, directive.number) == "merge_directive"
    done = stage.completed(title="已办结的")
    assert code(done, lead.number, now=at("2014-02-09 09:00")) == "wrong_state"
    assert code(dup, done.number, now=at("2014-02-09 09:00")) == "merge_lead_state"
    joined(stage, lead, dup, "2014-02-09 10:00")
    assert code(dup, promised.number, now=at("2014-02-09 11:00")) == "merge_already"
    assert code(joint, dup.number, now=at("2014-02-09 11:00")) == "merge_lead_follows"
    for fields in ({"lead": ""}, {"reason": " "}):
        with pytest.raises(Invalid) as wrong:
            merge(
                **{
                    "matter": dup.number,
                    "lead": lead.number,
                    "reason": "同一件",
                    "actor": stage["office"],
                    "now": at(NOW),
                    **fields,
                }
            )
        assert set(wrong.value.errors) == set(fields)
    with pytest.raises(Unknown):
        merge(matter="20140120-9999-9", lead=lead.number, reason="x", actor=stage["office"], now=at(NOW))


def test_what_cannot_be_separated(stage: Stage) -> None:
    lead, follower = pair(stage)
    with pytest.raises(Refused, match="merge_not_merged"):
        separate(matter=lead.number, reason="不是", actor=stage["office"], now=at(NOW))
    with pytest.raises(Forbidden):
        separate(matter=follower.number, reason="不是", actor=stage["handler"], now=at(NOW))
    with pytest.raises(Invalid):
        separate(matter=follower.number, reason="", actor=stage["office"], now=at(NOW))


def test_requests_of_the_duplicate_lapse(stage: Stage) -> None:
    lead = stage.handling()
    dup = stage.assigned("2014-01-30 09:00", petitioner=WU)
    request_return(
        matter=dup.number,
        reason="不符",
        suggested="chengguan",
        actor=stage["handler"],
        now=at("2014-01-30 10:00"),
    )
    dup = joined(stage, lead, dup)
    assert dup.asks == ""
    assert dup.return_requests.get().ruling == "lapsed"
    told = [one.text for one in timeline(dup) if one.kind == "return.lapsed"]
    assert told == ["已经并案，退单申请不再裁定。"]
    assert trays(at(NOW))["returns"] == 0
