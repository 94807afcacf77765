"""Answers: JSON from plain dicts, and how instants and days are written in them.

The dicts are drawn by hand and dumped as they are: checking fifty rows against a schema on their way out costs
more than everything else a list does. The tests check them instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpResponse

from duban.core.zone import SHANGHAI

JSON = "application/json"
REPLAYED = "Idempotent-Replayed"
Json = Mapping[str, object]


def answer(body: Json, status: int = 200, *, replayed: bool = False, private: bool = True) -> HttpResponse:
    """A JSON answer. `private` ones are kept by no cache; `replayed` says that it was given before."""
    response = HttpResponse(json.dumps(body, ensure_ascii=False).encode(), status=status, content_type=JSON)
    if private:
        response.headers["Cache-Control"] = "private, no-store"
    if replayed:
        response.headers[REPLAYED] = "true"
    return response


def moment(value: datetime | None) -> str | None:
    """RFC 3339 in Shanghai, in whole seconds: 2014-01-29T09:30:00+08:00."""
    return None if value is None else value.astimezone(SHANGHAI).isoformat(timespec="seconds")


def day(value: date | None) -> str | None:
    """YYYY-MM-DD."""
    return None if value is None else value.isoformat()
