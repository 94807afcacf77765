"""Idempotency-Key: a write sent twice is done once, and the second caller gets the first answer (domain rule 18).

Deed and answer are kept in one transaction, so there is no moment in which the one exists without the other. A
refusal is not kept: nothing was done, so the next try is judged anew. Without the header nothing is read or written.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from duban.core.refusal import Invalid, Refused
from duban.people.sealing import blind_index

from .answers import Json, answer
from .models import FirstAnswer

HEADER = "Idempotency-Key"
LONGEST = 255
KEPT_FOR = timedelta(days=3)
SWEEP_EVERY = 500  # first answers between two sweeps of old ones


def key_of(request: HttpRequest) -> str | None:
    """The request's Idempotency-Key, if it has one. Raises Invalid for one that is too long."""
    key = request.headers.get(HEADER, "").strip()
    if len(key) > LONGEST:
        raise Invalid({HEADER: ("too_long", {"limit": LONGEST})})
    return key or None


def once(
    request: HttpRequest,
    caller: str,
    content: str,
    deed: Callable[[], Json],
    *,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    """Do the deed and answer with what it returns; on a retry answer with what it returned.

    `status` is what a deed that was done is answered with: 200, or 201 where it made something. `caller` is who asks (`staff:12`, `matter:163`), `content` the digest of what was sent. Raises
    Refused(`key_reused`) for one key with two contents, and whatever the deed raises.
    """
    key = key_of(request)
    if key is None:
        return answer(deed(), status)
    hashed = blind_index(f"{caller}\n{key}", purpose="idempotency_key")
    content = f"{request.method} {request.path} {content}"
    with transaction.atomic():
        row, is_first = FirstAnswer.claim(
            key=hashed, content=blind_index(content, purpose="idempotent_content"), now=now
        )
        if row is None:
            raise Refused("changed_meanwhile")
        if not is_first:
            return _again(row, blind_index(content, purpose="idempotent_content"))
        body = deed()
        row.status, row.body = status, json.dumps(body, ensure_ascii=False)
        row.save(update_fields=["status", "body"])
        if row.pk % SWEEP_EVERY == 0:
            FirstAnswer.forget(now - KEPT_FOR)
    return answer(body, status)


def _again(row: FirstAnswer, content: str) -> HttpResponse:
    if row.content != content:
        raise Refused("key_reused")
    return answer(json.loads(row.body), row.status, replayed=True)
