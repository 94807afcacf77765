"""The joint meeting: docket, papers, decisions, minutes: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from duban.core.zone import day_of
from duban.supervision.models import Decision, DocketItem, Meeting, Seat
from duban.supervision.verbs.convening import convene, seat_people
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import put_on_docket
from duban.supervision.verbs.foreseeing import foresee_decision
from duban.supervision.verbs.holding import record_attendance
from duban.supervision.verbs.proposing import FollowUp

PAGES = """
# The joint meeting
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  meeting                                   -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  meeting_new                               -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST meeting_new                               -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  meetings                                  -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  meeting_page                              -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  meeting_page                              unknown            in   in   in    403  403  403  403  404  404  403  404  403  403  403  403
GET  meeting_minutes                           -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
POST meeting_deed:attendance                   -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST meeting_deed:closing                      -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST meeting_deed:calling-off                  undecided          in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST meeting_deed:nothing                      -                  in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
GET  docket_item                               -                  in   in   in    403  403   ok  403   ok   ok  403   ok  403  403  403  403
GET  docket_item                               unknown            in   in   in    403  403  404  403  404  404  403  404  403  403  403  403
POST docket_deed:paper                         -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  docket_decision                           -                  in   in   in    403  403  403  403  403   ok  403  403  403  403  403  403
POST docket_decision                           -                  in   in   in    403  403  403  403  403 done  403  403  403  403  403  403
POST docket_deed:dropping                      -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST docket_deed:review                        reviewed           in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST docket_deed:nothing                       -                  in   in   in    403  403  404  403  404  404  403  404  403  403  403  403
GET  docket_matter                             assigned           in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
GET  docket_matter                             unknown            in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
POST docket_matter                             assigned           in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  hard_cases                                -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  seats                                     -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST seats                                     -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  follow_ups                                -                  in   in   in    403   ok   ok   ok  403  403  403  403  403  403  403  403
GET  follow_up                                 reviewed           in   in   in    403   ok   ok  404  403  403  403  403  403  403  403  403
GET  follow_up                                 unknown            in   in   in    403  404  404  404  403  403  403  403  403  403  403  403
POST follow_up                                 reviewed           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  referrals                                 -                  in   in   in    403  403  403  403  403  403  403  403   ok  403  403  403
"""

CALLS = """
# The joint meeting
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/docket                               -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/docket/{docket}                      -                 401  401  401    404  404   ok  404   ok   ok  404   ok  404  404  404  404
GET  desk/docket/{docket}                      unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
GET  desk/hard-cases                           -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/follow-ups                           -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
POST desk/matters/{number}/docket              assigned          401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/docket/{docket}/paper                -                 401  401  401    404  403   ok  404   ok  403  404  403  404  404  404  404
POST desk/docket/{docket}/decision             -                 401  401  401    404  403  403  404  403   ok  404  403  404  404  404  404
POST desk/docket/{docket}/dropping             -                 401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
GET  desk/meetings                             -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
POST desk/meetings                             -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/meetings/{meeting}/closing           -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/meetings/{meeting}/calling-off       undecided         401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/meetings/{meeting}                   -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/meetings/{meeting}                   unknown           401  401  401    403  403  403  403  404  404  403  404  403  403  403  403
POST desk/meetings/{meeting}/attendance        -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/seats                                -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/seats                                -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/follow-ups/mine                      -                 401  401  401    403   ok   ok   ok  403  403  403  403  403  403  403  403
POST desk/decisions/{decision}/report          -                 401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
GET  desk/referrals                            -                 401  401  401    403  403  403  403  403  403  403  403   ok  403  403  403
POST desk/decisions/{decision}/review          -                 401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
"""


def _docketed(scene: Any, situation: str) -> DocketItem:
    """A matter of 寨阳乡's that is being handled, on the docket."""
    given = scene.stage.register(
        scene.shown(timedelta(hours=2)), title=f"坪朗村蓄水池（{situation}）", unit="zhaiyang"
    )
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    scene.stage.accept(given.matter, scene.shown(timedelta(hours=1)))
    return put_on_docket(matter=given.matter.number, reason="难", actor=scene.stage["office"], now=scene.now)


