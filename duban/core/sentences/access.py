"""Who may, and signing in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "not_yours": _("没有找到这件事，或者它不在您的权限之内。"),
        "no_right": _("您的账号没有这项权限。"),
        "sign_in_needed": _("请先登录。"),
        "wrong_code": _("编号或查询码不对。请对照回执，再输入一次。"),
        "too_many_tries": _("输错次数太多，请 %(minutes)s 分钟后再试。"),
        "account_locked": _("连续输错密码，账号已暂时锁定，请 %(minutes)s 分钟后再试。"),
        "wrong_password": _("用户名或密码不对。"),
        "account_unknown": _("没有这个账号，或者它已停用。"),
        "username_taken": _("这个用户名已经有人用了，请换一个。"),
        "username_shape": _("用户名须是 2 至 40 个小写字母、数字、点、横线或下划线，以字母开头。"),
        "role_unknown": _("请从列出的角色里选，至少选一个。"),
        "password_weak": _("密码太简单：至少 10 个字符，不能是常见密码，也不能全是数字。"),
        "password_present_wrong": _("现在的密码不对。"),
        "password_differs": _("两次输入的新密码不一样。"),
        "administrator_with_business": _("三员的账号只管系统，不能再兼办事的角色。"),
        "administrators_password": _(
            "安全管理员和审计管理员的密码，系统管理员不能重置：本人登录后可以自己改，忘了的要在服务器上重设。"
        ),
        "administrators_end": _(
            "三员互相监督：安全管理员和审计管理员的账号，系统管理员不能停用，要由管服务器的人用 duban retire 停用。"
        ),
        "administrators_role": _(
            "三员互相监督：系统管理员和审计管理员在用的账号，安全管理员不能收回角色。要换人，请先由管服务器的人用 duban retire 停用。"
        ),
        "own_account": _("不能改自己的账号，请由另一位管理员来办。"),
        "two_administrators": _("系统、安全、审计三员须由三个人分别担任，一个账号不能兼任。"),
    }
)
