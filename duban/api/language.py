"""The language of an answer: by Accept-Language, Chinese first."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

CHINESE, ENGLISH = "zh-hans", "en"


def language_of(request: HttpRequest) -> str:
    """`en` when the caller asks for English before Chinese, else `zh-hans`."""
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.startswith("zh"):
            return CHINESE
        if tag.startswith("en"):
            return ENGLISH
    return CHINESE
