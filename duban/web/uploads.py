"""Photos out of a submitted form: each is decoded on its own, so that one bad file does not lose the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from duban.core.refusal import Refused
from duban.matters.photos import LARGEST, MEGABYTE, MOST, Photo, Upload, prepare

from . import drafts
from .models import DraftPhoto
from .wording import told

FIELD = "photos"
WAITING = "waiting"


def photos_of(request: HttpRequest, *, already: int = 0) -> tuple[list[tuple[str, Photo]], list[str]]:
    """The good photos of a request with their names, and a sentence for each bad one.

    `already` photos were kept before; together there may be 6.
    """
    good: list[tuple[str, Photo]] = []
    problems: list[str] = []
    for upload in request.FILES.getlist(FIELD):
        name = upload.name or ""
        try:
            if already + len(good) >= MOST:
                raise Refused("file_count", field=FIELD, limit=MOST)
            if (upload.size or 0) > LARGEST:  # told from its length: not read into memory
                size = f"{(upload.size or 0) / MEGABYTE:.1f}"
                limit = LARGEST // MEGABYTE
                raise Refused("file_large", field=FIELD, name=name[-60:], size=size, limit=limit)
            good.append((name, prepare([Upload(name, upload.read())])[0]))
        except Refused as refused:
            problems.append(told(refused))
            if refused.code == "file_count":
                break
    return good, problems


@dataclass(frozen=True, slots=True)
class Gathered:
    """The photos of a form that may come back: those just sent, and those that waited since an earlier try."""

    kept: drafts.Kept | None
    good: list[tuple[str, Photo]]
    problems: list[str]

    def all(self) -> tuple[Photo, ...]:
        """Every photo, ready to be attached."""
        waiting = drafts.prepared(drafts.photos(self.kept)) if self.kept else ()
        return (*waiting, *(photo for _name, photo in self.good))

    def wait(self, purpose: str, now: datetime) -> tuple[str, list[DraftPhoto]]:
        """The form has to come back: keep the photos; returns the token for its hidden field, and what waits."""
        if not self.good and self.kept is None:
            return "", []
        kept = drafts.keep(self.kept.token if self.kept else None, purpose, {}, now)
        for name, photo in self.good:
            drafts.add_photo(kept, name, photo)
        return kept.token, drafts.photos(kept)

    def let_go(self) -> None:
        """They are attached now: the waiting ones go."""
        if self.kept is not None:
            drafts.discard(self.kept)


def gathered(request: HttpRequest, purpose: str, now: datetime) -> Gathered:
    """The photos of a submitted form, with those its hidden field `waiting` names."""
    kept = drafts.find(request.POST.get(WAITING), purpose, now)
    good, problems = photos_of(request, already=len(drafts.photos(kept)) if kept else 0)
    return Gathered(kept, good, problems)
