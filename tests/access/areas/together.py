"""Merging matters and asking units to assist: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.merging import merge

PAGES = """
# Several matters, several units: `assisted` is held by 寨阳乡, and handler2's unit assists
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  assists                                   -                  in   in   in    403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
GET  desk_matter                               assisted           in   in   in    403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
GET  desk_matter                               merged             in   in   in    403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  matter                                    merged           code   ok code   code code code code code code code code code code code code
GET  desk_contact                              assisted           in   in   in    403   ok   ok  403   ok  403  403  403  403  403  403  403
GET  desk_act:acceptance                       assisted           in   in   in    403   ok   ok   on   on  403  403   on  403  403  403  403
POST desk_act:acceptance                       assisted           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  desk_act:merger                           assigned           in   in   in    403   on   on  404   ok  403  403   on  403  403  403  403
POST desk_act:merger                           assigned           in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  desk_act:separation                       merged             in   in   in    403   on   on  404   ok  403  403   on  403  403  403  403
POST desk_act:separation                       merged             in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  desk_act:assist-request                   assigned           in   in   in    403   ok   ok  404   ok  403  403   on  403  403  403  403
POST desk_act:assist-request                   assigned           in   in   in    403 done done  404 done  403  403  403  403  403  403  403
GET  desk_act:assist-reply                     assisted           in   in   in    403   on   on   ok   on  403  403   on  403  403  403  403
POST desk_act:assist-reply                     assisted           in   in   in    403  409  409 done  403  403  403  403  403  403  403  403
GET  desk_act:assist-recall                    assisted           in   in   in    403   ok   ok   on   ok  403  403   on  403  403  403  403
POST desk_act:assist-recall                    assisted           in   in   in    403 done done  404 done  403  403  403  403  403  403  403
"""

CALLS = """
# Several matters, several units
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/assists                              -                 401  401  401    403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
GET  desk/matters/{number}                     assisted          401  401  401    404   ok   ok   ok   ok   ok  404   ok  404  404  404  404
POST desk/matters/{number}/merger              assigned          401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/merger              unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
POST desk/matters/{number}/separation          merged            401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/assist-request      assigned          401  401  401    404   ok   ok  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/assist-reply        assisted          401  401  401    404  409  409   ok  403  403  404  403  404  404  404  404
POST desk/matters/{number}/assist-recall       assisted          401  401  401    404   ok   ok  404   ok  403  404  403  404  404  404  404
"""

_TASK = {"unit": "chengguan", "task": "清理占道的沙石。"}
_REASON = {"reason": "两件是同一处水管。"}


def _merger(scene: Any) -> dict[str, Any]:
    return {**_REASON, "lead": scene.number("handling")}


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk_act:merger": _merger,
    "desk_act:separation": lambda scene: _REASON,
    "desk_act:assist-request": lambda scene: _TASK,
    "desk_act:assist-reply": lambda scene: {"text": "已经清走。"},
    "desk_act:assist-recall": lambda scene: {**_REASON, "unit": "chengguan"},
}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk/matters/{number}/merger": _merger,
    "desk/matters/{number}/separation": lambda scene: _REASON,
    "desk/matters/{number}/assist-request": lambda scene: _TASK,
    "desk/matters/{number}/assist-reply": lambda scene: {"text": "已经清走。"},
    "desk/matters/{number}/assist-recall": lambda scene: {**_REASON, "unit": "chengguan"},
}
"""JSON of its calls: see `bodies.CALLS`."""


def _given(scene: Any, situation: str) -> Any:
    title = f"坪朗村蓄水池（{situation}）"
    given = scene.stage.register(scene.shown(timedelta(hours=1)), title=title, unit="zhaiyang")
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    return given.matter


def _assisted(scene: Any, situation: str) -> None:
    matter = _given(scene, situation)
    ask_assist(matter=matter.number, **_TASK, actor=scene.stage["office"], now=scene.now)


def _merged(scene: Any, situation: str) -> None:
    matter, lead = _given(scene, situation), _given(scene, "leading")
    merge(matter=matter.number, lead=lead.number, **_REASON, actor=scene.stage["office"], now=scene.now)


GROWN: dict[str, Callable[..., object]] = {"assisted": _assisted, "merged": _merged}
"""Situations its rows ask for: see `scene`."""

PLACES: dict[str, Callable[[Any, str], object]] = {}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
