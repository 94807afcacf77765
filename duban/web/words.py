"""The words of the vocabulary as people read them: statuses, lights, kinds, grades, roles, outcomes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from duban.core.census import Status
from duban.core.lights import Light
from duban.core.rights import Role
from duban.matters.words import GRADES, ORDERS, OUTCOMES, word

STATUSES: Mapping[str, str] = {
    Status.CLOSED: _("办结销号"),
    Status.PENDING_REVIEW: _("办结待审核"),
    Status.HANDLING: _("办理中"),
    Status.OVERDUE_COMPLETION: _("逾期未办结"),
    Status.ACCEPTING: _("受理中"),
    Status.OVERDUE_ACCEPTANCE: _("逾期未受理"),
}
LIGHTS: Mapping[str, str] = {
    Light.GREEN: _("正常"),
    Light.YELLOW: _("临期"),
    Light.RED: _("逾期"),
}
KINDS: Mapping[str, str] = {
    "hardship": _("民生诉求"),
    "permit": _("证照办理"),
    "suggestion": _("工作建议"),
    "complaint": _("部门投诉"),
    "question": _("政策咨询"),
    "directive": _("领导指示"),
}
KIND_HINTS: Mapping[str, str] = {
    "hardship": _("生活中的困难、要求"),
    "permit": _("办证、审批、登记"),
    "suggestion": _("希望怎样改进"),
    "complaint": _("办事中的不满"),
    "question": _("想问清楚的规定"),
}
CITIZEN_KINDS = tuple(KIND_HINTS)
ROLES: Mapping[str, str] = {
    Role.CLERK: _("终端管理员"),
    Role.HANDLER: _("经办人"),
    Role.HEAD: _("责任单位负责人"),
    Role.OFFICE: _("督查室"),
    Role.MEMBER: _("联席会议成员"),
    Role.INSPECTOR: _("纪检监察"),
    Role.PUBLISHER: _("公示员"),
    Role.LEADER: _("领导"),
    Role.SYSADMIN: _("系统管理员"),
    Role.SECADMIN: _("安全管理员"),
    Role.AUDITOR: _("审计管理员"),
}


ORDER_COLOURS: Mapping[str, str] = {
    "green": _("绿色"),
    "yellow": _("黄色"),
    "red": _("红色"),
}
ORDER_STATES: Mapping[str, str] = {
    "issued": _("待签收"),
    "acknowledged": _("已签收，待回复"),
    "replied": _("已回复，待审核"),
    "accepted": _("已了结"),
    "recalled": _("已收回"),
    "escalated": _("已升级"),
}


def status(key: str) -> str:
    """办结销号 … for a published status."""
    return word(STATUSES, key)


def light(key: str) -> str:
    """正常, 临期, 逾期."""
    return word(LIGHTS, key)


def kind(key: str) -> str:
    """民生诉求 … for a kind of matter."""
    return word(KINDS, key)


def kind_hint(key: str) -> str:
    """What belongs to a kind, for the person choosing one."""
    return word(KIND_HINTS, key)


def grade(number: int) -> str:
    """非常满意 … for a grade from 5 down to 1."""
    return word(GRADES, number)


def outcome(key: str) -> str:
    """已解决 … for the outcome of a completion statement."""
    return word(OUTCOMES, key)


def role(key: str) -> str:
    """经办人 … for a role."""
    return word(ROLES, key)


def order(colour: str) -> str:
    """红色督办件 … for the colour of a supervision order."""
    return word(ORDERS, colour)


def order_colour(colour: str) -> str:
    """绿色, 黄色, 红色: where it is plain that orders are meant."""
    return word(ORDER_COLOURS, colour)


def order_state(key: str) -> str:
    """待签收 … for the state of a supervision order."""
    return word(ORDER_STATES, key)
