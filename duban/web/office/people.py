"""Names for keys: who stands behind an actor of the journal."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from duban.people.queries import staff_names


class Names(dict[str, str]):
    """Names by actor key; a key without one is told by its kind."""

    def __missing__(self, key: str) -> str:
        kind, _sep, number = key.partition(":")
        match kind:
            case "system":
                return gettext("系统")
            case "citizen":
                return gettext("诉求人 %(number)s") % {"number": number}
            case "anyone":
                return gettext("未登录的人")
            case _:
                return key


def names_of(keys: Iterable[str]) -> Names:
    """The names behind these actor keys: one statement."""
    ids = {int(number) for key in keys if (number := key.removeprefix("staff:")).isdigit()}
    return Names({f"staff:{pk}": name for pk, name in staff_names(ids).items()})
