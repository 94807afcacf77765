"""Refusals: a verb that may not be done says so with a code and a sentence, and changes nothing.

The sentences are Chinese message ids with named places; the doors translate and fill them. Every code a
verb raises stands here, so that no refusal can be without its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from .sentences import SENTENCES


class Refused(Exception):
    """A rule says no (409). `field` names the form field to mend, where one does."""

    status = 409

    def __init__(self, code: str, *, field: str | None = None, **params: object) -> None:
        check(code, params)
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class Forbidden(Refused):
    """This account has no right to the verb (403)."""

    status = 403


class Unknown(Refused):
    """Not found, or not yours to know of (404): both look the same."""

    status = 404


class TooMany(Refused):
    """Asked too often (429). `retry_after` is in seconds."""

    status = 429

    def __init__(self, code: str, *, retry_after: int, **params: object) -> None:
        super().__init__(code, field=None, minutes=max(1, -(-retry_after // 60)), **params)
        self.retry_after = retry_after


class Invalid(Exception):
    """Input that cannot be right (422): for each field a code from SENTENCES and what fills its places."""

    status = 422

    def __init__(self, errors: Mapping[str, tuple[str, Mapping[str, object]]]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, (code, _) in errors.items()))
        for code, params in errors.values():
            check(code, params)
        self.errors = MappingProxyType(dict(errors))


def not_offered(field: str, known: Iterable[str]) -> Invalid:
    """A word that is none of a closed list: to be raised."""
    return Invalid({field: ("not_offered", {"field": field, "choices": ", ".join(known)})})


def places(text: str) -> frozenset[str]:
    """The names of the places a sentence leaves to be filled: `%(limit)s` is the place `limit`."""
    return frozenset(re.findall(r"%\((\w+)\)s", text))


def check(code: str, params: Mapping[str, object]) -> None:
    """Raise KeyError unless the code has a sentence and every place in it is filled.

    Asked where a refusal is raised, so that a slip shows there and not on a citizen's page.
    """
    if code not in SENTENCES:
        raise KeyError(f"no sentence for {code!r}")
    if empty := places(SENTENCES[code]) - params.keys():
        raise KeyError(f"{code!r} leaves open {', '.join(sorted(empty))}")


def sentence(
    code: str, params: Mapping[str, object], translate: Callable[[str], str] = lambda text: text
) -> str:
    """The sentence for a code, translated and filled. Raises KeyError for a code without one."""
    return translate(SENTENCES[code]) % params
