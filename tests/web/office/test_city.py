"""The whole city: trays, lights, alarms, units and their lists; a leader's directive; the publisher's room."""

from __future__ import annotations

import pytest
import time_machine

from duban.catalogue.models import Standard
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.handling import complete
from duban.matters.verbs.registering import Registered
from duban.publication.models import Publication
from duban.supervision.entering import enter
from duban.supervision.sweep import sweep
from tests import city as planting

from ..conftest import As, page, register_matter

CITY_PAGES = (
    "/office", "/office/matters", "/office/alarms", "/office/trays/to_assign", "/office/trays/returns",
    "/office/trays/extensions", "/office/trays/silent", "/office/trays/completed",
)  # fmt: skip


@pytest.mark.parametrize("path", CITY_PAGES)
def test_the_city_is_open_to_who_may_see_it_and_to_nobody_else(signed_in: As, path: str) -> None:
    for username in ("office", "member", "leader"):
        assert signed_in(username).get(path).status_code == 200
    for username in ("handler", "head", "clerk", "publisher", "inspector", "sysadmin", "secadmin", "auditor"):
        assert signed_in(username).get(path).status_code == 403


def test_trays_and_lights_are_counted(signed_in: As, registered: Registered, luo: planting.Person) -> None:
    register_matter(luo, planting.at("2014-01-07 08:00"), place="", title="别的事")
    text = page(signed_in("office").get("/office"))
    assert "待交办 <b>1</b>" in text
    assert "退单待裁定 <b>0</b>" in text
    assert "在办 2 件" in text
    assert "/office/matters?unit=zhaiyang" in text
    assert "没有在办事项的" in text


def test_a_unit_opens_in_one_click_and_by_name(signed_in: As, registered: Registered) -> None:
    office = signed_in("office")
    assert registered.matter.number in page(office.get("/office/matters?unit=zhaiyang"))
    assert registered.matter.number in page(office.get("/office/matters?unit=寨阳乡人民政府"))
    assert registered.matter.number not in page(office.get("/office/matters?unit=chengguan"))
    assert registered.matter.number in page(office.get("/office/matters?light=yellow"))
    assert office.get("/office/matters?status=nonsense").status_code == 422


def test_a_line_of_a_tray_opens_the_ruling_for_who_may_rule(
    signed_in: As, registered: Registered, city: planting.Cast
) -> None:
    number = registered.matter.number
    request_return(
        matter=number, reason="不属本乡", suggested="chengguan", actor=city.handler.actor,
        now=planting.at("2014-01-06 16:00"),
    )  # fmt: skip
    link = f"/desk/matters/{number}/return-ruling?tray=returns"
    assert link in page(signed_in("office").get("/office/trays/returns"))
    assert link not in page(signed_in("leader").get("/office/trays/returns"))
    assert number in page(signed_in("leader").get("/office/trays/returns"))


def test_there_is_no_other_tray(signed_in: As) -> None:
    assert signed_in("office").get("/office/trays/rubbish").status_code == 404


def test_silent_matters_wait_for_a_callback(
    signed_in: As, completed: Registered, clock: time_machine.Traveller
) -> None:
    clock.move_to(planting.at("2014-01-15 09:00"))
    assert completed.matter.number in page(signed_in("office").get("/office/trays/silent"))


def test_alarms_are_dated_to_their_boundary(
    signed_in: As, registered: Registered, clock: time_machine.Traveller
) -> None:
    late = planting.at("2014-01-09 10:00")
    clock.move_to(late)
    sweep(late)
    enter()
    text = page(signed_in("office").get("/office/alarms"))
    assert "1月8日 00:00 亮灯" in text
    assert "坪朗村蓄水池" in text
    assert "坪朗村蓄水池" not in page(signed_in("office").get("/office/alarms?unit=chengguan"))


