"""The joint meeting and its decisions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # docket
        "docket_already": _("这件事已在联席会议议程上。"),
        "docket_none": _("没有这个议题。"),
        "docket_settled": _("这个议题已有结论，不能再改。"),
        "docket_follows_lead": _("这件事已并案，随主件办理，请把主件提交联席会议。"),
        "paper_kind": _("请选择是单位意见、备选方案还是督查室意见。"),
        # meeting
        "seat_unknown": _("没有这个席位。"),
        "seat_not_member": _("“%(person)s”不是联席会议成员，不能入席。先由安全管理员授予角色。"),
        "seat_taken_twice": _("同一个人不能占两个席位。"),
        "seat_empty": _("席位“%(seat)s”还没有定人，不能签到。"),
        "meeting_none": _("没有这次会议。"),
        "meeting_day_past": _("开会日期不能早于今天。"),
        "meeting_place_missing": _("请写明开会地点。"),
        "meeting_not_yet": _("会议定在 %(day)s，到那天才能作决定、记录到会。"),
        "meeting_over": _("这次会议已经结束，不能再改。"),
        "meeting_decided": _("这次会议已经作出决定，不能取消。"),
        "meeting_nobody": _("还没有记录谁到会、谁主持。由督查室记录后，才能作决定、结束会议。"),
        "meeting_absent": _("您没有记为到会，不能作决定。已经到会的，请督查室补记。"),
        "attendance_decided": _("“%(person)s”已在这次会议上作出决定，须记为到会。"),
        "chair_absent": _("主持人须在到会的人里。"),
        "agenda_empty": _("请至少选一个议题。"),
        "agenda_taken": _("%(number)s 已排在 %(meeting)s 上。"),
        "agenda_other": _("这个议题不在这次会议的议程上。"),
        "minutes_missing": _("请写会议纪要。"),
        # decision
        "decision_kind": _("请选择作什么决定。"),
        "decision_reason": _("请写明决定的理由。"),
        "decision_completed": _("这件事已经办结，正等评价，不能改交。"),
        "decision_not_handling": _("办理中的事才有办结期限可改，这件事现在不在办理中。"),
        "decision_changed": _("就在刚才情况有变，还没有作出决定。下面按最新情况重新列出，请再核对。"),
        "decision_unit_missing": _("请写明改交哪个单位。"),
        "decision_same_unit": _("这件事本来就由该单位办理，请选另一个单位。"),
        "decision_day_missing": _("请选择日期。"),
        "decision_day_past": _("日期须在今天之后。"),
        "decision_unconfirmed": _("理由会向所有人公开：请先勾选确认其中没有个人信息。"),
        "decision_personal": _("这段文字诉求人以外的人也会看到，里面不能有姓名、身份证号或电话号码。"),
        "follow_up_incomplete": _("跟踪落实须同时写明单位和日期。"),
        "follow_up_past": _("跟踪落实的日期不能早于今天。"),
        "follow_up_none": _("这项决定没有要跟踪落实的，或已经核实过。"),
        "follow_up_report_missing": _("请写明按决定做了什么、结果怎样。"),
        "decision_none": _("没有这项决定。"),
    }
)
