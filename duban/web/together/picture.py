"""What staff see of merged matters and of assisting units beside a matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from duban.catalogue.book import book
from duban.core.rights import Actor
from duban.core.workdays import CalendarMissing
from duban.matters.assists import assists_of, only_assists, seen_among
from duban.matters.merged import likely_same, merged_into
from duban.matters.models import Assist, Matter
from duban.matters.queries import petitioner_name, sees
from duban.matters.unnaming import unnamed, unnamed_assist

from .. import formats, words


@dataclass(frozen=True, slots=True)
class Helper:
    """One assist as it is drawn: whose, its light, what is left, the task, and what became of it."""

    assist: Assist
    light: str
    left: str
    fate: str


def beside(matter: Matter, actor: Actor, now: datetime) -> dict[str, Any]:
    """The assists of a matter, the one it is merged into, and those merged into it (as far as the account sees them)."""
    helpers, merged = assists_of(matter), merged_into(matter)
    seen = seen_among(merged, actor)
    if assisting := only_assists(matter, actor):
        helpers = [unnamed_assist(one, matter) for one in helpers]
    return {
        "helpers": [_helper(one, now) for one in helpers],
        "leads_to": matter.lead,
        "lead_seen": matter.lead is not None and sees(matter.lead, actor),
        "merged": [
            (
                one.number,
                one.pk in seen,
                unnamed(one.title, one) if assisting else one.title,
                petitioner_name(one, actor),
                one.status(now).value,
            )
            for one in merged
        ],
    }


def open_assists(matter: Matter) -> list[Assist]:
    """The assists that still wait for a reply."""
    return [one for one in assists_of(matter) if one.is_open]


def likely_choices(matter: Matter, actor: Actor, now: datetime) -> list[tuple[str, str, str]]:
    """Matters it could be merged into, as choices: number, title, and what else tells them apart."""
    return [
        (
            one.number,
            one.title,
            " · ".join(
                part
                for part in (
                    one.number,
                    one.unit.name,
                    one.place,
                    words.status(one.status(now).value),
                    gettext("标题相似 %(n)s%%") % {"n": percent},
                )
                if part
            ),
        )
        for one, percent in likely_same(matter)
    ]


def left_of(assist: Assist, now: datetime) -> str:
    """还剩 2 天, while it is open."""
    try:
        return formats.remaining(assist.due_at, now, book().calendar) if assist.is_open else ""
    except CalendarMissing:  # the page still opens
        return ""


def _helper(assist: Assist, now: datetime) -> Helper:
    if assist.is_open:
        fate = gettext("等回复")
    elif assist.replied_at is not None:
        fate = gettext("已回复")
    else:
        fate = gettext("已撤回") if assist.recalled_by_id else gettext("事项往下走，不用再回复")
    return Helper(assist, assist.light(now).value, left_of(assist, now), fate)