def test_a_directive_runs_through_the_same_pipeline_and_its_leader_judges_it(
    signed_in: As, city: planting.Cast, standards: dict[str, Standard], clock: time_machine.Traveller
) -> None:
    leader = signed_in("leader")
    assert leader.post("/office/directive", {"title": "", "body": ""}).status_code == 422
    sent = {"title": "春节前清欠农民工工资", "body": "逐项目清查。", "unit": "寨阳乡人民政府", "once": "a"}
    first = leader.post("/office/directive", sent)
    assert first.headers["Location"] == leader.post("/office/directive", sent).headers["Location"]
    matter = Matter.objects.get()
    assert matter.kind == "directive"
    assert matter.unit_id == "zhaiyang"
    accept(
        matter=matter.number, contact_method="system", contact_note="收到，马上清查。",
        standard=standards["relief"].pk, actor=city.handler.actor, now=planting.at("2014-01-07 09:30"),
    )  # fmt: skip
    complete(
        matter=matter.number, outcome="solved", statement="12 个项目已清查，工资全部发放。",
        actor=city.handler.actor, now=planting.at("2014-01-07 10:00"),
    )  # fmt: skip
    clock.move_to(planting.at("2014-01-07 11:00"))
    here = f"/desk/matters/{matter.number}"
    assert f"{here}/verdict" in page(leader.get(here))
    assert f"{here}/verdict" not in page(signed_in("office").get(here))
    assert leader.post(f"{here}/verdict", {"grade": ""}).status_code == 422
    assert leader.post(f"{here}/verdict", {"grade": "5"}).status_code == 302
    assert Matter.objects.get().state == "closed"


@pytest.mark.parametrize("username", ["office", "member", "handler", "clerk", "auditor"])
def test_only_a_leader_issues_directives(signed_in: As, username: str) -> None:
    assert signed_in(username).get("/office/directive").status_code == 403


@pytest.fixture
def closed(completed: Registered) -> Registered:
    """罗家祥's matter, judged good; he agreed that it be published."""
    give_verdict(
        matter=completed.matter.number,
        grade=5,
        actor=petitioner_of(completed.matter),
        now=planting.at("2014-01-07 08:45"),
    )
    return completed


def test_the_publisher_approves_and_takes_down(signed_in: As, closed: Registered) -> None:
    publisher, number = signed_in("publisher"), closed.matter.number
    assert number in page(publisher.get("/office/publications"))
    here = f"/office/publications/{number}"
    assert "坪朗村蓄水池容量不足" in page(publisher.get(here))
    sent = {"title": "坪朗村供水", "summary": "蓄水池容量不足。罗家祥电话 13874300001。", "reply": "已修好。"}
    left = publisher.post(here, sent)
    assert left.status_code == 409
    assert "还有疑似个人信息" in page(left)
    assert publisher.post(here, {**sent, "summary": ""}).status_code == 422
    assert publisher.post(here, {**sent, "summary": "蓄水池容量不足。"}).status_code == 302
    assert Publication.objects.get().title == "坪朗村供水"
    assert "坪朗村供水" in page(publisher.get("/office/publications?show=up"))
    assert publisher.post(f"{here}/takedown", {"reason": ""}).status_code == 422
    assert publisher.post(f"{here}/takedown", {"reason": "内容有误"}).status_code == 302
    assert "内容有误" in page(publisher.get("/office/publications?show=down"))


def test_a_matter_whose_petitioner_did_not_agree_is_not_there(
    signed_in: As, city: object, luo: planting.Person
) -> None:
    registered = register_matter(luo, planting.at("2014-01-06 15:00"), publish=False)
    assert signed_in("publisher").get(f"/office/publications/{registered.matter.number}").status_code == 404


@pytest.mark.parametrize("username", ["office", "leader", "handler", "clerk", "sysadmin"])
def test_publishing_is_the_publishers_alone(signed_in: As, closed: Registered, username: str) -> None:
    client = signed_in(username)
    for path in ("", f"/{closed.matter.number}", f"/{closed.matter.number}/takedown"):
        assert client.get(f"/office/publications{path}").status_code == 403
