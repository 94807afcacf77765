"""The five checklists a fresh installation starts with.

The source names 五查 and not their content (domain rule 12); these come from what offices of the kind look at on
site. They are a beginning: the office amends them, and every version stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from duban.core.checks import Key


@dataclass(frozen=True, slots=True)
class Planted:
    """A first version."""

    key: Key
    title: str
    purpose: str
    items: tuple[str, ...]


FIVE: tuple[Planted, ...] = (
    Planted(
        Key.ACCEPTANCE,
        "查受理",
        "是不是及时受理，受理前有没有真的联系群众。",
        (
            "是否在受理时限内受理",
            "受理前是否真的联系过诉求人（向诉求人核实）",
            "记下的联系情况与诉求人所说是否一致",
            "没有让诉求人再跑别的单位",
        ),
    ),
    Planted(
        Key.COMMITMENT,
        "查承诺",
        "选的办理标准对不对，承诺的期限是不是实在。",
        (
            "选用的办理标准与事情是否相符",
            "承诺期限是否没有拖到最后、没有以大标准套小事",
            "诉求人是否知道承诺的内容和日期",
            "收费是否与清单一致，没有多收",
        ),
    ),
    Planted(
        Key.PROGRESS,
        "查进展",
        "报的进展在现场是不是属实，有没有停着不办。",
        (
            "上报的进展在现场是否属实",
            "照这个进度能否按期办结",
            "诉求人是否知道办到哪一步",
            "延期的理由是否成立（没有延期选“不适用”）",
        ),
    ),
    Planted(
        Key.COMPLETION,
        "查办结",
        "办结说明写的是不是真的做了，凭据在不在。",
        (
            "办结说明所写的，现场是否已经做到",
            "凭据（照片、票据、文书）是否齐全、真实",
            "问题是否真正解决，没有留尾巴",
            "写“不能解决”的，依据是否站得住（不是选“不适用”）",
            "诉求人是否认可办理结果",
        ),
    ),
    Planted(
        Key.CONDUCT,
        "查作风",
        "回访是不是真的，待群众的态度好不好，有没有吃拿卡要。",
        (
            "经办人待人是否有礼、耐心",
            "评价是否由诉求人本人作出，没有人劝说或代评",
            "回访记录是否属实（没有回访选“不适用”）",
            "没有吃拿卡要、优亲厚友",
            "诉求人的个人情况是否得到保密",
        ),
    ),
)
