"""A refusal in the visitor's language: its sentence, with days and moments in it written the way pages write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext

from duban.core.refusal import Invalid, Refused, sentence

from . import formats


def told(refused: Refused) -> str:
    """The sentence of a refusal."""
    return told_code(refused.code, refused.params)


def told_code(code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence of a code from core.refusal, its places filled."""
    return sentence(code, {key: _written(value) for key, value in (params or {}).items()}, gettext)


def told_fields(invalid: Invalid) -> dict[str, str]:
    """For each field in error, its sentence."""
    return {field: told_code(code, params) for field, (code, params) in invalid.errors.items()}


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return formats.moment(value)
    return formats.day_and_weekday(value) if isinstance(value, date) else value
