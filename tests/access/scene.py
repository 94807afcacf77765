"""One city for the whole table: a matter in every state a page or a call asks for, as of one moment."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from duban.catalogue.book import book
from duban.catalogue.models import RoutingRule
from duban.core.kinds import MatterKind
from duban.core.rights import SYSTEM
from duban.core.zone import day_of, local
from duban.evaluation.verbs.silence import call_back
from duban.matters.models import Attachment, Matter
from duban.matters.photos import Upload, prepare
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.timing import request_extension
from duban.people.models import ApiToken
from duban.people.tokens import issue
from duban.publication.verbs import approve, take_down
from tests.city import ACCOUNTS
from tests.stage import WU, Stage

from .areas import AREAS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Scene:
    """The matters by situation, their query codes, a photo of one of them, tokens by user name."""

    stage: Stage
    now: datetime
    matters: dict[str, Matter] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    photo: str = ""
    rule: int = 0
    handlers_token: int = 0

    def number(self, situation: str) -> str:
        """The number of the matter in a situation; of one nobody has for `unknown`."""
        return "20140120-9999-9" if situation == "unknown" else self.matters[situation].number

    def shown(self, ago: timedelta) -> str:
        """A moment before now, as a clock in Shanghai shows it."""
        return local(self.now - ago).replace(tzinfo=None).isoformat()


def set_scene(stage: Stage, now: datetime) -> Scene:
    """Build it. 寨阳乡 holds every matter of 罗家祥; 吴长生 has one of his own."""
    scene = Scene(stage, now)
    for situation, grown in _GROWN.items():
        grown(scene, situation)
    scene.tokens = {name: issue(username=name, actor=SYSTEM, now=now) for name in ACCOUNTS}
    report_progress(
        matter=scene.number("handling"),
        note="水管已经运到。",
        photos=prepare([Upload("水管.jpg", photo())]),
        actor=stage["handler"],
        now=now,
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


def _registered(scene: Scene, situation: str, *, ago: timedelta = HOUR, **more: Any) -> Matter:
    title = f"坪朗村蓄水池（{situation}）"
    given = scene.stage.register(scene.shown(ago), title=title, publish=True, **more)
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    return given.matter


def _assigned(scene: Scene, situation: str, *, ago: timedelta = HOUR, **more: Any) -> Matter:
    return _registered(scene, situation, ago=ago, unit="zhaiyang", **more)


def _confidential(scene: Scene, situation: str) -> None:
    _assigned(scene, situation, confidential=True)


def _theirs(scene: Scene, situation: str) -> None:
    _assigned(scene, situation, petitioner=WU)


def _return_asked(scene: Scene, situation: str) -> None:
    matter, actor = _assigned(scene, situation), scene.stage["handler"]
    request_return(matter=matter.number, reason="属城管", suggested="chengguan", actor=actor, now=scene.now)


def _handling(scene: Scene, situation: str, *, ago: timedelta = HOUR, **more: Any) -> Matter:
    return scene.stage.accept(_assigned(scene, situation, ago=ago, **more), scene.shown(ago))


def _extension_asked(scene: Scene, situation: str) -> None:
    matter, actor = _handling(scene, situation), scene.stage["handler"]
    later = book().calendar.nth_workday(day_of(matter.clock_due_at), 1)
    request_extension(matter=matter.number, reason="等配件", due_on=later, actor=actor, now=scene.now)


def _completed(scene: Scene, situation: str, **more: Any) -> Matter:
    return scene.stage.complete(_handling(scene, situation, **more), scene.shown(HOUR / 2))


def _silent(scene: Scene, situation: str) -> Matter:
    return scene.stage.complete(_handling(scene, situation, ago=10 * DAY), scene.shown(8 * DAY))


def _called(scene: Scene, situation: str) -> None:
    matter, actor = _silent(scene, situation), scene.stage["office"]
    call_back(matter=matter.number, result="not_reached", note="打了两次", actor=actor, now=scene.now)


def _closed(scene: Scene, situation: str) -> Matter:
    return scene.stage.judge(_completed(scene, situation), 5, scene.shown(HOUR / 3))


def _published(scene: Scene, situation: str) -> Matter:
    matter, actor = _closed(scene, situation), scene.stage["publisher"]
    texts = {"title": "蓄水池", "summary": "供水修复。", "reply": "已修好。"}
    approve(matter=matter.number, **texts, actor=actor, now=scene.now)
    return matter


def _taken_down(scene: Scene, situation: str) -> None:
    matter, actor = _published(scene, situation), scene.stage["publisher"]
    take_down(matter=matter.number, reason="文字有误", actor=actor, now=scene.now)


def _directive(scene: Scene, situation: str) -> None:
    actor = scene.stage["leader"]
    _completed(scene, situation, kind=MatterKind.DIRECTIVE, petitioner=None, actor=actor)


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
    **{name: grown for area in AREAS for name, grown in area.GROWN.items()},
}
"""How each situation comes about; their names are the table's."""
