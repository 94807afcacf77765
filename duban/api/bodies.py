"""Reading a request's content: JSON, or multipart where photos may come along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, ValidationError

from duban.core.refusal import Invalid, Refused
from duban.matters.photos import LARGEST, MEGABYTE, MOST, Photo, Upload, prepare

from .forms import Form
from .problems import Misshapen, code_of

PHOTOS = "photos"
MULTIPART = "multipart/form-data"
F = TypeVar("F", bound=Form)


class Unreadable(Refused):
    """Content that cannot be read as what it says it is (400)."""

    status = 400


class Unsupported(Refused):
    """Content of a type this address does not take (415)."""

    status = 415


@dataclass(frozen=True, slots=True)
class Sent:
    """What came in besides the form: prepared photos, and a digest that tells two contents apart."""

    photos: tuple[Photo, ...]
    digest: str


def read(request: HttpRequest, form: type[F]) -> F:
    """The content of a JSON request, or of a multipart one where photos are taken (see `with_photos`).

    Raises Unreadable, Unsupported; Misshapen with a code for every field that is missing or of a wrong type.
    """
    request.paths = form.PATHS  # type: ignore[attr-defined]
    try:
        return form.model_validate(_content(request))
    except ValidationError as wrong:
        errors: dict[str, tuple[str, Mapping[str, object]]] = {}
        for error in wrong.errors(include_url=False):
            path = ".".join(str(part) for part in error["loc"]) or "body"
            errors.setdefault(path, ("required", {}) if error["input"] is None else code_of(error))
        raise Misshapen(errors) from None


def with_photos(request: HttpRequest, form: type[F]) -> tuple[F, Sent]:
    """The content and its photos (multipart field `photos`, at most 6 of 10 MB each). Raises Refused too.

    Photos are decoded and re-encoded here, before any transaction.
    """
    multipart = request.content_type == MULTIPART
    request.takes_photos = True  # type: ignore[attr-defined]
    content = read(request, form)
    uploads = list(_uploads(request)) if multipart else []
    return content, Sent(prepare(uploads), digest_of(content, *(upload.content for upload in uploads)))


def digest_of(content: BaseModel, *files: bytes) -> str:
    """Tells two contents apart, however they were written down: SHA-256."""
    seen = hashlib.sha256(content.model_dump_json().encode())
    for file in files:
        seen.update(hashlib.sha256(file).digest())
    return seen.hexdigest()


def _content(request: HttpRequest) -> object:
    kind = request.content_type or ""
    if kind == MULTIPART and getattr(request, "takes_photos", False):
        return _nested(request)
    if not request.body:
        return {}
    if kind != "application/json":
        raise Unsupported("json_only")
    try:
        content = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable("not_json") from None
    if not isinstance(content, dict):
        raise Invalid({"body": ("not_an_object", {})})
    return content


def _nested(request: HttpRequest) -> dict[str, object]:
    """The fields of a multipart form; a dot in a name (`petitioner.name`) goes one level down."""
    fields: dict[str, object] = {}
    inner: dict[str, dict[str, object]] = {}
    for name, value in request.POST.items():
        outer, dot, leaf = name.partition(".")
        if dot:
            inner.setdefault(outer, {})[leaf] = value
        else:
            fields[name] = value
    return fields | inner


def _uploads(request: HttpRequest) -> list[Upload]:
    files = request.FILES.getlist(PHOTOS)
    if len(files) > MOST:
        raise Refused("file_count", field=PHOTOS, limit=MOST)
    for file in files:  # told from its length, before it is read into memory
        if (file.size or 0) > LARGEST:
            size = f"{(file.size or 0) / MEGABYTE:.1f}"
            name = (file.name or "")[-60:]
            raise Refused("file_large", field=PHOTOS, name=name, size=size, limit=LARGEST // MEGABYTE)
    return [Upload(file.name or "", file.read()) for file in files]
