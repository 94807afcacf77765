"""A decision's follow-up on the desk of the unit it is asked of, on the matter's page, and with the office."""

from __future__ import annotations

from datetime import date

from django.test import Client

from duban.supervision.models import Decision, FollowUpReport
from duban.supervision.verbs.proposing import FollowUp
from tests.city import at
from tests.stage import Stage
from tests.supervision.hard import decided

from .test_meeting import body, browser, pytestmark, stage

__all__ = ["pytestmark", "stage"]
DEMAND = "核灾并公布名单"


def asked(stage: Stage, unit: str, due_on: date = date(2014, 2, 12)) -> Decision:
    return decided(stage, stage.handling(), "keep", follow_up=FollowUp(unit, due_on, DEMAND))


def test_the_unit_finds_it_on_its_desk_with_its_light_and_reports(stage: Stage) -> None:
    decision = asked(stage, "zhaiyang")
    handler, here = browser(stage, "handler"), f"/desk/follow-ups/{decision.pk}"
    desk = body(handler, "/desk")
    assert "联席会议要求落实，等本单位报告" in desk
    assert f'href="{here}"' in desk
    matter = body(handler, f"/desk/matters/{decision.item.matter.number}")
    assert DEMAND in matter
    assert f'href="{here}"' in matter
    page = body(handler, here)
    assert DEMAND in page
    assert 'class="light light--yellow"' in page  # due today
    empty = handler.post(here, {"text": "", "once": "a"})
    assert empty.status_code == 422
    assert "请写明按决定做了什么" in empty.content.decode()
    for _twice in range(2):
        assert handler.post(here, {"text": "名单已上墙", "once": "a"}).status_code == 302
    assert FollowUpReport.objects.count() == 1
    assert "联席会议要求落实，等本单位报告" not in body(handler, "/desk")
    assert "已报告，等督查室核实" in body(handler, "/desk/follow-ups")
    office = browser(stage, "office")
    item = body(office, f"/office/docket/{decision.item_id}")
    assert item.index("名单已上墙") < item.index("落实了吗")
    assert "已报告，等督查室核实" in body(office, "/office/meeting")
    review = {"done": "yes", "note": "属实", "once": "b"}
    assert office.post(f"/office/docket/{decision.item_id}/review", review).status_code == 302
    assert "已落实" in body(handler, here)
    late = handler.post(here, {"text": "补充", "once": "c"})
    assert late.status_code == 409
    assert "补充" in late.content.decode()


def test_a_unit_that_does_not_hold_the_matter_reads_what_it_is_asked_and_no_name(stage: Stage) -> None:
    decision = asked(stage, "chengguan")
    other = browser(stage, "handler2")
    assert f"/desk/follow-ups/{decision.pk}" in body(other, "/desk")
    page = body(other, f"/desk/follow-ups/{decision.pk}")
    assert DEMAND in page
    assert f"这件事由{decision.item.matter.unit.name}办理" in page
    for hidden in ("维持", decision.reason, "石明亮"):
        assert hidden not in page
    holder: Client = browser(stage, "handler")
    assert DEMAND not in body(holder, f"/desk/matters/{decision.item.matter.number}")
    assert holder.get(f"/desk/follow-ups/{decision.pk}").status_code == 404


def test_a_unit_that_is_asked_nothing_reads_what_would_stand_there(stage: Stage) -> None:
    handler = browser(stage, "handler")
    assert "没有要求本单位落实的事" in body(handler, "/desk/follow-ups")
    decided(stage, stage.handling(), "keep", at("2014-02-12 09:00").strftime("%Y-%m-%d %H:%M"))
    assert "等本单位报告" not in body(handler, "/desk")
