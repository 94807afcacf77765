"""Photos: decoded and encoded anew, nothing hidden left in them, private, limited."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from duban.core.refusal import Refused
from duban.journal.models import Event
from duban.matters.models import Attachment
from duban.matters.photos import LONGEST_SIDE, MEGABYTE, Upload, prepare
from duban.matters.timeline import timeline
from duban.matters.verbs.handling import report_progress
from tests.city import at
from tests.stage import Stage


def picture(
    form: str = "JPEG", size: tuple[int, int] = (80, 60), mode: str = "RGB", **saved: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode != "P" else 1).save(out, form, **saved)
    return out.getvalue()


def with_position() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (28.0, 18.0, 42.0)  # where it was taken
    return picture(exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_format_becomes_a_plain_jpeg(form: str) -> None:
    photo = prepare([Upload("照片", picture(form))])[0]
    assert photo.content.startswith(b"\xff\xd8")
    assert (photo.width, photo.height) == (80, 60)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK"])
def test_every_colour_mode(mode: str) -> None:
    assert prepare(
        [Upload("照片", picture("TIFF" if mode == "CMYK" else "PNG", mode=mode))]
        if mode != "CMYK"
        else [Upload("照片", picture("JPEG", mode=mode))]
    )


def test_position_and_camera_are_gone_and_it_stands_upright() -> None:
    sent = with_position()
    assert b"SecretCamera" in sent
    photo = prepare([Upload("IMG_1.jpg", sent)])[0]
    assert b"SecretCamera" not in photo.content
    assert not Image.open(io.BytesIO(photo.content)).getexif()
    assert (photo.width, photo.height) == (60, 80)


def test_a_large_picture_is_made_smaller() -> None:
    photo = prepare([Upload("大.png", picture("PNG", (5000, 1000)))])[0]
    assert (photo.width, photo.height) == (LONGEST_SIDE, 480)


@pytest.mark.parametrize(
    ("uploads", "code"),
    [
        ([Upload("20mb.jpg", b"\xff\xd8" + bytes(20 * MEGABYTE))], "file_large"),
        ([Upload("photo.jpg", b"<script>alert(1)</script>")], "file_type"),
        (
            [Upload("photo.jpg", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")],
            "file_type",
        ),
        ([Upload("photo.gif", picture("GIF", mode="P"))], "file_type"),
        ([Upload("half.jpg", picture(size=(900, 900))[:300])], "file_broken"),
        ([Upload("nothing.jpg", b"")], "file_empty"),
        ([Upload("one.jpg", picture())] * 7, "file_count"),
    ],
)
def test_what_is_not_a_photo_is_refused_with_its_name(uploads: list[Upload], code: str) -> None:
    with pytest.raises(Refused) as no:
        prepare(uploads)
    assert (no.value.code, no.value.field) == (code, "photos")


def test_a_script_behind_a_picture_does_not_survive() -> None:
    photo = prepare([Upload("a.jpg", picture() + b"<script>alert(1)</script>")])[0]
    assert b"<script>" not in photo.content


def test_attached_with_a_private_address_and_a_digest_in_the_journal(stage: Stage) -> None:
    matter = stage.handling()
    photos = prepare([Upload("a.jpg", picture()), Upload("b.jpg", picture(size=(40, 40)))])
    report_progress(
        matter=matter.number,
        note="已更换接头。",
        photos=photos,
        actor=stage["handler"],
        now=at("2014-02-07 11:30"),
    )
    rows = list(Attachment.objects.order_by("id"))
    assert all(len(row.token) == 43 for row in rows)
    with default_storage.open(rows[0].file.name) as stored:
        assert stored.read() == photos[0].content
    assert Event.objects.get(kind="progress.reported").facts["photos"] == [photo.digest for photo in photos]
    shown = {entry.kind: entry.photos for entry in timeline(stage.again(matter))}
    assert list(shown["progress.reported"]) == rows
    public = {entry.kind: entry.photos for entry in timeline(stage.again(matter), audience="public")}
    assert not public["progress.reported"]
