"""Alarms that want an answer, and supervision orders: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from duban.supervision.models import Alarm, Order
from duban.supervision.sweep import sweep
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import reply_order

PAGES = """
# Alarms and supervision orders: the office issues and rules, the addressed unit replies, anyone may check a printed one
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  alarm_answer                              alarm              in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST alarm_answer                              alarm              in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  alarm_answer                              unknown            in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
POST alarm_answer                              unknown            in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
GET  orders                                    -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  order_new                                 -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST order_new                                 -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  desk_orders                               -                  in   in   in    403   ok   ok   ok   on   on  403   on  403  403  403  403
GET  order_proof                               ordered            ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  order_proof                               unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  order                                     ordered            in   in   in    403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  order                                     unknown            in   in   in    403  404  404  404  404  404  403  404  403  403  403  403
GET  order_print                               ordered            in   in   in    403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  order_print                               unknown            in   in   in    403  404  404  404  404  404  403  404  403  403  403  403
GET  order_deed:acknowledgement                ordered            in   in   in    403   ok   ok  404   on  403  403  403  403  403  403  403
POST order_deed:acknowledgement                ordered            in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  order_deed:reply                          ordered            in   in   in    403   ok   ok  404   on  403  403  403  403  403  403  403
POST order_deed:reply                          ordered            in   in   in    403 done done  404  403  403  403  403  403  403  403  403
POST order_deed:reply                          unknown            in   in   in    403  404  404  404  404  403  403  403  403  403  403  403
GET  order_deed:acceptance                     order-replied      in   in   in    403   on   on  404   ok  403  403  403  403  403  403  403
POST order_deed:acceptance                     order-replied      in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  order_deed:sending-back                   order-replied      in   in   in    403   on   on  404   ok  403  403  403  403  403  403  403
POST order_deed:sending-back                   order-replied      in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  order_deed:recall                         ordered            in   in   in    403   on   on  404   ok  403  403  403  403  403  403  403
POST order_deed:recall                         ordered            in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  order_deed:nothing                        ordered            in   in   in    403  404  404  404  404  403  403  403  403  403  403  403
POST order_deed:nothing                        ordered            in   in   in    403  404  404  404  404  403  403  403  403  403  403  403
"""

CALLS = """
# Alarms and supervision orders
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  orders/verify/{proof}                     ordered            ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  orders/verify/{proof}                     unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  desk/alarms                               -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
POST desk/alarms/{alarm}/answer                alarm             401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/alarms/{alarm}/answer                unknown           401  401  401    403  403  403  403  404  403  403  403  403  403  403  403
GET  desk/silent-units                         -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/orders                               -                 401  401  401    403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
POST desk/orders                               -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/matters/{number}/order               assigned          401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/matters/{number}/order               unknown           401  401  401    403  403  403  403  404  403  403  403  403  403  403  403
GET  desk/orders/escalations                   -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/orders/{order}                       ordered           401  401  401    404   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  desk/orders/{order}                       unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
POST desk/orders/{order}/acknowledgement       ordered           401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/orders/{order}/reply                 ordered           401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/orders/{order}/reply                 unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
POST desk/orders/{order}/acceptance            order-replied     401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/orders/{order}/sending-back          order-replied     401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/orders/{order}/recall                ordered           401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
"""

DEMAND = "今日内修好接头。\n回复时说明迟延的原因。"
_ORDER = {"colour": "yellow", "demand": DEMAND, "reply_by": "2014-01-24"}


def _said(**fields: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda scene: dict(fields)


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "alarm_answer": _said(note="已电话督促。"),
    "order_new": lambda scene: {**_ORDER, "matter": scene.number("assigned")},
    "order_deed:reply": _said(text="接头已经修好。"),
    "order_deed:sending-back": _said(reason="没有说明原因", reply_by="2014-01-24"),
    "order_deed:recall": _said(reason="发错了单位"),
}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk/alarms/{alarm}/answer": _said(note="已电话督促。"),
    "desk/orders": _said(**_ORDER, unit="chengguan"),
    "desk/matters/{number}/order": _said(**_ORDER),
    "desk/orders/{order}/reply": _said(text="接头已经修好。"),
    "desk/orders/{order}/sending-back": _said(reason="没有说明原因", reply_by="2014-01-24"),
    "desk/orders/{order}/recall": _said(reason="发错了单位"),
}
"""JSON of its calls: see `bodies.CALLS`."""


def _registered(scene: Any, situation: str, ago: timedelta) -> Any:
    title = f"坪朗村蓄水池（{situation}）"
    given = scene.stage.register(scene.shown(ago), title=title, publish=True, unit="zhaiyang")
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    return given.matter


def _alarm(scene: Any, situation: str) -> None:
    _registered(scene, situation, timedelta(days=5))
    sweep(scene.now)


def _ordered(scene: Any, situation: str) -> Order:
    matter = _registered(scene, situation, timedelta(hours=1))
    return issue_order(
        colour="green", demand=DEMAND, reply_by=None, matter=matter.number,
        actor=scene.stage["office"], now=scene.now,
    )  # fmt: skip


def _replied(scene: Any, situation: str) -> None:
    order = _ordered(scene, situation)
    reply_order(order=order.key, text="接头已经修好。", actor=scene.stage["handler"], now=scene.now)


GROWN: dict[str, Callable[..., object]] = {
    "alarm": _alarm,
    "ordered": _ordered,
    "order-replied": _replied,
}
"""Situations its rows ask for: see `scene`."""


def _order(scene: Any, situation: str) -> Order | None:
    matter = scene.matters.get(situation)
    return Order.objects.filter(matter=matter).first() if matter else None


def _key(scene: Any, situation: str) -> str:
    order = _order(scene, situation)
    return order.key if order else "2014-red-999"


def _proof(scene: Any, situation: str) -> str:
    order = _order(scene, situation)
    return order.token if order else "nobodys"


def _alarm_id(scene: Any, situation: str) -> int:
    found = Alarm.objects.filter(matter=scene.matters.get(situation), boundary="red").first()
    return found.pk if found else 0


PLACES: dict[str, Callable[[Any, str], object]] = {
    "key": _key,
    "order": _key,
    "proof": _proof,
    "alarm": _alarm_id,
}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
