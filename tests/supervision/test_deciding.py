"""Decisions of the joint meeting: each kind, its refusals, and the totals afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duban.core.events import Kind
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.zone import day_of
from duban.evaluation.permitted import allowed
from duban.journal.models import Event
from duban.ledgers.folding import fold
from duban.ledgers.recounting import recount
from duban.matters.models import Matter, Remark
from duban.matters.timeline import timeline
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.timing import request_extension
from duban.notifications.addressing import notices
from duban.supervision.meetings import follow_ups, hard_cases, referrals
from duban.supervision.models import Decision, Deferral, DocketItem
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.following_up import review_follow_up
from duban.supervision.verbs.proposing import FollowUp
from tests.city import at
from tests.stage import Stage

from .hard import MORNING, decided, docketed, events_of, sitting

pytestmark = pytest.mark.django_db
NOW = at(MORNING)  # Wednesday 2014-02-12


def proven(*matters: Matter) -> None:
    """Totals, journal and rows agree, folded or not."""
    assert recount(NOW) == []
    while fold():
        pass
    assert recount(NOW) == []


def test_reassigned_by_designation(stage: Stage) -> None:
    matter = stage.handling()
    decided(stage, matter, "reassign", unit="chengguan")
    again = stage.again(matter)
    assert (again.state, again.unit_id, again.designated, again.handler) == (
        "assigned",
        "chengguan",
        True,
        None,
    )
    assert (again.clock, again.clock_due_at) == ("acceptance", at("2014-02-13 23:59:59"))
    kinds = [event.kind for event in events_of(matter)]
    assert kinds[-2:] == [Kind.DECISION_MADE, Kind.MATTER_REASSIGNED]
    verbs = {str(verb) for verb in allowed(again, stage["handler2"], NOW)}
    assert "request_return" not in verbs
    assert "accept" in verbs
    with pytest.raises(Refused, match="return_not_allowed"):
        request_return(
            matter=matter.number, reason="x", suggested="zhujian", actor=stage["handler2"], now=NOW
        )
    proven(matter)


def test_a_waiting_return_lapses(stage: Stage) -> None:
    matter = stage.assigned("2014-02-12 08:30")
    request_return(
        matter=matter.number,
        reason="不属",
        suggested="zhujian",
        actor=stage["handler"],
        now=at("2014-02-12 08:40"),
    )
    decided(stage, matter, "reassign", unit="chengguan")
    assert stage.again(matter).asks == ""
    assert matter.return_requests.get().ruling == "lapsed"
    told = [one.text for one in timeline(matter) if one.kind == Kind.RETURN_LAPSED]
    assert "联席会议" in told[0]
    proven(matter)


def test_extended_beside_the_units_own_extension(stage: Stage) -> None:
    matter = stage.handling()
    decided(stage, matter, "extend", due_on=date(2014, 2, 20))
    again = stage.again(matter)
    assert again.clock_due_at == at("2014-02-20 23:59:59")
    assert matter.commitments.get().extensions_granted == 0
    (event,) = events_of(matter, Kind.MATTER_EXTENDED)
    assert event.facts["original_due_at"].startswith("2014-02-10")
    request_extension(
        matter=matter.number, reason="等配件", due_on=date(2014, 2, 24), actor=stage["handler"], now=NOW
    )
    proven(matter)


def test_deferred_until_a_review_day(stage: Stage) -> None:
    matter = stage.handling()
    decision = decided(stage, matter, "defer", review_on=date(2014, 3, 20), reason="等省里资金批复。")
    assert stage.again(matter).clock_due_at == at("2014-03-20 23:59:59")
    deferral = Deferral.objects.get()
    assert (deferral.decision, deferral.review_on) == (decision, date(2014, 3, 20))
    said = "".join(one.text for one in timeline(matter))
    assert "会议决定暂缓办理，到2014年3月20日 周四复议" in said
    assert "挂账" not in said
    assert "等省里资金批复。" in said
    assert [one.decided and one.decided.deferred_until for one in hard_cases(state="deferred").items] == [
        date(2014, 3, 20)
    ]
    proven(matter)


@pytest.mark.parametrize("state", ["assigned", "handling", "completed"])
def test_closed_with_a_reason_everyone_reads(stage: Stage, state: str) -> None:
    matter: Matter = getattr(stage, state)()
    decided(stage, matter, "close", reason="已纳入全市改造计划，不再单独办理。", confirmed=True)
    again = stage.again(matter)
    assert (again.state, again.basis) == ("closed", "decision")
    assert again.basis_event is not None
    assert again.basis_event.kind == Kind.DECISION_MADE
    public = "".join(one.text for one in timeline(matter, audience="public"))
    assert "已纳入全市改造计划，不再单独办理。" in public
    proven(matter)


def test_other_reasons_are_not_the_publics(stage: Stage) -> None:
    matter = stage.handling()
    decided(stage, matter, "extend", reason="乡里继续办，三天一报。", due_on=date(2014, 2, 20))
    assert "三天一报" in "".join(one.text for one in timeline(matter))
    assert "三天一报" not in "".join(one.text for one in timeline(matter, audience="public"))
    proven(matter)


def test_a_referral_reads_like_a_matter_left_as_it_is(stage: Stage) -> None:
    referred, kept = stage.handling(), stage.handling(title="另一件")
    for matter, kind in ((referred, "refer"), (kept, "keep")):
        decided(stage, matter, kind, reason="承办人员涉嫌推诿。")
        assert stage.again(matter).clock_due_at == matter.clock_due_at
    proven(referred, kept)
    for audience in ("petitioner", "staff", "public"):
        told = [
            [(one.title, one.text) for one in timeline(matter, audience=audience)][-1]
            for matter in (referred, kept)
        ]
        assert told[0] == told[1]


def test_referred_to_the_inspectors_alone(stage: Stage) -> None:
    matter = stage.handling()
    decided(stage, matter, "refer", reason="承办人员涉嫌推诿。")
    for audience in ("petitioner", "staff", "public"):
        said = "".join(f"{one.title}{one.text}" for one in timeline(matter, audience=audience))
        assert "推诿" not in said
        assert "纪检" not in said
    (row,) = referrals(stage["inspector"]).items
    assert (row.reason, row.unit.name if row.unit else "") == ("承办人员涉嫌推诿。", matter.unit.name)
    with pytest.raises(Forbidden):
        referrals(stage["office"])
    assert Remark.objects.get(pk=row.remark_id).part == "referral"
    assert stage.again(matter).state == "handling"
    proven(matter)


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("dance", {}, "decision_kind"),
        ("keep", {"reason": " "}, "decision_reason"),
        ("reassign", {}, "decision_unit_missing"),
        ("reassign", {"unit": "nowhere"}, "unit_unknown"),
        ("reassign", {"unit": "zhaiyang"}, "decision_same_unit"),
        ("reassign", {"unit": "ducha"}, "unit_is_office"),
        ("extend", {}, "decision_day_missing"),
        ("extend", {"due_on": date(2014, 2, 10)}, "extension_not_later"),
        ("extend", {"due_on": date(2014, 2, 12)}, "decision_day_past"),
        ("extend", {"due_on": date(2014, 2, 15)}, "due_not_workday"),
        ("defer", {}, "decision_day_missing"),
        ("defer", {"review_on": date(2014, 2, 12)}, "decision_day_past"),
        ("defer", {"review_on": date(2014, 2, 16)}, "due_not_workday"),
        ("defer", {"review_on": date(2999, 2, 16)}, "calendar_missing"),
        ("close", {}, "decision_unconfirmed"),
        ("close", {"confirmed": True, "reason": "罗家祥的事已办"}, "decision_personal"),
        ("close", {"confirmed": True, "reason": "请打 138 7430 0001"}, "decision_personal"),
        ("refer", {"reason": "见罗家祥材料"}, "decision_personal"),
        ("keep", {"follow_up": FollowUp("zhaiyang")}, "follow_up_incomplete"),
        ("keep", {"follow_up": FollowUp("nowhere", date(2014, 3, 3))}, "unit_unknown"),
        ("keep", {"follow_up": FollowUp("zhaiyang", date(2014, 2, 11))}, "follow_up_past"),
    ],
)
def test_what_is_refused_leaves_no_trace(stage: Stage, kind: str, fields: dict[str, Any], code: str) -> None:
    matter = stage.handling()
    item = docketed(stage, matter)
    meeting = sitting(stage, item)
    before = Event.objects.count()
    given = {"reason": "须统筹", **fields}
    with pytest.raises((Invalid, Refused), match=code):
        decide(item=item.pk, meeting=meeting.pk, kind=kind, actor=stage["member"], now=NOW, **given)
    assert (Event.objects.count(), Decision.objects.count()) == (before, 0)
    assert not Remark.objects.filter(matter=matter).exists()
    item.refresh_from_db()
    assert item.state == "open"
    proven(matter)


def test_putting_off_takes_no_day_away(stage: Stage) -> None:
    matter = stage.accept(stage.assigned(), standard=stage.standards["relief"].pk)
    due = matter.clock_due_at
    assert day_of(due) > date(2014, 2, 8)
    for kind, day in (("defer", "review_on"), ("extend", "due_on")):
        for no_later in (date(2014, 2, 8), day_of(due)):
            with pytest.raises(Refused, match="extension_not_later") as no, transaction.atomic():
                decided(stage, matter, kind, "2014-02-07 10:00", **{day: no_later})
            assert no.value.field == day
    assert stage.again(matter).clock_due_at == due


def test_only_what_the_state_allows(stage: Stage) -> None:
    for kind, fields in (
        ("extend", {"due_on": date(2014, 2, 20)}),
        ("defer", {"review_on": date(2014, 2, 20)}),
    ):
        with pytest.raises(Refused, match="decision_not_handling"), transaction.atomic():
            decided(stage, stage.assigned(title=f"坪朗村水管 {kind}"), kind, **fields)
    with pytest.raises(Refused, match="decision_completed"), transaction.atomic():
        decided(stage, stage.completed(title="蓄水池三"), "reassign", unit="chengguan")
    with pytest.raises(Refused, match="collective_needs_ballot"), transaction.atomic():
        decided(stage, stage.completed(title="蓄水池四", collective=True), "close", confirmed=True)


def test_a_closed_matter_is_decided_nothing(stage: Stage) -> None:
    matter = stage.completed()
    item = docketed(stage, matter, "2014-02-08 17:00")
    meeting = sitting(stage, item, now="2014-02-08 17:00")
    stage.judge(matter, 5)
    before = Event.objects.count()
    for kind in ("keep", "close", "refer", "reassign"):
        with pytest.raises(Refused, match="already_closed"):
            decide(item=item.pk, meeting=meeting.pk, kind=kind, reason="x", actor=stage["member"], now=NOW)
    assert Event.objects.count() == before
    proven(matter)


def test_who_and_where(stage: Stage) -> None:
    matter, other = stage.handling(), stage.handling(title="另一件")
    item, second = docketed(stage, matter), docketed(stage, other)
    meeting = sitting(stage, item)
    given: dict[str, Any] = {"kind": "keep", "reason": "继续办", "now": NOW}
    with pytest.raises(Forbidden):
        decide(item=item.pk, meeting=meeting.pk, actor=stage["office"], **given)
    with pytest.raises(Unknown):
        decide(item=item.pk, meeting=meeting.pk, actor=stage["handler2"], **given)
    with pytest.raises(Refused, match="agenda_other"):
        decide(item=second.pk, meeting=meeting.pk, actor=stage["member"], **given)
    with pytest.raises(Unknown):
        decide(item=0, meeting=meeting.pk, actor=stage["member"], **given)
    with pytest.raises(Unknown):
        decide(item=item.pk, meeting=0, actor=stage["member"], **given)
    decide(item=item.pk, meeting=meeting.pk, actor=stage["member"], **given)
    with pytest.raises(Refused, match="docket_settled"):
        decide(item=item.pk, meeting=meeting.pk, actor=stage["member"], **given)


def test_a_merged_matter_is_decided_with_its_lead(stage: Stage) -> None:
    matter, lead = stage.handling(), stage.handling(title="主件")
    item = docketed(stage, matter)
    meeting = sitting(stage, item)
    Matter.objects.filter(pk=matter.pk).update(lead=lead)
    with pytest.raises(Refused, match="docket_follows_lead"):
        decide(item=item.pk, meeting=meeting.pk, kind="keep", reason="x", actor=stage["member"], now=NOW)


def test_a_later_decision_ends_a_deferral(stage: Stage) -> None:
    matter = stage.handling()
    decided(stage, matter, "defer", review_on=date(2014, 3, 20))
    decided(stage, stage.again(matter), "reassign", "2014-02-13 09:00", unit="chengguan")
    assert Deferral.objects.get().ended_at == at("2014-02-13 09:00")
    assert DocketItem.objects.filter(state="decided").count() == 2


def test_follow_up(stage: Stage) -> None:
    wanted = FollowUp("zhaiyang", date(2014, 2, 20), "通水")
    decision = decided(stage, stage.handling(), "keep", follow_up=wanted)
    assert [one.pk for one in follow_ups().items] == [decision.pk]
    given: dict[str, Any] = {"decision": decision.pk, "done": True, "now": at("2014-02-19 09:00")}
    with pytest.raises(Forbidden):
        review_follow_up(note="x", actor=stage["member"], **given)
    with pytest.raises(Invalid, match="text_missing"):
        review_follow_up(note="", actor=stage["office"], **given)
    review_follow_up(note="12 户已通水", actor=stage["office"], **given)
    with pytest.raises(Refused, match="follow_up_none"):
        review_follow_up(note="x", actor=stage["office"], **given)
    with pytest.raises(Unknown):
        review_follow_up(note="x", actor=stage["office"], **{**given, "decision": 0})
    assert follow_ups().items == []


def test_follow_ups_page_by_page_by_their_day(stage: Stage) -> None:
    days = (21, 20, 21)
    wanted = [FollowUp("zhaiyang", date(2014, 2, day), "通水") for day in days]
    made = [
        decided(stage, stage.handling(title=f"第 {n} 处断水"), "keep", follow_up=one).pk
        for n, one in enumerate(wanted)
    ]
    after, read = "", []
    while True:
        page = follow_ups(after=after, limit=1)
        read += [one.pk for one in page.items]
        if page.next is None:
            break
        after = page.next
    assert read == [made[1], made[0], made[2]]


def test_a_follow_up_is_kept_as_clean_text(stage: Stage) -> None:
    asked = FollowUp("zhaiyang", NOW.date(), " 通\u202e水\r\n验收 ")
    assert decided(stage, stage.handling(), "keep", follow_up=asked).follow_up_demand == "通水\n验收"


def test_people_are_told(stage: Stage) -> None:
    matter = stage.handling()
    decided(stage, matter, "reassign", unit="chengguan")
    (event,) = events_of(matter, Kind.MATTER_REASSIGNED)
    said = [notice.message.text for notice in notices(event)]
    assert any("改由" in one for one in said)


def test_a_decision_cannot_be_deleted(stage: Stage) -> None:
    decision = decided(stage, stage.handling(), "keep")
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).delete()
