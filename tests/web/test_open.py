"""Open pages: results, the catalogue, the figures; and what they say while there is nothing to show."""

from __future__ import annotations

import pytest
from django.test import Client

from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.opening import petitioner_of
from duban.matters.verbs.registering import Registered
from duban.publication.verbs import approve, take_down
from duban.web.words import GRADES
from tests import city as planting

from .conftest import NINE, page, register_matter


@pytest.fixture
def published(completed: Registered, city: planting.Cast) -> str:
    """罗家祥's matter, judged and published; its number."""
    matter = completed.matter
    give_verdict(matter=matter.number, grade=5, actor=petitioner_of(matter), now=NINE)
    approve(
        matter=matter.number,
        title="坪朗村蓄水池修好",
        summary="蓄水池容量有限，部分水管损坏。",
        reply="更换接头 4 处，12 户来水。",
        actor=city.publisher.actor,
        now=NINE,
    )
    return matter.number


def test_home_has_seven_doors_and_speaks_when_empty(client: Client, units: object) -> None:
    text = page(client.get("/"))
    doors = ("我要挂号", "进度查询", "我要评价", "结果公示", "办事清单", "统计红黑榜", "代码举报")
    assert all(f'<span class="door__name">{door}</span>' in text for door in doors)
    assert "此刻没有在办的事" in text
    assert "还没有人挂号" in text
    assert "2014年1月7日 星期二" in text


def test_home_shows_lights_results_and_census(client: Client, published: str, wu: planting.Person) -> None:
    register_matter(wu, NINE)
    text = page(client.get("/"))
    assert "此刻全城在办 1 件" in text
    assert "全城在办 1 件：正常 1 件，临期 0 件，逾期 0 件" in text
    assert "坪朗村蓄水池修好" in text
    assert "挂号至今 2 件" in text
    assert "办结销号 1，办结待审核 0，办理中 0，受理中 1" in text


def test_home_costs_few_statements(
    client: Client, published: str, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/")


def test_results_are_listed_and_looked_through(client: Client, published: str) -> None:
    text = page(client.get("/public"))
    assert "坪朗村蓄水池修好" in text
    assert "提前 2 个工作日" in text
    assert any(f">{grade}<" in text for grade in GRADES.values())
    assert "坪朗村蓄水池修好" in page(client.get("/public?unit=zhaiyang&kind=hardship&q=水管"))
    assert "没有找到这样的公示" in page(client.get("/public?unit=chengguan"))
    assert client.get("/public?kind=nonsense").status_code == 200
    assert client.get("/public?after=nonsense").status_code == 422


def test_a_public_matter_says_everything_and_names_nobody(client: Client, published: str) -> None:
    text = page(client.get(f"/public/{published}"))
    assert "更换接头 4 处，12 户来水。" in text
    assert "非常满意" in text
    assert "寨阳乡" in text
    for secret in ("罗家祥", "罗**", "13874300001", "坪朗村</span>"):
        assert secret not in text


def test_what_is_not_published_does_not_exist(client: Client, completed: Registered) -> None:
    assert client.get(f"/public/{completed.matter.number}").status_code == 404
    assert client.get("/public/nonsense").status_code == 404


def test_a_takedown_leaves_a_stub(client: Client, published: str, city: planting.Cast) -> None:
    take_down(matter=published, reason="涉及商业秘密", actor=city.publisher.actor, now=NINE)
    response = client.get(f"/public/{published}")
    assert response.status_code == 410
    assert "涉及商业秘密" in page(response)
    assert "蓄水池" not in page(response)
    assert "还没有公示的结果" in page(client.get("/public"))


def test_the_catalogue_by_unit_and_by_word(client: Client, city: object) -> None:
    text = page(client.get("/catalogue"))
    assert "寨阳乡人民政府" in text
    assert "3 项" in text
    assert "共 6 项" in text
    found = page(client.get("/catalogue?unit=zhaiyang"))
    assert "农村安全饮水设施维修" in found
    assert "占道经营清理" not in found
    assert "路灯维修" in page(client.get("/catalogue?q=路灯"))
    assert "清单里没有这样的事项" in page(client.get("/catalogue?q=火箭"))


def test_the_catalogue_before_its_first_edition(client: Client, units: object) -> None:
    assert "清单还没有公布" in page(client.get("/catalogue"))


def test_a_standard_with_its_editions(client: Client, city: object, standards: dict[str, object]) -> None:
    row = standards["water"]
    text = page(client.get(f"/catalogue/{row.pk}"))  # type: ignore[attr-defined]
    assert "3 个工作日" in text
    assert "现场核实" in text
    assert "第 1 版" in text
    assert "/register?unit=zhaiyang" in text
    assert client.get("/catalogue/999999").status_code == 404


def test_the_figures_now_and_on_a_day(client: Client, completed: Registered, wu: planting.Person) -> None:
    register_matter(wu, NINE)
    text = page(client.get("/statistics"))
    assert "挂号 2 件" in text
    assert "办结待审核 1" in text
    before = page(client.get("/statistics?as_of=2014-01-06"))
    assert "挂号 1 件" in before
    assert "办理中 1" in before
    assert "2014年1月6日 星期一 24 时" in before
    assert "这一天还没有人挂号" in page(client.get("/statistics?as_of=2013-12-09"))
    unit = page(client.get("/statistics?unit=chengguan"))
    assert "市城市管理" in unit
    assert "挂号 0 件" in unit


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2014-02-30", "日期须写成"), ("nonsense", "日期须写成"), ("2014-01-08", "还没有到")],
)
def test_a_day_that_cannot_be(client: Client, units: object, day: str, sentence: str) -> None:
    response = client.get(f"/statistics?as_of={day}")
    assert response.status_code == 422
    assert sentence in page(response)


def test_units_stand_most_red_first(client: Client, registered: Registered, wu: planting.Person) -> None:
    register_matter(wu, NINE, unit="chengguan", title="另一件")
    text = page(client.get("/statistics")).split("各单位在办事项的灯色")[1]
    assert text.index("寨阳乡人民政府") < text.index("市城市管理")
    assert "另有 2 个单位此刻没有在办的事" in text


def test_coded_reports_say_where_to_turn(client: Client) -> None:
    assert "12388" in page(client.get("/coded-report"))


def test_the_run_and_the_units_stand_behind_the_six_figures(
    client: Client, completed: Registered, wu: planting.Person
) -> None:
    register_matter(wu, NINE, unit="chengguan", title="另一件")
    text = page(client.get("/statistics"))
    assert "到1月7日挂号 2 件，销号 0 件" in text
    by_unit = text.split("看各单位的数字")[1].split("</details>")[0]
    assert by_unit.index("寨阳乡人民政府") < by_unit.index("合计</th><td")
    assert "120 天走势" not in page(client.get("/statistics?as_of=2013-12-09"))
    assert "看各单位的数字" not in page(client.get("/statistics?unit=zhaiyang"))


def test_figures_of_the_first_day_of_all(client: Client, units: object) -> None:
    assert client.get("/statistics?as_of=0001-01-01").status_code == 200
