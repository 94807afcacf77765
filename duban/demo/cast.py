"""The article's own cases, on their own days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from duban.core.zone import SHANGHAI
from duban.matters.verbs.registering import Petitioner

from .cases import Case
from .lives import Planner
from .persons import person
from .stories import Story

WU = person("吴长生", date(1958, 9, 20), 5, "13900009901")  # 社塘坡乡强虎村 保洁员
LUO = person("罗家祥", date(1965, 3, 12), 1, "13900009902")  # 寨阳乡坪朗村
TENG = person("滕文洋", date(1979, 4, 5), 3, "13900009903")  # 州委政研室


def at(text: str) -> datetime:
    """The instant a clock in Shanghai shows."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def cases(planner: Planner) -> Iterator[Case]:
    """Each with its deeds as the article tells them; what it leaves open goes as such matters go."""
    yield wage(planner)
    yield pipes(planner)
    yield reservoir(planner)
    yield from four_city_matters(planner)


def _case(planner: Planner, story: Story, who: Petitioner, **given: object) -> Case:
    return planner.case(story, person=who, publish=True, confidential=False, **{"clerk": "", **given})


def wage(planner: Planner) -> Case:
    """吴长生, the second day of operation: a raise; on Saturday 2013-12-14 decided for all 34 cleaners."""
    story = Story(
        kind="hardship",
        title="强虎村保洁员工资偏低，请求提高",
        body="我是强虎村保洁员，每天早晚清扫村道和垃圾池，每月工资400元，物价上涨，养家困难，请求适当提高。",
        place="社塘坡乡强虎村",
        unit="shetangpo",
        standard="shetangpo-pingyong",
        done="乡政府2013年12月14日研究决定：全乡34名保洁员工资由原来的每人每月400元提高到600元，从本月起执行。",
        reply="乡政府研究决定，全乡34名保洁员工资由每人每月400元提高到600元。",
    )
    case = _case(planner, story, WU)
    case.plan(at("2013-12-10 09:20"), case.register)
    case.plan(
        at("2013-12-10 15:40"), case.accept, note="当面了解保洁员的工作量和家庭情况，约定在清单期限内答复。"
    )
    case.plan(
        at("2013-12-12 10:05"), case.report, note="已统计全乡保洁员34人及现行工资，提交乡长办公会研究。"
    )
    case.plan(at("2013-12-14 16:30"), case.complete)
    case.plan(
        at("2013-12-16 08:10"), case.judge, grade=5, comment="反映第二天就有人来问，几天就涨了工资，谢谢。"
    )
    return case


def pipes(planner: Planner) -> Case:
    """罗家祥: no water in 坪朗村; pipes and fittings delivered on Sunday 2014-01-12."""
    story = Story(
        kind="hardship",
        title="坪朗村饮水困难，水管损坏",
        body="因蓄水池容量有限以及部分水管损坏，坪朗村村民存在饮水困难，高处十几户每天要下山挑水，请求解决水管。",
        place="寨阳乡坪朗村",
        unit="zhaiyang",
        standard="zhaiyang-yinshui",
        done="1月12日将水管和配件送进村，水管员带村民更换破损水管，1月14日全部接通，高处农户来水。",
        reply="乡政府已将水管和配件送进村并接通，恢复供水。",
    )
    case = _case(planner, story, LUO)
    case.plan(at("2014-01-07 10:12"), case.register)
    case.plan(
        at("2014-01-07 16:05"), case.accept, note="电话联系诉求人，问清破损水管的位置和长度，约定上门查看。"
    )
    case.plan(at("2014-01-09 15:30"), case.report, note="已到村查看，丈量需更换水管420米，正在采购。")
    case.plan(at("2014-01-12 11:20"), case.report, note="水管和配件已送进坪朗村，村水管员清点签收。")
    case.plan(at("2014-01-14 16:40"), case.complete)
    case.plan(at("2014-01-15 19:02"), case.judge, grade=5, comment="水管送到村里了，吃水不愁了。")
    return case


