"""Attaching photos to a matter, as part of another verb's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from ..models import Attachment, Matter
from ..photos import Photo, store


def attach(
    matter: Matter, photos: Sequence[Photo], *, part: Attachment.Part, by: int | None, at: datetime
) -> list[str]:
    """Store prepared photos with the matter; returns their digests, for the event's facts.

    Files are written before the rows: a transaction that fails afterwards leaves files nobody can reach.
    """
    rows = []
    for photo in photos:
        name = store(photo)
        rows.append(
            Attachment(
                matter=matter,
                token=secrets.token_urlsafe(32),
                part=part,
                file=name,
                width=photo.width,
                height=photo.height,
                size=len(photo.content),
                digest=photo.digest,
                by_id=by,
                at=at,
            )
        )
    if rows:
        Attachment.objects.bulk_create(rows)
    return [row.digest for row in rows]
