"""One city for the whole table: a matter in every state a page or a call asks for, at ten on Monday 2014-01-20."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PIL import Image

from duban.catalogue.models import RoutingRule
from duban.core.kinds import MatterKind
from duban.core.rights import SYSTEM
from duban.evaluation.verbs.silence import call_back
from duban.matters.models import Attachment, Matter
from duban.matters.photos import Upload, prepare
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.timing import request_extension
from duban.people.models import ApiToken
from duban.people.tokens import issue
from duban.publication.verbs import approve, take_down
from tests.city import ACCOUNTS, at
from tests.stage import WU, Stage, build

NOW = at("2014-01-20 10:00")


@dataclass
class Scene:
    """The matters by situation, their query codes, a photo of one of them, tokens by user name."""

    stage: Stage
    matters: dict[str, Matter] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    photo: str = ""
    rule: int = 0
    handlers_token: int = 0

    def number(self, situation: str) -> str:
        """The number of the matter in a situation; of one nobody has for `unknown`."""
        return "20140120-9999-9" if situation == "unknown" else self.matters[situation].number


def set_scene() -> Scene:
    """Build it. 寨阳乡 holds every matter of 罗家祥; 吴长生 has one of his own."""
    scene = Scene(build())
    stage = scene.stage
    for situation, grown in _GROWN.items():
        grown(scene, situation)
    scene.tokens = {name: issue(username=name, actor=SYSTEM, now=NOW) for name in ACCOUNTS}
    report_progress(
        matter=scene.number("handling"),
        note="水管已经运到。",
        photos=prepare([Upload("水管.jpg", photo())]),
        actor=stage["handler"],
        now=NOW,
    )
    scene.photo = Attachment.objects.get().token
    scene.rule = RoutingRule.objects.earliest("pk").pk
    scene.handlers_token = ApiToken.objects.get(staff=stage.staff["handler"]).pk
    return scene


def photo() -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#446688").save(out, "JPEG")
    return out.getvalue()


def _registered(scene: Scene, situation: str, now: str = "2014-01-20 09:00", **more: Any) -> Matter:
    given = scene.stage.register(now, title=f"坪朗村蓄水池（{situation}）", publish=True, **more)
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    return given.matter


def _assigned(scene: Scene, situation: str, now: str = "2014-01-20 09:00", **more: Any) -> Matter:
    return _registered(scene, situation, now, unit="zhaiyang", **more)


def _confidential(scene: Scene, situation: str) -> None:
    _assigned(scene, situation, confidential=True)


def _theirs(scene: Scene, situation: str) -> None:
    _assigned(scene, situation, petitioner=WU)


def _return_asked(scene: Scene, situation: str) -> None:
    matter, actor = _assigned(scene, situation), scene.stage["handler"]
    request_return(matter=matter.number, reason="属城管", suggested="chengguan", actor=actor, now=NOW)


def _handling(scene: Scene, situation: str) -> Matter:
    matter = _assigned(scene, situation, "2014-01-17 09:00")
    return scene.stage.accept(matter, "2014-01-17 10:00")


def _extension_asked(scene: Scene, situation: str) -> None:
    matter, actor = _handling(scene, situation), scene.stage["handler"]
    later = date(2014, 1, 24)
    request_extension(matter=matter.number, reason="等配件", due_on=later, actor=actor, now=NOW)


def _completed(scene: Scene, situation: str) -> Matter:
    return scene.stage.complete(_handling(scene, situation), "2014-01-20 09:30")


def _silent(scene: Scene, situation: str) -> Matter:
    matter = scene.stage.accept(_assigned(scene, situation, "2014-01-08 09:00"), "2014-01-08 10:00")
    return scene.stage.complete(matter, "2014-01-10 09:00")


def _called(scene: Scene, situation: str) -> None:
    matter, actor = _silent(scene, situation), scene.stage["office"]
    call_back(matter=matter.number, result="not_reached", note="打了两次", actor=actor, now=NOW)


def _closed(scene: Scene, situation: str) -> Matter:
    return scene.stage.judge(_completed(scene, situation), 5, "2014-01-20 09:40")


def _published(scene: Scene, situation: str) -> Matter:
    matter, actor = _closed(scene, situation), scene.stage["publisher"]
    approve(
        matter=matter.number, title="蓄水池", summary="供水修复。", reply="已修好。", actor=actor, now=NOW
    )
    return matter


def _taken_down(scene: Scene, situation: str) -> None:
    matter, actor = _published(scene, situation), scene.stage["publisher"]
    take_down(matter=matter.number, reason="文字有误", actor=actor, now=NOW)


def _directive(scene: Scene, situation: str) -> None:
    more = {"kind": MatterKind.DIRECTIVE, "petitioner": None, "actor": scene.stage["leader"]}
    matter = _assigned(scene, situation, "2014-01-17 09:00", **more)
    scene.stage.complete(scene.stage.accept(matter, "2014-01-17 10:00"), "2014-01-20 09:30")


_GROWN = {
    "registered": _registered,
    "assigned": _assigned,
    "confidential": _confidential,
    "theirs": _theirs,
    "return-asked": _return_asked,
    "handling": _handling,
    "extension-asked": _extension_asked,
    "completed": _completed,
    "silent": _silent,
    "called": _called,
    "closed": _closed,
    "published": _published,
    "taken-down": _taken_down,
    "directive": _directive,
}
"""How each situation comes about; their names are the table's."""
