"""Photos over the API: multipart beside JSON, and who may see them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from duban.catalogue.models import Standard
from duban.matters.models import Attachment
from tests.city import LUO

from .caller import Caller, water
from .conftest import DONE, promise


def photo(name: str = "水管.png", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "blue").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def fields(**more: Any) -> dict[str, Any]:
    """罗家祥's matter as fields of a form."""
    plain = {name: value for name, value in water(unit="zhaiyang").items() if name != "petitioner"}
    return plain | {f"petitioner.{name}": value for name, value in LUO.form().items()} | more


def test_photos_come_along_and_are_seen_by_who_may(caller: Caller, standards: dict[str, Standard]) -> None:
    given = caller.send("/matters", fields(publish="true", photos=[photo(), photo("二.png", (20, 20))]))
    assert given.status == 201
    number, code = given["number"], given["query_code"]
    seen = caller.get(f"/matters/{number}", code=code)
    assert (seen["publish"], [one["part"] for one in seen["attachments"]]) == (True, ["registration"] * 2)
    path = seen["attachments"][0]["href"].removeprefix("/api/v1")
    assert seen["timeline"][0]["photos"] == [one["href"] for one in seen["attachments"]]

    picture = caller.get(path, code=code)
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.body)).size == (40, 30)
    assert caller.get(path, by="handler").status == 200
    assert caller.get(path, by="handler2").told == (404, "not_yours")
    assert caller.get(path, code="0000000000").told == (404, "wrong_code")
    assert caller.get(path).told == (404, "wrong_code")
    assert caller.get(path, Authorization="Bearer nobody").status == 401
    assert caller.get("/attachments/nothing", code=code).told == (404, "not_found")

    addition = {"text": "又漏了", "photos": photo()}
    assert caller.send(f"/matters/{number}/additions", addition, code=code).status == 200
    caller.post(f"/desk/matters/{number}/acceptance", promise(standards["water"]), by="handler")
    assert (
        caller.send(
            f"/desk/matters/{number}/progress", {"note": "在修", "photos": photo()}, by="handler"
        ).status
        == 200
    )
    assert (
        caller.send(f"/desk/matters/{number}/completion", DONE | {"photos": photo()}, by="handler").status
        == 200
    )
    assert Attachment.objects.count() == 5


def test_a_retry_with_the_same_photos(caller: Caller) -> None:
    given = caller.post("/matters", water(unit="zhaiyang"))
    path, code = f"/matters/{given['number']}/additions", given["query_code"]
    assert caller.send(path, {"text": "又漏了", "photos": photo()}, code=code, key="k").status == 200
    again = caller.send(path, {"text": "又漏了", "photos": photo()}, code=code, key="k")
    assert again.headers["Idempotent-Replayed"] == "true"
    other = caller.send(path, {"text": "又漏了", "photos": photo(size=(9, 9))}, code=code, key="k")
    assert other.told == (409, "key_reused")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg")], "file_type"),
        ([SimpleUploadedFile("a.jpg", b"")], "file_empty"),
        ([SimpleUploadedFile("a.jpg", b"\xff\xd8" * 10_500_000)], "file_large"),
        ([photo() for _ in range(7)], "file_count"),
    ],
)
def test_what_is_no_photo(caller: Caller, files: list[SimpleUploadedFile], code: str) -> None:
    refused = caller.send("/matters", fields(photos=files))
    assert refused.told == (409, code)
    assert refused.errors == {"photos": code}


def test_multipart_only_where_photos_are_taken(caller: Caller) -> None:
    given = caller.post("/matters", water(unit="zhaiyang"))
    refused = caller.send(f"/desk/matters/{given['number']}/hand-over", {"handler": "head"}, by="head")
    assert refused.told == (415, "json_only")


def test_a_form_says_what_is_missing_like_json_does(caller: Caller) -> None:
    refused = caller.send("/matters", {"kind": "hardship", "petitioner.name": "罗家祥"})
    assert refused.errors == {
        "title": "required",
        "body": "required",
        "petitioner.id_number": "required",
        "petitioner.mobile": "required",
    }
