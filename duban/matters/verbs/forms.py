"""Free text and choices on their way into a verb: checked in one place, all fields at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

from duban.core.identity import Unacceptable
from duban.core.refusal import Invalid
from duban.core.texts import NOTE_LIMIT, clean

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Form:
    """Collects what is wrong with each field, so that a person mends everything at one go."""

    def __init__(self) -> None:
        self.errors: dict[str, tuple[str, Mapping[str, object]]] = {}

    def take(self, field: str, read: Callable[[], T]) -> T | None:
        """What `read` returns, or None with the field's problem noted."""
        try:
            return read()
        except Unacceptable as problem:
            self.errors[field] = (problem.code, problem.params)
            return None

    def note(self, field: str, text: str, *, missing: str | None = "text_missing") -> str:
        """A text of up to 2,000 characters."""
        return self.take(field, lambda: clean(text, limit=NOTE_LIMIT, missing=missing)) or ""

    def choice(self, field: str, value: object, choices: type[E], code: str) -> E | None:
        """A member of a closed list."""
        try:
            return choices(value)
        except ValueError:
            self.wrong(field, code)
            return None

    def wrong(self, field: str, code: str, **params: object) -> None:
        """Note a field's problem."""
        self.errors.setdefault(field, (code, params))

    def check(self) -> None:
        """Raise Invalid when anything is wrong."""
        if self.errors:
            raise Invalid(self.errors)