def reservoir(planner: Planner) -> Case:
    """The same village's reservoir before the Spring Festival: three workdays from 01-30 end on 02-10."""
    story = Story(
        kind="hardship",
        title="坪朗村蓄水池容量不足，高处农户断水",
        body="过年返乡人多，坪朗村蓄水池容量不足，高处12户从昨天起断水，请求加装水箱并查漏。",
        place="寨阳乡坪朗村",
        unit="zhaiyang",
        standard="zhaiyang-yinshui",
        done="更换漏水接头4处，加装5吨临时水箱，高处12户全部来水，村水管员每日巡查。",
        reply="已查漏换管并加装水箱，12户全部来水。",
    )
    case = _case(planner, story, LUO, clerk="zhaiyang")
    case.plan(at("2014-01-29 15:06"), case.register)
    case.plan(
        at("2014-01-30 10:25"), case.accept,
        note="10:05 电话联系诉求人，问清高处12户断水的情况，说明节后三个工作日内办结。",
        due_on=date(2014, 2, 10),
    )  # fmt: skip
    case.plan(at("2014-02-07 11:15"), case.report, note="水利员已到村查漏，找到漏点4处，水箱今天装车。")
    case.plan(at("2014-02-08 16:40"), case.complete)
    case.plan(at("2014-02-09 09:12"), case.judge, grade=4, comment="来水了。希望以后冬天前就检查。")
    return case


def four_city_matters(planner: Planner) -> Iterator[Case]:
    """滕文洋: four matters of the town on 2014-02-13, answered in detail on 02-14 with a clear promise."""
    for minute, days, story in (
        (5, 5, Story(
            "hardship", "人民北路路面坑槽多，雨天积水",
            "人民北路多处路面坑槽，雨天积水，电动车经过容易摔倒，建议尽早修补并建立日常管护。",
            "镇溪街道人民北路", "zhujian", "zhujian-kengcao",
            "修补坑槽17处共86平方米，人民北路纳入每周一次的道路巡查。",
            "坑槽已修补，路段纳入每周巡查。")),
        (18, 3, Story(
            "hardship", "环城路渣土抛洒，道路管护不到位",
            "环城路渣土车夜间抛洒严重，道路清扫不及时，请加强道路管护。",
            "石家冲街道环城路", "chengguan", "chengguan-daolu",
            "夜间设卡查处抛洒车辆6台，环城路每晚冲洗一次。",
            "已设卡查处抛洒车辆，环城路每晚冲洗。")),
        (31, 3, Story(
            "hardship", "团结广场周边摊点乱摆，市容管理跟不上",
            "团结广场周边流动摊点乱摆，垃圾随手丢，市容管理时好时坏，请拿出长效办法。",
            "峒河街道团结广场", "chengguan", "chengguan-zhandao",
            "划定疏导点1处，入点摊位32个，早晚两班值守到位。",
            "已设疏导点并安排早晚值守。")),
        (44, 3, Story(
            "question", "乾州片区管道天然气何时建成",
            "听说城区正在建设管道天然气，请问乾州片区主管网何时建成，住户怎样开户，收费标准是什么。",
            "乾州街道", "zhujian", "zhujian-tianranqi",
            "乾州片区主管网4月底完工，5月起分小区通气；凭身份证到服务窗口开户，费用按物价部门批文执行。",
            "乾州片区主管网4月底完工，5月起分小区通气，开户和收费办法已公布。")),
    ):  # fmt: skip
        case = _case(planner, story, TENG)
        case.plan(at(f"2014-02-13 20:{minute:02d}"), case.register)
        if not (case.wish or story.routed_to(planner.book)):
            case.plan(at("2014-02-14 08:35"), case.assign)
        case.plan(
            at(f"2014-02-14 09:{minute:02d}"), case.accept, note="电话向诉求人详细说明了现状和办理安排。"
        )
        case.plan(
            at(f"2014-02-14 15:{minute:02d}"), case.report,
            note=f"书面答复已发诉求人，承诺{days}个工作日内：{story.reply}",
        )  # fmt: skip
        done = at(f"2014-02-{17 if days == 3 else 19} 16:{minute:02d}")
        case.plan(done, case.complete)
        case.plan(at(f"2014-02-20 21:{minute:02d}"), case.judge, grade=5 if minute != 31 else 4)
        yield case
