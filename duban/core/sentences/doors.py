"""What the doors say of a form or a request."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
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
        "number_small": _("不能小于 %(least)s。"),
        "number_large": _("不能大于 %(most)s。"),
        "text_needed": _("要的是文字，请写成 JSON 字符串，放在双引号里。"),
        "yes_or_no_needed": _("只能是 true（是）或 false（否）。"),
        "list_needed": _("要的是列表，请把各项放在方括号里。"),
        "object_needed": _("要的是 JSON 对象，请把各个字段放在花括号里。"),
        "not_offered": _("%(field)s 只能是其中一个：%(choices)s。"),
        "cursor_unknown": _("这个翻页位置认不出来。请原样使用上一页给出的位置，或者从第一页看起。"),
        "required": _("这一项必须填写。"),
        "not_acceptable": _("这一项不符合要求。"),
        "not_found": _("没有找到您要的页面。"),
    }
)
