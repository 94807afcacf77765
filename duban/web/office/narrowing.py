"""What the address of the city's list narrows it to, and how the page says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from duban.core.places import NOWHERE, spots
from duban.core.refusal import Invalid
from duban.matters.models import Matter
from duban.matters.narrowing import Narrowing
from duban.matters.places import texts

from .. import formats, words

STATES = {
    "registered": _("待交办"),
    "assigned": _("待受理"),
    "handling": _("办理中"),
    "completed": _("待评价"),
}
AGES = {
    "0-3": _("3 天以内"),
    "4-7": _("4 到 7 天"),
    "8-15": _("8 到 15 天"),
    "16-30": _("16 到 30 天"),
    "31": _("30 天以上"),
}


def narrowing_of(query: Mapping[str, str]) -> Narrowing:
    """`?kind=&state=&age=&township=&place=&standard=&since=&until=`. Raises Invalid for a day that is none."""
    return Narrowing(
        kind=query.get("kind", ""),
        state=query.get("state", ""),
        age=query.get("age", ""),
        place=query.get("place", "").strip(),
        standard=query.get("standard", "").strip(),
        since=_day("since", query),
        until=_day("until", query),
        township=query.get("township", "").strip(),
    )


def query_of(narrowed: Narrowing) -> dict[str, str]:
    """The same as parameters of an address, without what is blank."""
    given = {
        "kind": narrowed.kind,
        "state": narrowed.state,
        "age": narrowed.age,
        "township": narrowed.township,
        "place": narrowed.place,
        "standard": narrowed.standard,
        "since": narrowed.since.isoformat() if narrowed.since else "",
        "until": narrowed.until.isoformat() if narrowed.until else "",
    }
    return {name: value for name, value in given.items() if value}


def chips(asked: Mapping[str, str], narrowed: Narrowing) -> str:
    """In words: 办理中、16 到 30 天; of the status and the light too."""
    said = [
        words.status(asked["status"]) if asked["status"] else "",
        words.light(asked["light"]) if asked["light"] else "",
        words.kind(narrowed.kind) if narrowed.kind else "",
        gettext(STATES.get(narrowed.state, "")) if narrowed.state else "",
        gettext(AGES.get(narrowed.age, "")) if narrowed.age else "",
        township_words(narrowed.township) if narrowed.township else "",
        narrowed.place,
        narrowed.standard,
        _days(narrowed.since, narrowed.until),
    ]
    return gettext("、").join(one for one in said if one)


def township_words(name: str) -> str:
    """A township's name; of NOWHERE, what its matters have in common."""
    return gettext("没有写明乡镇、街道") if name == NOWHERE else name


def spots_of(
    rows: QuerySet[Matter], path: str, asked: Mapping[str, str], narrowed: Narrowing
) -> list[tuple[str, int, str]]:
    """The villages and other spots within the township a list is narrowed to: name, figure, and the list of each."""
    if not narrowed.township or narrowed.place:
        return []
    within = "" if narrowed.township == NOWHERE else narrowed.township
    kept = {
        name: value for name, value in {**asked, **query_of(narrowed)}.items() if value and name != "after"
    }
    return [
        (name, number, f"{path}?{urlencode({**kept, 'place': name})}")
        for name, number in spots(texts(rows), within)
    ]


def _days(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return ""
    first, last = (formats.day(since) if since else ""), (formats.day(until) if until else "")
    return gettext("%(first)s至%(last)s挂号") % {"first": first, "last": last}


def _day(name: str, query: Mapping[str, str]) -> date | None:
    typed = query.get(name, "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Invalid({name: ("date_shape", {})}) from None
