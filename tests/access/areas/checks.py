"""The five checks: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from duban.core.zone import day_of
from duban.matters.photos import Upload, prepare
from duban.supervision.models import CheckEvidence, CheckItem
from duban.supervision.verbs.checking import start_check
from duban.supervision.verbs.findings import record_finding

PAGES = """
# The five checks: the office runs them, members and leaders read them
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  checks                                    -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  check_new                                 -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST check_new                                 -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  check                                     check-sampled      in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  check                                     unknown            in   in   in    403  403  403  403  404  404  403  404  403  403  403  403
POST check                                     check-found        in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  check_report                              check-found        in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  check_report                              unknown            in   in   in    403  403  403  403  404  404  403  404  403  403  403  403
GET  check_item                                check-sampled      in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  check_item                                unknown            in   in   in    403  403  403  403  404  404  403  404  403  403  403  403
POST check_item                                check-sampled      in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST check_note                                check-found        in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST check_note                                unknown            in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
POST check_inspector                           check-sampled      in   in   in    403  403  403  403  409  403  403  403  403  403  403  403
POST check_inspector                           unknown            in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
GET  check_order                               check-found        in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST check_order                               check-found        in   in   in    403  403  403  403  409  403  403  403  403  403  403  403
GET  check_evidence                            check-found        in   in   in    404  404  404  404   ok   ok  404   ok  404  404  404  404
GET  check_evidence                            unknown            in   in   in    404  404  404  404  404  404  404  404  404  404  404  404
GET  checklist                                 -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  checklist                                 unknown            in   in   in    403  403  403  403  404  404  403  404  403  403  403  403
POST checklist                                 -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
"""

CALLS = """
# The five checks. The inspector there is already, and a finding without a problem, are refused by rule (409)
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/checklists                    -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/checklists/{checklist}              -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/checklists/{checklist}              unknown           401  401  401    403  403  403  403  404  404  403  404  403  403  403  403
POST desk/checklists/{checklist}              -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/checklists/{checklist}              unknown           401  401  401    403  403  403  403  404  403  403  403  403  403  403  403
GET  desk/checks                        -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
POST desk/checks                        -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/checks/{run}                  check-sampled           401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/checks/{run}                  unknown           401  401  401    403  403  403  403  404  404  403  404  403  403  403  403
GET  desk/checks/evidence/{evidence}       check-found             401  401  401    404  404  404  404   ok   ok  404   ok  404  404  404  404
POST desk/checks/{run}/closing          check-found             401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/checks/{run}/closing          unknown           401  401  401    403  403  403  403  404  403  403  403  403  403  403  403
POST desk/checks/{run}/items/{sampled}/finding check-sampled       401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/checks/{run}/items/{sampled}/note check-found            401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/checks/{run}/items/{sampled}/inspector check-sampled     401  401  401    403  403  403  403  409  403  403  403  403  403  403  403
POST desk/checks/{run}/items/{sampled}/order check-found           401  401  401    403  403  403  403  409  403  403  403  403  403  403  403
"""

_QUESTIONS = 4
_LIST = {"title": "查受理", "purpose": "到现场看。", "items": "是否及时\n是否联系"}
_ORDER = {"colour": "yellow", "demand": "补联系诉求人。"}


def _wanted(scene: Any) -> dict[str, Any]:
    until = day_of(scene.now + timedelta(days=7)).isoformat()
    return {
        "checklist": "completion",
        "rule": "all_open",
        "size": "2",
        "inspectors": ["office"],
        "due_on": until,
    }


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "check_new": _wanted,
    "check": lambda scene: {"report": "看过一件，没有问题。"},
    "check_item": lambda scene: {
        "result": "ok", **{f"answer_{number}": "yes" for number in range(_QUESTIONS)}
    },
    "check_note": lambda scene: {"text": "门牌是 12 号。"},
    "check_inspector": lambda scene: {"inspector": "office"},
    "check_order": lambda scene: dict(_ORDER),
    "checklist": lambda scene: dict(_LIST),
}  # fmt: skip
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

_CALL = "desk/checks/{run}/items/{sampled}/"
BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk/checklists/{checklist}": lambda scene: _LIST | {"items": ["是否及时", "是否联系"]},
    "desk/checks": _wanted,
    "desk/checks/{run}/closing": lambda scene: {"report": "看过一件，没有问题。"},
    _CALL + "finding": lambda scene: {"result": "ok", "answers": ["yes"] * _QUESTIONS},
    _CALL + "note": lambda scene: {"text": "门牌是 12 号。"},
    _CALL + "inspector": lambda scene: {"inspector": "office"},
    _CALL + "order": lambda scene: dict(_ORDER),
}
"""JSON of its calls: see `bodies.CALLS`."""


def _sampled(scene: Any, situation: str) -> None:
    """A check of one matter that nobody has looked at yet."""
    _start(scene, situation)


def _found(scene: Any, situation: str) -> None:
    """A check of one matter at which nothing was amiss, with a photo, not closed yet."""
    run, actor = _start(scene, situation), scene.stage["office"]
    record_finding(
        run=run.pk,
        item=CheckItem.objects.get(run=run).pk,
        answers=["yes"] * _QUESTIONS,
        result="ok",
        note="",
        photos=prepare([Upload("现场.jpg", _photo())]),
        actor=actor,
        now=scene.now,
    )


def _start(scene: Any, situation: str) -> Any:
    actor = scene.stage["office"]
    run = start_check(
        checklist="acceptance",
        rule="all_open",
        size=1,
        inspectors=["office"],
        due_on=day_of(scene.now + timedelta(days=7)),
        actor=actor,
        now=scene.now,
    )
    scene.runs = getattr(scene, "runs", {}) | {situation: run.pk}
    return run


def _photo() -> bytes:
    from ..scene import photo  # the scene imports the areas

    return photo()


GROWN: dict[str, Callable[..., object]] = {"check-sampled": _sampled, "check-found": _found}
"""Situations its rows ask for: see `scene`."""


def _run(scene: Any, situation: str) -> int:
    return int(scene.runs.get(situation, 0))


def _item(scene: Any, situation: str) -> int:
    found = CheckItem.objects.filter(run=_run(scene, situation)).first()
    return found.pk if found else 0


def _token(scene: Any, situation: str) -> str:
    return CheckEvidence.objects.get().token if situation == "check-found" else "nobodys"


PLACES: dict[str, Callable[[Any, str], object]] = {
    "run": _run,
    "sampled": _item,
    "evidence": _token,
    "checklist": lambda scene, situation: "sixth" if situation == "unknown" else "acceptance",
}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
