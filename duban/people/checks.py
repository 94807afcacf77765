"""Production refuses to start while a demo account opens with the demo's password."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from .queries import demo_passwords_present


@register("duban")
def no_demo_passwords(app_configs: Sequence[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """An error naming the accounts. Outside production the database is not touched."""
    if not settings.PRODUCTION:
        return []
    try:
        open_to_all = demo_passwords_present()
    except DatabaseError:
        return []  # the first `duban migrate` runs before there is a table to look at
    if not open_to_all:
        return []
    return [
        Error(
            f"Demo accounts still have the demo's password: {', '.join(open_to_all)}.",
            hint="Set other passwords or deactivate the accounts; a production city should not start from the demo.",
            id="duban.E001",
        )
    ]
