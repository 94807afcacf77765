"""Drafts: sealed, found only by their token, gone after seven days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from duban.matters.photos import Photo
from duban.web import drafts
from duban.web.models import Draft

from .conftest import NINE

pytestmark = pytest.mark.django_db
BODY = {"title": "坪朗村的水", "id_number": "433101196503120011"}
PHOTO = Photo(b"\xff\xd8 a photo", 4, 3, "0" * 64)


def test_a_draft_is_found_by_its_token_for_seven_days() -> None:
    kept = drafts.keep(None, "registration", BODY, NINE)
    found = drafts.find(kept.token, "registration", NINE + timedelta(days=7) - timedelta(seconds=1))
    assert found is not None
    assert found.body == BODY
    assert drafts.find(kept.token, "registration", NINE + timedelta(days=7)) is None
    assert drafts.find(kept.token, "addition", NINE) is None
    assert drafts.find("guess", "registration", NINE) is None
    assert drafts.find("", "registration", NINE) is None


def test_what_is_stored_says_nothing() -> None:
    kept = drafts.keep(None, "registration", BODY, NINE)
    row = Draft.shelf.get()
    assert kept.token not in (row.key, str(row))
    assert b"433101" not in bytes(row.body)


def test_a_draft_that_does_not_open_is_no_draft() -> None:
    kept = drafts.keep(None, "registration", BODY, NINE)
    Draft.shelf.update(body=b"\x01" + bytes(60))
    assert drafts.find(kept.token, "registration", NINE) is None


def test_keeping_again_writes_over_and_keeps_longer() -> None:
    first = drafts.keep(None, "registration", BODY, NINE, saved=True)
    later = NINE + timedelta(days=2)
    again = drafts.keep(first.token, "registration", {"title": "改了"}, later)
    assert again.token == first.token
    assert again.saved_at == NINE
    found = drafts.find(first.token, "registration", later + timedelta(days=6))
    assert found is not None
    assert found.body == {"title": "改了"}


def test_one_that_was_sent_is_not_written_over() -> None:
    kept = drafts.keep(None, "registration", BODY, NINE)
    drafts.finish(kept, {"number": "20140107-0001-1"})
    sent = drafts.find(kept.token, "registration", NINE)
    assert sent is not None
    assert sent.result == {"number": "20140107-0001-1"}
    assert sent.body == {}
    assert drafts.keep(kept.token, "registration", BODY, NINE).token != kept.token


def test_one_that_is_taken_is_gone() -> None:
    kept = drafts.keep(None, "sign_in", BODY, NINE)
    assert drafts.take(kept.token, "sign_in", NINE) == BODY
    assert drafts.take(kept.token, "sign_in", NINE) is None


def test_the_purge_takes_the_expired_with_their_photos() -> None:
    old = drafts.keep(None, "registration", BODY, NINE)
    drafts.add_photo(old, "水.jpg", PHOTO)
    stored = Path(settings.MEDIA_ROOT, drafts.photos(old)[0].stored)
    young = drafts.keep(None, "registration", BODY, NINE + timedelta(days=1))
    assert stored.exists()
    assert drafts.purge_drafts(NINE + timedelta(days=7)) == 1
    assert not stored.exists()
    assert Draft.shelf.get().key == young.key
    assert drafts.purge_drafts(NINE + timedelta(days=7)) == 0


def test_a_photo_whose_file_is_gone_is_left_out() -> None:
    kept = drafts.keep(None, "registration", BODY, NINE)
    drafts.add_photo(kept, "水.jpg", PHOTO)
    assert drafts.prepared(drafts.photos(kept)) == (PHOTO,)
    Path(settings.MEDIA_ROOT, drafts.photos(kept)[0].stored).unlink()
    assert drafts.prepared(drafts.photos(kept)) == ()


def test_keeping_a_draft_clears_away_the_old_ones_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep(None, "registration", BODY, NINE)
    monkeypatch.setattr(drafts, "_tidied", None)
    young = drafts.keep(None, "registration", BODY, NINE + timedelta(days=8))
    assert Draft.shelf.get().key == young.key