def _sitting(scene: Any, situation: str) -> None:
    """One item on today's agenda with the chair there, one decided with a follow-up, one not on any agenda."""
    office, now = scene.stage["office"], scene.now
    today = day_of(now)
    item, settled = _docketed(scene, situation), _docketed(scene, "reviewed")
    _docketed(scene, "docketed")
    seat = Seat.objects.earliest("place").pk
    seat_people(seats={seat: "member"}, actor=office, now=now)
    meeting = convene(held_on=today, place="会议室", items=[item.pk, settled.pk], actor=office, now=now)
    record_attendance(meeting=meeting.pk, chair=seat, present=[seat], actor=office, now=now)
    decide(
        item=settled.pk,
        meeting=meeting.pk,
        kind="keep",
        reason="继续办",
        follow_up=FollowUp("zhaiyang", today, "通水"),
        actor=scene.stage["member"],
        now=now,
    )


def _convened(scene: Any, situation: str) -> None:
    """A meeting nothing has been decided at."""
    item = _docketed(scene, situation)
    convene(
        held_on=day_of(scene.now), place="会议室", items=[item.pk], actor=scene.stage["office"], now=scene.now
    )


def _item(scene: Any, situation: str) -> int:
    if situation == "unknown":
        return 0
    wanted = situation if situation in ("docketed", "reviewed") else "on-the-agenda"
    return DocketItem.objects.get(matter=scene.matters[wanted]).pk


def _meeting(scene: Any, situation: str) -> int:
    if situation == "undecided":
        return Meeting.objects.get(decisions=None).pk
    return 0 if situation == "unknown" else Meeting.objects.exclude(decisions=None).get().pk


def _decision(scene: Any, situation: str) -> int:
    return 0 if situation == "unknown" else Decision.objects.get().pk


def _convening(scene: Any) -> dict[str, Any]:
    return {"held_on": day_of(scene.now).isoformat(), "place": "会议室", "items": [_item(scene, "docketed")]}


def _deciding(scene: Any) -> dict[str, Any]:
    return {"meeting": _meeting(scene, ""), "kind": "keep", "reason": "继续办"}


def _confirming(scene: Any) -> dict[str, Any]:
    ahead = foresee_decision(
        item=_item(scene, ""), actor=scene.stage["member"], now=scene.now, **_deciding(scene)
    )
    return {**_deciding(scene), "shown": ahead.mark, "sure": "1"}


def _there(scene: Any) -> dict[str, Any]:
    seat = Seat.objects.earliest("place").pk
    return {"present": [seat], "chair": seat}


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "meeting_new": _convening,
    "meeting_deed:attendance": _there,
    "meeting_deed:calling-off": lambda scene: {"reason": "日子定错了"},
    "meeting_deed:closing": lambda scene: {"minutes": "议定一件。"},
    "docket_deed:paper": lambda scene: {"kind": "option", "text": "由水利局牵头。"},
    "docket_decision": _confirming,
    "docket_deed:dropping": lambda scene: {"reason": "单位已表态"},
    "docket_deed:review": lambda scene: {"done": "yes", "note": "已通水"},
    "follow_up": lambda scene: {"text": "已通水"},
    "docket_matter": lambda scene: {"reason": "难"},
    "seats": lambda scene: {"seat-0": ""},
}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk/matters/{number}/docket": lambda scene: {"reason": "难"},
    "desk/docket/{docket}/paper": lambda scene: {"kind": "position", "text": "无资金。"},
    "desk/docket/{docket}/decision": _deciding,
    "desk/docket/{docket}/dropping": lambda scene: {"reason": "单位已表态"},
    "desk/meetings": _convening,
    "desk/meetings/{meeting}/closing": lambda scene: {"minutes": "议定一件。"},
    "desk/meetings/{meeting}/calling-off": lambda scene: {"reason": "日子定错了"},
    "desk/meetings/{meeting}/attendance": _there,
    "desk/seats": lambda scene: {"seats": [{"seat": _there(scene)["chair"], "username": "member"}]},
    "desk/decisions/{decision}/report": lambda scene: {"text": "已通水"},
    "desk/decisions/{decision}/review": lambda scene: {"done": True, "note": "已通水"},
}
"""JSON of its calls: see `bodies.CALLS`."""

GROWN: dict[str, Callable[..., object]] = {"on-the-agenda": _sitting, "undecided": _convened}
"""Situations its rows ask for: see `scene`."""

PLACES: dict[str, Callable[[Any, str], object]] = {
    "docket": _item,
    "meeting": _meeting,
    "decision": _decision,
}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
