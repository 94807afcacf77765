"""Ledgers, rankings, replies and appeals: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from duban.core.scoring import FIRST_WEIGHTS
from duban.ledgers.appealing import appeal_entry
from duban.ledgers.entering import enter
from duban.ledgers.models import LedgerEntry
from duban.matters.verbs.assigning import request_return, rule_return

PAGES = """
# The ledgers: the ranking of units is everyone's; a unit's account its head's, an entry its official's
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  ledgers                                   -                  ok   ok   ok    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  office_ledgers                            -                  in   in   in   403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  ledgers_export                            -                  in   in   in   403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  ledger_unit                               -                  in   in   in   403  404   ok  404   ok   ok  403   ok  403  403  403  403
GET  ledger_unit                               unknown            in   in   in   403  404  404  404  404  404  403  404  403  403  403  403
GET  ledger_entries                            -                  in   in   in   403  404   ok  404   ok   ok  403   ok  403  403  403  403
GET  ledger_official                           -                  in   in   in   403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  ledger_official                           unknown            in   in   in   403  404  404  404  404  404  403  404  403  403  403  403
GET  ledger_entry                              entered-late       in   in   in   403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  ledger_entry                              entered-returned   in   in   in   403  404   ok  404   ok   ok  403   ok  403  403  403  403
GET  ledger_entry                              unknown            in   in   in   403  404  404  404  404  404  403  404  403  403  403  403
GET  ledger_own                                -                  in   in   in   403   ok   ok   ok  403  403  403  403  403  403  403  403
GET  ledger_say                                entered-late       in   in   in   403   ok  404  404  403  403  403  403  403  403  403  403
POST ledger_say                                entered-late       in   in   in   403 done  404  404  403  403  403  403  403  403  403  403
GET  ledger_say                                entered-returned   in   in   in   403  404   ok  404  403  403  403  403  403  403  403  403
POST ledger_say                                entered-returned   in   in   in   403  404 done  404  403  403  403  403  403  403  403  403
POST ledger_say                                unknown            in   in   in   403  404  404  404  403  403  403  403  403  403  403  403
GET  appeals                                   -                  in   in   in   403  403  403  403   ok  403  403  403  403  403  403  403
GET  appeal_ruling                             appealed           in   in   in   403  403  403  403   ok  403  403  403  403  403  403  403
POST appeal_ruling                             appealed           in   in   in   403  403  403  403 done  403  403  403  403  403  403  403
GET  scores                                    -                  in   in   in   403  403  403  403   ok  403  403  403  403  403  403  403
POST scores                                    -                  in   in   in   403  403  403  403 done  403  403  403  403  403  403  403
"""

CALLS = """
# The ledgers
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  ledgers/units                             -                  ok   ok   ok    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  desk/ledgers/units/{code}                 -                 401  401  401   403  404   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk/ledgers/units/{code}/officials       -                 401  401  401   403  404   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk/ledgers/officials/{official}         -                 401  401  401   403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk/ledgers/officials/{official}         unknown           401  401  401   403  404  404  404  404  404  403  404  403  403  403  403
GET  desk/ledgers/export                       -                 401  401  401   403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/ledgers/entries                      -                 401  401  401   403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
GET  desk/ledgers/entries/{entry}              entered-late      401  401  401   403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk/ledgers/entries/{entry}              unknown           401  401  401   403  404  404  404  404  404  403  404  403  403  403  403
POST desk/ledgers/entries/{entry}/answer       entered-late      401  401  401   403   ok  404  404  403  403  403  403  403  403  403  403
POST desk/ledgers/entries/{entry}/appeal       entered-late      401  401  401   403   ok  404  404  403  403  403  403  403  403  403  403
POST desk/ledgers/entries/{entry}/answer       entered-returned  401  401  401   403  404   ok  404  403  403  403  403  403  403  403  403
POST desk/ledgers/entries/{entry}/appeal       entered-returned  401  401  401   403  404   ok  404  403  403  403  403  403  403  403  403
POST desk/ledgers/entries/{entry}/ruling       appealed          401  401  401   403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/ledgers/appeals                      -                 401  401  401   403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/ledgers/scores                       -                 401  401  401   403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
POST desk/ledgers/scores                       -                 401  401  401   403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/ledgers/scores/versions              -                 401  401  401   403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/ledgers/scores/preview               -                 401  401  401   403  403  403  403   ok  403  403  403  403  403  403  403
"""


def _entered(scene: Any, situation: str) -> LedgerEntry:
    """A matter `handler` accepted five days late, and the entry of it."""
    given = scene.stage.register(
        scene.shown(timedelta(days=9)), title=f"蓄水池（{situation}）", unit="zhaiyang"
    )
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    scene.stage.accept(given.matter, scene.shown(timedelta(days=3)))
    while enter():
        pass
    return LedgerEntry.objects.get(matter=given.matter, item="accepted_late")


def _appealed(scene: Any, situation: str) -> None:
    entry = _entered(scene, situation)
    appeal_entry(entry=entry.pk, reason="放假前才转来。", actor=scene.stage["handler"], now=scene.now)


def _returned(scene: Any, situation: str) -> None:
    """寨阳乡 gave a matter back yesterday: an entry of the unit, with no official."""
    given = scene.stage.register(
        scene.shown(timedelta(hours=3)), title=f"蓄水池（{situation}）", unit="zhaiyang"
    )
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    number, office = given.matter.number, scene.stage["office"]
    request_return(
        matter=number, reason="不属本乡。", suggested="chengguan", actor=scene.stage["handler"],
        now=scene.now - timedelta(hours=2),
    )  # fmt: skip
    rule_return(
        matter=number,
        granted=True,
        note="",
        unit="chengguan",
        actor=office,
        now=scene.now - timedelta(hours=1),
    )
    while enter():
        pass


def _entry(scene: Any, situation: str) -> int:
    matter = scene.matters.get(situation)
    item = "returned" if situation == "entered-returned" else "accepted_late"
    found = LedgerEntry.objects.filter(matter=matter, item=item).first() if matter else None
    return found.pk if found else 0


def _scores(_scene: Any) -> dict[str, Any]:
    weights: Mapping[str, int] = {item.value: points for item, points in FIRST_WEIGHTS.items()}
    return {**weights, "order_red": "-12", "note": "从严", "save": "1"}


def _said(_scene: Any) -> dict[str, Any]:
    return {"reason": "放假前才转来。"}


def _ruled(_scene: Any) -> dict[str, Any]:
    return {"granted": "yes", "note": "属实。"}


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "ledger_say": _said,
    "appeal_ruling": _ruled,
    "scores": _scores,
}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk/ledgers/entries/{entry}/answer": lambda scene: {"text": "已致歉。"},
    "desk/ledgers/entries/{entry}/appeal": _said,
    "desk/ledgers/entries/{entry}/ruling": lambda scene: {"upheld": True, "note": "属实。"},
    "desk/ledgers/scores/preview": lambda scene: {"weights": {"order_red": -12}},
    "desk/ledgers/scores": lambda scene: {"weights": {"order_red": -12}, "note": "从严"},
}
"""JSON of its calls: see `bodies.CALLS`."""

GROWN: dict[str, Callable[..., object]] = {
    "entered-late": _entered,
    "appealed": _appealed,
    "entered-returned": _returned,
}
"""Situations its rows ask for: see `scene`."""

PLACES: dict[str, Callable[[Any, str], object]] = {
    "code": lambda scene, situation: "nobody" if situation == "unknown" else "zhaiyang",
    "entry": _entry,
    "official": lambda scene, situation: "nobody" if situation == "unknown" else "handler",
    "saying": lambda scene, situation: "appeal",
}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
