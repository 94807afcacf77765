"""Registering: the form, real names, photos."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
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
        "too_many_registrations": _(
            "从您这个网络地址登记的事项，一小时里已满 %(limit)s 件，请 %(minutes)s 分钟后再交，或者到就近的挂号终端登记。"
        ),
        "too_many_drafts": _(
            "从您这个网络地址新存的草稿太多，请 %(minutes)s 分钟后再交，或者到就近的挂号终端登记。"
        ),
        "directive_not_collective": _("领导指示由发出的单位评价，不能作为集体事项由群众投票。"),
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
        # attachments
        "file_type": _("“%(name)s”不是照片。可以上传 JPG、PNG、WebP 或 HEIC 格式的照片。"),
        "file_large": _("“%(name)s”有 %(size)s MB，每张最多 %(limit)s MB。请缩小后再传。"),
        "file_broken": _("“%(name)s”打不开，请换一张。"),
        "file_count": _("每次最多上传 %(limit)s 张。"),
        "file_empty": _("“%(name)s”是空文件。"),
        "upload_large": _("一次上传的内容太大，请减少照片的张数或大小。"),
    }
)
