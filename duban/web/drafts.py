"""Drafts on the server: what someone typed survives a closed phone, an expired session, a step back.

The browser holds an unguessable token in a cookie; the row holds its hash and the sealed fields, so neither a
cookie nor a database alone gives anything away. No script is needed. Drafts live seven days.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from duban.matters.photos import Photo
from duban.matters.rationing import rationed
from duban.people.sealing import Tampered, seal, unseal

from .models import Draft, DraftPhoto

LIFE = timedelta(days=7)
DRAFTS_A_REGISTRATION = 3  # not every draft is sent
TIDY_EVERY = 3600.0  # seconds
_PURPOSE = "web.draft"
_tidied: float | None = None
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as pages use it: its token, the fields, what came of sending it, and when it was saved on purpose."""

    token: str
    key: str
    body: Body
    result: Body | None
    saved_at: datetime | None


def find(token: str | None, purpose: str, now: datetime) -> Kept | None:
    """The draft behind a token, or None when there is none, it has expired, or it does not open."""
    if not token:
        return None
    row = Draft.shelf.filter(key=_key(token), purpose=purpose, expires_at__gt=now).first()
    if row is None:
        return None
    try:
        body = json.loads(unseal(bytes(row.body), purpose=_PURPOSE))
        result = None if row.result is None else json.loads(unseal(bytes(row.result), purpose=_PURPOSE))
    except Tampered:
        return None
    return Kept(token, row.key, body, result, row.saved_at)


def keep(
    token: str | None,
    purpose: str,
    body: Mapping[str, Any],
    now: datetime,
    *,
    saved: bool = False,
    shared: bool = False,
    client: str = "",
) -> Kept:
    """Store the fields under the token, or under a new one. `saved` marks a draft kept on purpose.

    `shared`: the token is a name several colleagues use, and stays. `client`: the address of a caller nobody vouches
    for, who may begin so many drafts an hour. Raises TooMany(`too_many_drafts`).
    """
    _tidy(now)
    before = find(token, purpose, now)
    # One that was sent is never written over.
    if not shared and (before is None or before.result is not None):
        most = DRAFTS_A_REGISTRATION * settings.DUBAN_REGISTRATIONS_PER_HOUR
        rationed("drafts", client, now, most=most, refusal="too_many_drafts")
        token = secrets.token_urlsafe(24)
    assert token is not None  # noqa: S101 - for the type checker: a found draft had a token
    saved_at = now if saved else (before.saved_at if before and before.result is None else None)
    values = {
        "purpose": purpose,
        "body": seal(json.dumps(dict(body), ensure_ascii=False), purpose=_PURPOSE),
        "saved_at": saved_at,
        "expires_at": now + LIFE,
    }
    Draft.shelf.update_or_create(
        key=_key(token), defaults=values, create_defaults={**values, "created_at": now}
    )
    return Kept(token, _key(token), dict(body), None, saved_at)


def finish(kept: Kept, result: Mapping[str, Any], *, body: Mapping[str, Any] | None = None) -> None:
    """Remember what came of sending it, so that sending it twice shows the same; the fields are let go."""
    Draft.shelf.filter(key=kept.key).update(
        result=seal(json.dumps(dict(result), ensure_ascii=False), purpose=_PURPOSE),
        body=seal(json.dumps(dict(body or {}), ensure_ascii=False), purpose=_PURPOSE),
    )
    _forget_photos(DraftPhoto.shelf.filter(draft__key=kept.key))


def take(token: str, purpose: str, now: datetime) -> Body | None:
    """The fields of a draft that is read once and then gone."""
    kept = find(token, purpose, now)
    if kept is None:
        return None
    discard(kept)
    return kept.body


def discard(kept: Kept) -> None:
    """Throw a draft away with its photos."""
    _forget_photos(DraftPhoto.shelf.filter(draft__key=kept.key))
    Draft.shelf.filter(key=kept.key).delete()


def add_photo(kept: Kept, name: str, photo: Photo) -> None:
    """Keep a prepared photo beside the draft."""
    stored = default_storage.save(f"drafts/{secrets.token_hex(16)}", ContentFile(photo.content))
    DraftPhoto.shelf.create(
        draft=Draft.shelf.get(key=kept.key),
        name=name[-120:],
        stored=stored,
        width=photo.width,
        height=photo.height,
        digest=photo.digest,
    )


def photos(kept: Kept) -> list[DraftPhoto]:
    """The photos kept beside a draft, in the order they were chosen."""
    return list(DraftPhoto.shelf.filter(draft__key=kept.key).order_by("id"))


def prepared(rows: Iterable[DraftPhoto]) -> tuple[Photo, ...]:
    """The kept photos, ready to be attached. A file that has gone missing is left out."""
    ready = []
    for row in rows:
        if default_storage.exists(row.stored):
            with default_storage.open(row.stored) as file:
                ready.append(Photo(file.read(), row.width, row.height, row.digest))
    return tuple(ready)


def drop_photo(kept: Kept, photo: int) -> None:
    """Take one photo away again."""
    _forget_photos(DraftPhoto.shelf.filter(draft__key=kept.key, id=photo))


def purge_drafts(now: datetime) -> int:
    """Delete every expired draft and its photos; returns how many drafts."""
    with transaction.atomic():
        expired = Draft.shelf.filter(expires_at__lte=now)
        _forget_photos(DraftPhoto.shelf.filter(draft__in=expired))
        return Draft.shelf.filter(expires_at__lte=now).delete()[0]


def _tidy(now: datetime) -> None:
    """Purge now and then: whoever keeps a draft clears away the old ones, so none outlives its days for long."""
    global _tidied
    if _tidied is None or monotonic() - _tidied > TIDY_EVERY:
        _tidied = monotonic()
        purge_drafts(now)


def _forget_photos(rows: Any) -> None:
    for row in rows:
        default_storage.delete(row.stored)
    rows.delete()


def _key(token: str) -> str:
    return sha256(token.encode()).hexdigest()
