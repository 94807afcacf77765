"""What an inspector found: once, for good, with evidence; and the order that may follow."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.matters.photos import Upload, prepare
from duban.matters.verbs.assigning import request_return, rule_return
from duban.matters.verbs.merging import merge
from duban.supervision.checks import evidence, findings_at
from duban.supervision.models import CheckEvidence, CheckItem, Finding, Order
from duban.supervision.verbs.checking import close_check
from duban.supervision.verbs.findings import annotate_finding
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.ordering_from_findings import order_from_finding
from tests.city import at
from tests.stage import WU, Stage

from .checking import find, items, open_matters, second_inspector, start
from .hard import decided

pytestmark = pytest.mark.django_db
NOW = at("2014-02-07 11:00")


@pytest.fixture
def item(stage: Stage) -> CheckItem:
    open_matters(stage, 1)
    return items(start(stage, size=1))[0]


def test_a_finding_is_recorded_with_who_answers_for_it(stage: Stage, item: CheckItem) -> None:
    finding = find(stage, item, "problem")
    event = Event.objects.filter(stream=item.run.stream).latest("seq")
    assert event.kind == "finding.recorded"
    assert event.facts["matter"] == item.matter.number
    assert (event.facts["result"], event.facts["unit"]) == ("problem", "zhaiyang")
    assert "没有人" not in str(event.facts)
    assert finding.answers == ["no", "yes", "yes", "yes"]
    assert [one.pk for one in findings_at(item.matter)] == [finding.pk]


def test_whoever_of_the_office_recorded_it_stands_in_the_record(stage: Stage, item: CheckItem) -> None:
    other = second_inspector(stage)
    assert find(stage, item, actor=other.actor).by_id == other.pk


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"answers": ["yes"]}, "answers", "finding_answers"),
        ({"answers": ["yes", "no", "perhaps", "na"]}, "answers", "finding_answers"),
        ({"result": "fine"}, "result", "finding_result"),
        ({"result": "problem", "note": " "}, "note", "finding_note_missing"),
    ],
)
def test_a_finding_to_mend(
    stage: Stage, item: CheckItem, changes: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        find(stage, item, **changes)
    assert wrong.value.errors[field][0] == code
    assert not Finding.objects.exists()


def test_what_contradicts_itself_is_refused(stage: Stage, item: CheckItem) -> None:
    with pytest.raises(Refused) as refused:
        find(stage, item, answers=["no", "yes", "yes", "yes"])
    assert refused.value.code == "finding_contradicts"


def test_a_finding_is_final(stage: Stage, item: CheckItem) -> None:
    finding = find(stage, item)
    with pytest.raises(Refused) as refused:
        find(stage, item, "problem")
    assert refused.value.code == "finding_final"
    for change in (lambda: Finding.objects.update(result="problem"), finding.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_nothing_is_recorded_after_the_end_but_a_word_beside_it(stage: Stage, item: CheckItem) -> None:
    word: dict[str, Any] = {"run": item.run_id, "item": item.pk, "actor": stage["office"], "now": NOW}
    with pytest.raises(Refused) as refused:
        annotate_finding(text="看错了门牌。", **word)
    assert refused.value.code == "finding_none"
    find(stage, item)
    close_check(run=item.run_id, report="看过一件。", actor=stage["office"], now=NOW)
    with pytest.raises(Refused) as refused:
        find(stage, item)
    assert refused.value.code == "check_already_closed"
    with pytest.raises(Invalid):
        annotate_finding(text="", **word)
    with pytest.raises(Forbidden):
        annotate_finding(**{**word, "text": "好", "actor": stage["handler"]})
    annotate_finding(text="看错了门牌。", **word)
    event = Event.objects.filter(stream=item.run.stream).latest("seq")
    assert event.kind == "finding.annotated"
    assert "门牌" not in str(event.facts)


def test_evidence_is_stripped_and_private(stage: Stage, item: CheckItem) -> None:
    out = io.BytesIO()
    camera = Image.Exif()
    camera[0x010F] = "A camera"
    camera[0x8825] = {1: "N", 2: (28.0, 18.0, 0.0)}
    Image.new("RGB", (60, 40), "#446688").save(out, "JPEG", exif=camera)
    finding = find(stage, item, photos=prepare([Upload("现场.jpg", out.getvalue())]))
    kept = CheckEvidence.objects.get(finding=finding)
    with kept.file.open("rb") as file:
        assert not dict(Image.open(file).getexif())
    assert len(kept.token) == 43
    assert Event.objects.filter(stream=item.run.stream).latest("seq").facts["photos"] == [kept.digest]
    for who in ("office", "member", "leader"):
        assert evidence(kept.token, stage[who]).pk == kept.pk
    for who in ("handler", "clerk", "inspector", "sysadmin"):
        with pytest.raises(Unknown):
            evidence(kept.token, stage[who])
    with pytest.raises(Unknown):
        evidence("nothing", stage["office"])


def order(stage: Stage, item: CheckItem, **changes: Any) -> Order | None:
    """A yellow order from a finding, by the office."""
    given: dict[str, Any] = {
        "run": item.run_id,
        "item": item.pk,
        "colour": "yellow",
        "demand": "补联系诉求人。",
        "reply_by": None,
        "actor": stage["office"],
        "now": NOW,
    }
    return order_from_finding(**{**given, **changes}).order


def test_an_order_follows_a_problem_once(stage: Stage, item: CheckItem) -> None:
    with pytest.raises(Refused) as refused:
        order(stage, item)
    assert refused.value.code == "finding_none"
    finding = find(stage, item, "problem")
    with pytest.raises(Forbidden):
        order(stage, item, actor=stage["member"])
    with pytest.raises(Invalid):
        order(stage, item, demand=" ")
    sent = order(stage, item)
    assert sent is not None
    assert (sent.key, sent.matter_id, sent.unit_id, sent.finding) == (
        "2014-yellow-1",
        item.matter_id,
        "zhaiyang",
        finding.pk,
    )
    assert sent.check_item == item
    with pytest.raises(Refused) as refused:
        order(stage, item, colour="red")
    assert refused.value.code == "finding_order_given"
    assert Order.objects.count() == 1


def test_no_order_without_a_problem(stage: Stage, item: CheckItem) -> None:
    find(stage, item)
    with pytest.raises(Refused) as refused:
        order(stage, item)
    assert refused.value.code == "finding_no_problem"


def test_a_second_open_order_of_the_colour_is_refused_and_the_finding_stays_free(
    stage: Stage, item: CheckItem
) -> None:
    find(stage, item, "problem")
    issue_order(
        colour="yellow",
        demand="快办。",
        reply_by=None,
        matter=item.matter.number,
        actor=stage["office"],
        now=NOW,
    )
    with pytest.raises(Refused) as refused:
        order(stage, item)
    assert refused.value.code == "order_exists"
    sent = order(stage, item, colour="red")
    assert sent is not None
    assert sent.key == "2014-red-1"


def test_about_a_closed_matter_the_order_goes_to_the_unit(stage: Stage) -> None:
    stage.judge(stage.completed(), 5)
    run = start(stage, "2014-02-09 10:00", rule="completed_lately", checklist="completion", size=1)
    item = items(run)[0]
    find(stage, item, "problem", now=at("2014-02-10 09:00"))
    sent = order(stage, item, colour="red", now=at("2014-02-10 10:00"))
    assert sent is not None
    assert (sent.matter_id, sent.unit_id) == (None, "zhaiyang")


def test_after_a_reassignment_the_order_goes_to_the_unit_that_was_drawn(stage: Stage) -> None:
    matter = stage.handling()
    item = items(start(stage, "2014-02-07 09:00", size=1))[0]
    find(stage, item, "problem")
    decided(stage, matter, "reassign", now="2014-02-10 09:00", unit="chengguan")
    sent = order(stage, item, now=at("2014-02-10 10:00"))
    assert sent is not None
    assert (sent.matter_id, sent.unit_id, sent.handler_id) == (None, "zhaiyang", None)


def test_about_a_merged_matter_the_order_goes_to_the_unit_that_was_drawn(stage: Stage) -> None:
    matter = stage.handling()
    item = items(start(stage, "2014-01-30 12:00", size=1))[0]
    lead = stage.handling(petitioner=WU, title="主件")
    merge(
        matter=matter.number,
        lead=lead.number,
        reason="同一件事",
        actor=stage["office"],
        now=at("2014-01-30 13:00"),
    )
    find(stage, item, "problem")
    sent = order(stage, item)
    assert sent is not None
    assert (sent.matter_id, sent.unit_id) == (None, "zhaiyang")


def test_about_a_returned_matter_the_order_goes_to_the_unit_that_was_drawn(
    stage: Stage, item: CheckItem
) -> None:
    office, number = stage["office"], item.matter.number
    request_return(
        matter=number,
        reason="不属本单位",
        suggested="chengguan",
        actor=stage["handler"],
        now=at("2014-01-30 10:00"),
    )
    rule_return(matter=number, granted=True, note="", unit="", actor=office, now=at("2014-01-30 11:00"))
    find(stage, item, "problem")
    sent = order(stage, item)
    assert sent is not None
    assert (sent.matter_id, sent.unit_id) == (None, "zhaiyang")


def test_no_sampled_matter_is_ever_deleted(stage: Stage, item: CheckItem) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CheckItem.objects.all().delete()


def test_a_check_touches_no_matter(stage: Stage) -> None:
    matter = stage.handling()
    run = start(stage, "2014-01-31 09:00", size=1)
    find(stage, items(run)[0], "problem")
    after = stage.again(matter)
    assert (after.journal_seq, after.clock_due_at, after.state) == (
        matter.journal_seq,
        matter.clock_due_at,
        matter.state,
    )
