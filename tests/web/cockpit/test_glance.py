"""The cockpit: what it shows, what it leads to, and what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.ledgers.folding import fold
from duban.matters.verbs.registering import Registered, register
from duban.supervision.sweep import sweep
from duban.supervision.verbs.docketing import put_on_docket
from duban.supervision.verbs.ordering import issue_order
from tests import city as planting

from ..conftest import NINE, As, page, register_matter

MOST = 17  # statements, with session and account


@pytest.mark.parametrize("username", ["leader", "office", "member"])
def test_who_sees_the_city_sees_the_cockpit(signed_in: As, registered: Registered, username: str) -> None:
    text = page(signed_in(username).get("/office/cockpit"))
    assert "挂号 1 件" in text
    assert '<a href="/office/cockpit" aria-current="page">驾驶舱</a>' in text
    assert ("本办公室的指示" in text) == (username == "leader")


def test_an_empty_city_says_what_will_come(signed_in: As) -> None:
    text = page(signed_in("leader").get("/office/cockpit"))
    for said in (
        "群众挂号以后",
        "此刻没有红灯",
        "此刻没有在办的事",
        "这十二周里没有人挂号",
        "这 60 天里没有人挂号",
    ):
        assert said in text
    for said in ("没有未销号的指示", "每条报警都有人处置了", "有事等着受理的单位，都有人登录过"):
        assert said in text


def test_the_oldest_red_names_its_workdays_unit_and_handler(
    signed_in: As, city: planting.Cast, luo: planting.Person
) -> None:
    number = register_matter(luo, planting.at("2014-01-02 09:00")).matter.number
    text = page(signed_in("leader").get("/office/cockpit"))
    row = text.split("红灯最久的事项")[1].split("</tbody>")[0]
    assert f"/desk/matters/{number}" in row
    assert "寨阳乡人民政府" in row
    assert "还没有人经办" in row
    assert '<span class="light__note">2 个工作日</span>' in row


def test_every_figure_leads_to_the_list_it_counts(
    signed_in: As, handled: Registered, completed: Registered, luo: planting.Person
) -> None:
    register_matter(
        luo, planting.at("2014-01-02 09:00"), title="人民北路路灯", place="人民北路 22 号", kind="suggestion"
    )
    register_matter(luo, planting.at("2013-12-10 09:00"), title="年前的", place="寨阳乡坪朗村")
    leader = signed_in("leader")
    text = page(leader.get("/office/cockpit"))
    links = re.findall(r'<td[^>]*class="n"[^>]*><a href="(/office/matters[^"]*)">(\d+)</a>', text)
    assert len(links) >= 15
    for href, figure in links:
        listed = page(leader.get(href.replace("&amp;", "&")))
        assert listed.count('class="job"') == int(figure), href


def test_a_past_day_shows_its_own_figures(signed_in: As, completed: Registered) -> None:
    fold()
    leader = signed_in("leader")
    assert "挂号 0 件" in page(leader.get("/office/cockpit?as_of=2014-01-05"))
    text = page(leader.get("/office/cockpit?as_of=2014-01-06"))
    assert "截至2014年1月6日" in text
    assert "挂号 1 件" in text


@pytest.mark.parametrize(
    ("day", "status"), [("2014-01-08", 422), ("2014-02-30", 422), ("x", 422), ("0001-01-01", 200)]
)
def test_a_day_that_cannot_be_is_pointed_out(
    signed_in: As, city: planting.Cast, day: str, status: int
) -> None:
    response = signed_in("leader").get(f"/office/cockpit?as_of={day}")
    assert response.status_code == status
    assert status == 200 or day in page(response)


def test_charts_are_read_aloud_and_have_their_figures_as_tables(signed_in: As, completed: Registered) -> None:
    text = page(signed_in("leader").get("/office/cockpit"))
    assert "十二周里每周挂号和销号的件数，最近七天挂号 1 件，销号 0 件" in text
    assert "十二周里每周最后一天逾期的件数，最近一周 0 件" in text
    assert "未销号事项挂号以来的天数：3 天以内 1，4 到 7 天 0" in text
    for caption in (
        "六种状态和前一天、一周前相比",
        "每周挂号、销号和最后一天逾期",
        "未销号事项按状态和天数",
        "类别",
        "乡镇、街道",
    ):
        assert f'<caption class="unseen">{caption}</caption>' in text


@pytest.mark.parametrize(
    "query", ["kind=x", "state=x", "age=x", "township=x", "since=2014-02-30", "until=yesterday"]
)
def test_a_list_narrowed_by_rubbish_is_refused(signed_in: As, city: planting.Cast, query: str) -> None:
    assert signed_in("leader").get(f"/office/matters?{query}").status_code == 422


def test_a_narrowed_list_says_to_what_and_pages_on(
    signed_in: As, city: planting.Cast, luo: planting.Person
) -> None:
    for n in range(52):
        register_matter(luo, planting.at("2014-01-06 09:00"), title=f"第 {n} 件")
    leader = signed_in("leader")
    text = page(leader.get("/office/matters?since=2014-01-06&until=2014-01-06&place=坪朗村"))
    assert "只看：坪朗村、1月6日至1月6日挂号" in text
    assert text.count('class="job"') == 50
    onward = re.search(r'class="onward"><a class="btn" href="([^"]*)"', text)
    assert onward
    assert page(leader.get(onward[1].replace("&amp;", "&"))).count('class="job"') == 2
    with CaptureQueriesContext(connection) as statements:
        leader.get("/office/matters?since=2014-01-06&until=2014-01-06&place=坪朗村")
    assert len([one for one in statements if "matters_matter" in one["sql"]]) == 1


def test_a_township_s_list_shows_the_villages_within(
    signed_in: As, city: planting.Cast, luo: planting.Person
) -> None:
    for place in ("寨阳乡坪朗村", "寨阳乡坪朗村三组", "寨阳乡补点村", "人民北路"):
        register_matter(luo, planting.at("2014-01-06 09:00"), title=f"{place}的事", place=place)
    leader = signed_in("leader")
    text = page(leader.get("/office/matters?since=2014-01-06&until=2014-01-06&township=寨阳乡"))
    assert text.count('class="job"') == 3
    found = re.findall(r'<li><a href="([^"]*)">([^<]*)</a> <b>(\d+)</b>', text)
    assert [(name, number) for _href, name, number in found] == [("坪朗村", "2"), ("补点村", "1")]
    for href, _name, number in found:
        within = page(leader.get(href.replace("&amp;", "&")))
        assert within.count('class="job"') == int(number)
        assert "只看：寨阳乡、" in within
    text = page(leader.get("/office/matters?since=2014-01-06&until=2014-01-06&township=-"))
    assert "只看：没有写明乡镇、街道" in text
    assert text.count('class="job"') == 1


def test_what_nobody_has_answered_stands_there(
    signed_in: As, city: planting.Cast, luo: planting.Person
) -> None:
    number = register_matter(luo, planting.at("2014-01-02 09:00")).matter.number
    sweep(NINE)
    leader = signed_in("leader")
    text = page(leader.get("/office/cockpit"))
    watched = text.split('id="k9"')[1].split("</section>")[0]
    assert "没有人处置的报警 2 条" in watched
    assert f"/desk/matters/{number}" in watched
    assert "已 2 个工作日" in watched
    other = text.split('id="k10"')[1].split("</section>")[0]
    assert "寨阳乡人民政府" in other
    assert "从未登录" in other
    issue_order(
        colour="red", demand="今天受理。", reply_by=planting.at("2014-01-07 09:00").date(), matter=number,
        actor=city.office.actor, now=NINE,
    )  # fmt: skip
    put_on_docket(matter=number, reason="没有人管。", actor=city.office.actor, now=NINE)
    text = page(leader.get("/office/cockpit"))
    assert "每条报警都有人处置了" in text
    assert '<a href="/office/orders?state=open">1</a>' in text
    assert '<a href="/office/meeting">1</a>' in text
    for href in ("/office/orders?state=open", "/office/orders?state=overdue", "/office/alarms?colour=red"):
        assert leader.get(href).status_code == 200


def test_it_costs_the_same_however_many_matters_there_are(signed_in: As, city: planting.Cast) -> None:
    leader = signed_in("leader")
    costs = []
    for n in (0, 3, 30):
        for one in range(n):
            register(
                kind="directive", title=f"第 {n}-{one} 件", body="办好。", place=f"地点 {one}", petitioner=None,
                unit="zhaiyang", actor=city.leader.actor, now=planting.at("2014-01-02 09:00"),
            )  # fmt: skip
        sweep(NINE)  # so that alarms wait, and a silent unit is looked for
        leader.get("/office/cockpit")
        with CaptureQueriesContext(connection) as statements:
            assert leader.get("/office/cockpit").status_code == 200
        # The book looks once a second whether it has been amended; that goes by the clock, not by the city.
        costs.append(len([one for one in statements if "catalogue_" not in one["sql"]]))
    assert costs[1] == costs[2] <= MOST
