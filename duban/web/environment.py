"""The Jinja2 environment of every page: escaping, gettext, addresses, and the formats dates are written in.

Templates stand beside their views (`web/<area>/templates/x.html` is named `<area>/x.html`); what all
pages share stands in `web/templates`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from . import formats, words
from .workbar import workbar

ROOT = Path(__file__).resolve().parent
AREAS = (
    *("citizen", "open", "signing", "desk", "office"),
    *("together", "ballots", "orders", "checks", "meeting", "ledgers", "cockpit"),
)


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for. An undefined name is an error, never an empty string."""
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader({name: FileSystemLoader(ROOT / name / "templates") for name in AREAS}),
            PrefixLoader({"api": FileSystemLoader(ROOT.parent / "api" / "templates")}),
        ]
    )
    options["undefined"] = StrictUndefined
    env = Environment(**options)  # noqa: S701 - Django's backend passes autoescape=True
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        static=static,
        url=address,
        words=words,
        city=settings.CITY,
        messages_of=get_messages,
        language=formats.language,
        workbar=workbar,
    )
    env.filters.update(
        day=formats.day,
        full_day=formats.full_day,
        weekday=formats.day_and_weekday,
        moment=formats.moment,
        iso=formats.iso,
        percent=formats.percent,
        paragraphs=formats.paragraphs,
    )
    return env


def address(name: str, *args: object, **kwargs: object) -> str:
    """The path of a named page. Raises NoReverseMatch for a name or arguments nobody serves."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
