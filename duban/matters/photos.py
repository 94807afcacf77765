"""Photos: decoded, turned upright, re-encoded without position or camera data, stored under private names."""

from __future__ import annotations

import hashlib
import io
import secrets
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from duban.core.refusal import Refused

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST = 6
LONGEST_SIDE = 2400  # pixels; enough to read a document, small enough for a county's network
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

Image.init()  # every format by name; opening with named formats alone does not load them
pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo ready to be stored: JPEG bytes, width and height in pixels, SHA-256."""

    content: bytes
    width: int
    height: int
    digest: str


def prepare(uploads: Iterable[Upload]) -> tuple[Photo, ...]:
    """Decode and re-encode uploads. Slow, so it runs before the transaction.

    At most 6 photos of 10 MB each. Raises Refused (field `photos`): file_count, file_large, file_empty,
    file_type, file_broken.
    """
    files = list(uploads)
    if len(files) > MOST:
        raise Refused("file_count", field="photos", limit=MOST)
    return tuple(_prepare(file) for file in files)


def store(photo: Photo) -> str:
    """Write a photo under a name nobody can guess; returns the name."""
    token = secrets.token_hex(20)
    return default_storage.save(f"{token[:2]}/{token}.jpg", ContentFile(photo.content))


def _prepare(file: Upload) -> Photo:
    name = file.name[-60:]
    if not file.content:
        raise Refused("file_empty", field="photos", name=name)
    if len(file.content) > LARGEST:
        size = f"{len(file.content) / MEGABYTE:.1f}"
        raise Refused("file_large", field="photos", name=name, size=size, limit=LARGEST // MEGABYTE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(file.content), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise Refused("file_large", field="photos", name=name, size="60+", limit=LARGEST // MEGABYTE)
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = Image.new("RGB", upright.size, "white")
            layered = upright.convert("RGBA") if upright.mode in ("RGBA", "LA", "P", "PA") else None
            plain.paste(layered or upright.convert("RGB"), mask=layered)
    except UnidentifiedImageError:
        raise Refused("file_type", field="photos", name=name) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("file_broken", field="photos", name=name) from None
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=85, optimize=True)
    content = out.getvalue()
    return Photo(content, plain.width, plain.height, hashlib.sha256(content).hexdigest())
