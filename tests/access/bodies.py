"""What is sent to the addresses that act: a content each would take from someone who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duban.core.policy import Policy
from tests.city import PASSWORD, person

from .areas import AREAS
from .scene import Scene

Content = Callable[[Scene], dict[str, Any]]
Steps = Callable[[Scene], list[tuple[str, dict[str, Any]]]]

SHI = person("石阿婆", "19511106", 7, "13974300009")
MATTER = {
    "kind": "hardship",
    "title": "坪朗村水管又漏了",
    "body": "三组的接头漏水，请修理。",
    "place": "寨阳乡坪朗村",
}
FILLED = {**MATTER, "unit": "", "previous": "", "publish": "on", **SHI.form()}


def said(**fields: Any) -> Content:
    """The same for every scene."""
    return lambda scene: dict(fields)


def water(scene: Scene) -> int:
    """The standard 寨阳乡 promises by."""
    return scene.stage.standards["water"].pk


_STANDARD = {
    "unit": "zhaiyang",
    "title": "水表更换",
    "kind": "hardship",
    "limit_workdays": "4",
    "fee": "不收费",
    "basis": "市政府公布的办事清单",
    "steps": "受理\n更换",
}
_DONE = {"outcome": "solved", "statement": "更换漏水接头 4 处，12 户全部来水。"}

FORMS: dict[str, Content] = {
    "register": said(**FILLED),
    "register_check": said(),
    "track": lambda scene: {"no": scene.number("assigned"), "code": scene.codes["assigned"]},
    "matter_verdict": said(grade="5", comment="来水了。"),
    "matter_addition": said(text="高处还有两户。"),
    "matter_withdrawal": said(reason="自己修好了", sure="on"),
    "sign_in": said(username="handler", password=PASSWORD),
    "counter": said(**FILLED),
    "desk_contact": said(reason="电话联系"),
    "desk_act:acceptance": lambda scene: {
        "contact_method": "phone", "contact_note": "问清了情况。", "standard": water(scene)
    },
    "desk_act:completion": said(**_DONE),
    "desk_act:progress": said(note="水管已经运到。"),
    "desk_act:return-request": said(reason="属城市管理", suggested="chengguan"),
    "desk_act:extension-request": said(reason="等配件", due_on="2014-01-24"),
    "desk_act:handler": said(handler="head"),
    "desk_act:assignment": said(unit="chengguan"),
    "desk_act:return-ruling": said(granted="yes", unit="chengguan"),
    "desk_act:extension-ruling": said(granted="yes"),
    "desk_act:callback": said(result="reached", note="已请他评价。"),
    "desk_act:verdict": said(grade="5"),
    "directive": said(title="查一查供水", body="三天内报告。", unit="寨阳乡人民政府"),
    "approval": said(title="供水", summary="供水修复。", reply="已修好。"),
    "takedown": said(reason="文字有误"),
    "password": said(present=PASSWORD, password="a much longer one", again="a much longer one"),
    "calendar": said(day="2014-03-03", kind="holiday", name="建州纪念"),
    "calendar_year": said(day="2014-03-03", kind="holiday", name="建州纪念"),
    "announcement": said(year="2028", status="announced", source="国办", days="2028-01-03 休 元旦"),
    "policy": lambda scene: {**Policy().as_dict(), "callback_days": 8, "note": "试行"},
    "routing": said(place="强虎", unit="zhaiyang", rank="100"),
    "editions": said(note="换版"),
    "standard_new": said(**_STANDARD),
    "standard_draft": said(**_STANDARD),
    "standard_deed": said(retire="lamps"),
    "account_new": said(username="newcomer", display_name="新来的", unit="zhaiyang"),
    "account_deed:password": said(password="a much longer one"),
    "account_deed:unit": said(unit="chengguan"),
    "account_deed:roles": said(roles="head"),
    **{page: sent for area in AREAS for page, sent in area.FORMS.items()},
}  # fmt: skip
"""Forms, by page (and verb)."""

CALLS: dict[str, Content] = {
    "matters": lambda scene: {**MATTER, "petitioner": SHI.form()},
    "matters/{number}/additions": said(text="高处还有两户。"),
    "matters/{number}/verdict": said(grade=5),
    "desk/matters": lambda scene: {**MATTER, "petitioner": SHI.form()},
    "desk/matters (directive)": said(kind="directive", title="查一查供水", body="三天内报告。"),
    "desk/matters/{number}/acceptance": lambda scene: {
        "contact": {"method": "phone", "note": "问清了情况。"}, "standard": water(scene)
    },
    "desk/matters/{number}/completion": said(**_DONE),
    "desk/matters/{number}/progress": said(note="水管已经运到。"),
    "desk/matters/{number}/return-request": said(reason="属城市管理", suggested_unit="chengguan"),
    "desk/matters/{number}/extension-request": said(reason="等配件", due_on="2014-01-24"),
    "desk/matters/{number}/hand-over": said(handler="head"),
    "desk/matters/{number}/assignment": said(unit="chengguan"),
    "desk/matters/{number}/return-ruling": said(granted=True, unit="chengguan"),
    "desk/matters/{number}/extension-ruling": said(granted=True),
    "desk/matters/{number}/callback": said(result="reached", note="已请他评价。"),
    "desk/matters/{number}/unmasking": said(reason="电话联系"),
    "desk/matters/{number}/publication": said(title="供水", summary="供水修复。", reply="已修好。"),
    "desk/policy": said(figures={"callback_days": 8}, note="试行"),
    "desk/matters/{number}/takedown": said(reason="文字有误"),
    **{call: sent for area in AREAS for call, sent in area.BODIES.items()},
}  # fmt: skip
"""JSON, by call."""


def _typed(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    return [("/register", dict(FILLED))]


def _sent(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    return [*_typed(scene), ("/register/check", {})]


def _at_counter(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    return [("/desk/register", dict(FILLED))]


def _handed_over(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    return [*_at_counter(scene), ("/desk/register/check", {})]


def _noted(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    return [("/settings/catalogue/notes", {"retire": "lamps"})]


BEFORE: dict[str, Steps] = {
    "editions": _noted,
    "register_check": _typed,
    "register_done": _sent,
    "counter_check": _at_counter,
    "counter_done": _handed_over,
}
"""What a visitor does first, so that the page has something to show."""
