"""Refusals: a verb that may not be done says so with a code and a sentence, and changes nothing.

The sentences are Chinese message ids with named places; the doors translate and fill them. Every code a
verb raises stands here, so that no refusal can be without its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType


def _(sentence: str) -> str:
    """Mark a sentence for extraction; the doors translate it."""
    return sentence


class Refused(Exception):
    """A rule says no (409). `field` names the form field to mend, where one does."""

    status = 409

    def __init__(self, code: str, *, field: str | None = None, **params: object) -> None:
        check(code, params)
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class Forbidden(Refused):
    """This account has no right to the verb (403)."""

    status = 403


class Unknown(Refused):
    """Not found, or not yours to know of (404): both look the same."""

    status = 404


class TooMany(Refused):
    """Asked too often (429). `retry_after` is in seconds."""

    status = 429

    def __init__(self, code: str, *, retry_after: int, **params: object) -> None:
        super().__init__(code, field=None, minutes=max(1, -(-retry_after // 60)), **params)
        self.retry_after = retry_after


class Invalid(Exception):
    """Input that cannot be right (422): for each field a code from SENTENCES and what fills its places."""

    status = 422

    def __init__(self, errors: Mapping[str, tuple[str, Mapping[str, object]]]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, (code, _) in errors.items()))
        for code, params in errors.values():
            check(code, params)
        self.errors = MappingProxyType(dict(errors))


SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # who may
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
        "own_account": _("不能改自己的账号，请由另一位管理员来办。"),
        "two_administrators": _("系统、安全、审计三员须由三个人分别担任，一个账号不能兼任。"),
        # lifecycle
        "wrong_state": _("这件事现在的状态不能这样办，请刷新页面看最新情况。"),
        "already_closed": _("这件事已经销号。有新情况，请另挂一个号并注明原编号。"),
        "changed_meanwhile": _("就在刚才，别人已经办了这一步。请刷新页面看最新情况。"),
        "unit_unknown": _("没有这个单位。"),
        "unit_inactive": _("这个单位已停用，不能交办。"),
        "handler_not_of_unit": _("经办人须是本单位的在岗人员。"),
        # registering
        "kind_unknown": _("请选择这是哪一类事情。"),
        "title_missing": _("请用一句话写清是什么事。"),
        "title_long": _("标题最多 %(limit)s 字，现在有 %(length)s 字。详细情况写在下面。"),
        "body_missing": _("请写明时间、地点、经过和您的要求。"),
        "body_long": _("最多 %(limit)s 字，现在有 %(length)s 字，请删减 %(excess)s 字。"),
        "place_long": _("地点最多 %(limit)s 字。"),
        "text_missing": _("请写明内容。"),
        "text_long": _("最多 %(limit)s 字，现在有 %(length)s 字，请删减 %(excess)s 字。"),
        "text_characters": _("内容里有不能显示的控制字符，请删去后再提交。"),
        "directive_needs_leader": _("领导指示须由领导的账号登记。"),
        "previous_unknown": _("没有找到您要关联的原编号。"),
        "key_reused": _("同一个 Idempotency-Key 不能用于不同的内容。"),
        # real names
        "name_missing": _("请填写姓名。"),
        "name_length": _("姓名须是 2 至 %(limit)s 个字。"),
        "name_characters": _("姓名里只能有文字和间隔号，请对照身份证填写。"),
        "id_missing": _("请填写身份证号。"),
        "id_fifteen": _("15 位的旧身份证号已停用，请填写 18 位身份证号。"),
        "id_shape": _("身份证号须是 18 位：前 17 位是数字，最后一位是数字或 X。现在是 %(length)s 位。"),
        "id_no_such_day": _(
            "没有“%(year)s年%(month)s月%(day)s日”这一天。请对照身份证，核对第 7 至 14 位出生日期。"
        ),
        "id_birth_year": _("出生年份“%(year)s”不对。请对照身份证，核对第 7 至 14 位出生日期。"),
        "id_future_birth": _("出生日期在今天之后。请对照身份证，核对第 7 至 14 位。"),
        "id_check_digit": _("身份证号的最后一位对不上，请对照身份证逐位核对。"),
        "mobile_missing": _("请填写手机号。"),
        "mobile_shape": _("手机号须是 11 位数字，以 13 至 19 开头。"),
        # acceptance and commitment
        "contact_missing": _("受理前须先联系诉求人：请写明用什么方式、谈了什么。"),
        "contact_method": _("请选择联系方式。"),
        "confidential_contact": _("诉求人要求保密，只能通过系统联系。"),
        "standard_missing": _("请从本单位的办理标准里选一项，不能自己填写。"),
        "standard_unknown": _("清单里没有这项办理标准。请从本单位的清单里选。"),
        "standard_other_unit": _("这是%(unit)s的办理标准。只能选本单位清单里的。"),
        "standard_superseded": _("这项标准已不在现行清单里，请选现行的一项。"),
        "due_too_late": _("承诺期限不能比清单宽：清单是 %(limit)s 个工作日，最晚到 %(latest)s。"),
        "due_too_early": _("承诺的日期须在今天之后。"),
        "due_not_workday": _("%(day)s 不是工作日，请选一个工作日。"),
        "date_shape": _("日期须写成 年-月-日，例如 2014-02-10。"),
        "day_ahead": _("这一天还没有到。"),
        # return
        "return_too_late": _("退单须在交办后 %(limit)s 个工作日内提出，期限是 %(until)s，现在已过。"),
        "return_not_allowed": _("这件事已是第 %(count)s 次交办，属指定办理，不能再退单。"),
        "return_pending": _("退单申请已经提出，正等督查室裁定。"),
        "return_none": _("没有待裁定的退单申请。"),
        "reason_missing": _("请写明理由。"),
        "suggested_unit_missing": _("请写明应当交给哪个单位。"),
        "suggested_own_unit": _("应交单位不能是本单位。"),
        "signature_needed": _("申请还没有责任单位负责人签字，暂不能裁定。"),
        "already_signed": _("负责人已经签过字。"),
        # extension
        "extension_too_late": _("延期须在到期前申请。期限是 %(due)s，现在已过。"),
        "extension_pending": _("延期申请已经提出，正等督查室裁定。"),
        "extension_none": _("没有待裁定的延期申请。"),
        "extension_used_up": _("一次承诺最多延期 %(limit)s 次，已经用完。"),
        "extension_not_later": _("新的日期须晚于现在的期限 %(due)s。"),
        # completion
        "outcome_unknown": _("请选择办理结果。"),
        "why_missing": _("部分解决或不能解决，须写明原因。"),
        "statement_missing": _("请写明做了什么、结果怎样。"),
        # verdict and closing
        "grade_unknown": _("请在五个等级里选一个。"),
        "verdict_not_yet": _("还没有办结，办结后请您来评价。"),
        "verdict_given": _("您已经评价过，这件事已经销号。"),
        "verdict_is_the_petitioners": _("评价只能由诉求人本人作出，工作人员不能代评。"),
        "collective_needs_ballot": _("这是集体事项，由相关群众投票测评，一个人不能决定。"),
        "collective_no_withdrawal": _("这是集体事项，关系到其他群众，不能由一个人撤回。"),
        "withdrawal_unconfirmed": _("撤回以后不能恢复：请先勾选确认。"),
        "callback_too_early": _("办结满 %(days)s 天仍未评价才需回访，最早 %(on)s。"),
        "callback_first": _("须先电话回访诉求人，再按未评价结案。"),
        "unrated_too_early": _("办结满 %(days)s 天仍未评价，并已回访，才能按未评价结案，最早 %(on)s。"),
        "callback_result": _("请选择回访结果。"),
        # attachments
        "file_type": _("“%(name)s”不是照片。可以上传 JPG、PNG、WebP 或 HEIC 格式的照片。"),
        "file_large": _("“%(name)s”有 %(size)s MB，每张最多 %(limit)s MB。请缩小后再传。"),
        "file_broken": _("“%(name)s”打不开，请换一张。"),
        "file_count": _("每次最多上传 %(limit)s 张。"),
        "file_empty": _("“%(name)s”是空文件。"),
        "upload_large": _("一次上传的内容太大，请减少照片的张数或大小。"),
        # catalogue and calendar
        "calendar_missing": _("%(year)s 年的工作日历还没有录入，不能计算期限。请督查室先录入日历。"),
        "calendar_day": _("%(day)s 已是这样安排的。"),
        "calendar_kind": _("请选择放假、调休上班或恢复平常。"),
        "makeup_on_workday": _("%(day)s 本来就是工作日，不用调休。"),
        "policy_bounds": _("“%(figure)s”须在 %(low)s 至 %(high)s 之间。"),
        "limit_bounds": _("办理时限须是 1 至 %(limit)s 个工作日。"),
        "steps_missing": _("请写明办理步骤，每行一步。"),
        "basis_missing": _("请写明依据。"),
        "calendar_other_year": _("%(day)s 不在 %(year)s 年。"),
        "calendar_line": _("这一行看不懂：%(line)s。请写成“2027-02-05 至 2027-02-11 休 春节”。"),
        "calendar_twice": _("%(day)s 写了两次。"),
        "calendar_year": _("年份须在 %(low)s 至 %(high)s 之间。"),
        "policy_unchanged": _("各项数字都没有改动。"),
        "policy_unknown": _("没有“%(figure)s”这项数字。"),
        "steps_bounds": _("办理步骤须有 1 至 %(limit)s 步，每步最多 %(length)s 字。"),
        "code_shape": _("编码须是小写字母、数字和横线，最多 64 个字符。"),
        "code_twice": _("编码 %(code)s 写了两次。"),
        "edition_empty": _("这一版没有改动，不用发布。"),
        "route_unknown": _("没有这条交办规则，可能刚刚被停用。"),
        "route_empty": _("规则至少要有地点、类别、关键词中的一项。"),
        # publication
        "publication_not_allowed": _("诉求人没有同意公示这件事。"),
        "publication_too_early": _("办结以后才能公示。"),
        "publication_exists": _("这件事已经公示。"),
        "publication_none": _("这件事没有在公示。"),
        "personal_data_left": _("还有疑似个人信息：%(found)s。请隐去后再公示。"),
        # forms
        "form_expired": _("页面放得太久，请再提交一次。您填的内容都在。"),
        "too_long": _("这一项太长，最多 %(limit)s 字。"),
        "not_json": _("请求的内容不是合法的 JSON。"),
        "not_an_object": _("请求的内容须是一个 JSON 对象。"),
        "json_only": _("请用 Content-Type: application/json 提交；带照片的可用 multipart/form-data。"),
        "request_unreadable": _("这个请求不完整，读不出来，请核对后再发。"),
        "method_not_allowed": _("这个地址不支持这种方法，可用的方法见 Allow。"),
        "token_needed": _("请带上有效的访问令牌：Authorization: Bearer …。"),
        "invalid": _("有几处需要改正，请看各项的说明。"),
        "not_a_number": _("请填写整数。"),
        "required": _("这一项必须填写。"),
        "not_acceptable": _("这一项不符合要求。"),
        "not_found": _("没有找到您要的页面。"),
    }
)


def places(text: str) -> frozenset[str]:
    """The names of the places a sentence leaves to be filled: `%(limit)s` is the place `limit`."""
    return frozenset(re.findall(r"%\((\w+)\)s", text))


def check(code: str, params: Mapping[str, object]) -> None:
    """Raise KeyError unless the code has a sentence and every place in it is filled.

    Asked where a refusal is raised, so that a slip shows there and not on a citizen's page.
    """
    if code not in SENTENCES:
        raise KeyError(f"no sentence for {code!r}")
    if empty := places(SENTENCES[code]) - params.keys():
        raise KeyError(f"{code!r} leaves open {', '.join(sorted(empty))}")


def sentence(
    code: str, params: Mapping[str, object], translate: Callable[[str], str] = lambda text: text
) -> str:
    """The sentence for a code, translated and filled. Raises KeyError for a code without one."""
    return translate(SENTENCES[code]) % params
