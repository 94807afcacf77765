"""The API document (OpenAPI 3.1): request contents, problems and headers added to what the endpoints declare."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .bodies import MULTIPART, PHOTOS
from .forms import Form
from .problems import PROBLEM
from .published_shapes import Problem
from .retries import HEADER, LONGEST

ROOM = __name__.rpartition(".")[0]
REF = "#/components/schemas/{model}"
PACKAGE = f"{__package__}."  # a form of a test is no part of the document
Doc = dict[str, Any]
SEEN_OTHERWISE = (
    "Judge",
    "Petitioner",
    "VotingCode",
)  # the header of the query code, and no official's token


def takes(
    form: type[Form], *, photos: bool = False, required: bool = True, fails: tuple[int, ...] = ()
) -> Doc:
    """What an endpoint that reads `form` by itself says of its content; with `photos`, multipart too.

    `fails` are statuses of problems that do not follow from what kind of call it is.
    """
    content: Doc = {"application/json": {"schema": {"$ref": REF.format(model=form.__name__)}}}
    if photos:
        content[MULTIPART] = {"schema": _multipart(form)}
    body = {"requestBody": {"content": content, "required": required}}
    return {"openapi_extra": body | {"responses": problems_of(*fails)}}


def problems_of(*statuses: int) -> dict[int, Doc]:
    """Answers that are problems, by status."""
    content = {PROBLEM: {"schema": {"$ref": REF.format(model="Problem")}}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in statuses}


class Door(NinjaAPI):
    """The API with its whole document, drawn once for each prefix: it says the same until the next start."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._drawn: dict[str | None, OpenAPISchema] = {}

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The endpoint's own name: unique, and readable in a generated client."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: Doc | None = None
    ) -> OpenAPISchema:
        """The document. Every operation says which problems it may answer with."""
        if path_prefix not in self._drawn:
            self._drawn[path_prefix] = self._draw(path_prefix, path_params)
        return self._drawn[path_prefix]

    def _draw(self, path_prefix: str | None, path_params: Doc | None) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        document["components"]["schemas"] |= _schemas()
        for alike in SEEN_OTHERWISE:
            document["components"]["securitySchemes"].pop(alike)
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
        return document


def _complete(path: str, method: str, operation: Doc) -> None:
    statuses = {422} if operation["parameters"] else set()
    if operation.get("security") in [[{alike: []}] for alike in SEEN_OTHERWISE]:
        operation["security"] = [{"QueryCode": []}]
        statuses.add(403)
    if "{" in path:
        statuses.add(404)
    if operation.get("security") == [{"Bearer": []}]:
        statuses |= {401, 403}
    if operation.get("security") == [{"QueryCode": []}]:
        statuses.add(429)
    if method == "post":
        statuses |= {400, 409, 413, 415, 422}
        operation["parameters"].append(_idempotency_key())
    responses = problems_of(*statuses) | operation["responses"]
    operation["responses"] = {status: responses[status] for status in sorted(responses)}


_MEANINGS = {
    400: "The content cannot be read",
    401: "No valid token",
    403: "No right",
    404: "Not found, or not yours",
    409: "Refused by a rule",
    413: "Too large",
    415: "Not a content type this address takes",
    422: "Something must be mended; `errors` says what",
    429: "Too often; see Retry-After",
}


def _idempotency_key() -> Doc:
    return {
        "in": "header",
        "name": HEADER,
        "required": False,
        "schema": {"type": "string", "maxLength": LONGEST},
        "description": "A retry with the same key and content gets the first answer, with Idempotent-Replayed: true.",
    }


@cache
def _schemas() -> Doc:
    return _definitions([*_forms(Form), Problem])


def _forms(parent: type[Form]) -> Iterable[type[Form]]:
    for form in parent.__subclasses__():
        if form.__module__.startswith(PACKAGE):
            yield form
            yield from _forms(form)


def _definitions(models: Iterable[type[BaseModel]]) -> Doc:
    _, schema = models_json_schema([(model, "validation") for model in models], ref_template=REF)
    definitions: Doc = schema["$defs"]
    return definitions


def _multipart(form: type[Form]) -> Doc:
    """The same fields as a form has in JSON, one level deep: `petitioner.name`."""
    schema = form.model_json_schema()
    fields: Doc = {}
    required = []
    for name, field in schema["properties"].items():
        inner = schema.get("$defs", {}).get(_referred(field), None)
        for leaf, shape in (inner or {"properties": {"": field}})["properties"].items():
            path = f"{name}.{leaf}" if inner else name
            fields[path] = shape
            if name in schema.get("required", []):
                required.append(path)
    fields[PHOTOS] = {
        "type": "array",
        "maxItems": 6,
        "items": {"type": "string", "format": "binary"},
        "description": "JPG, PNG, WebP or HEIC, 10 MB each; position and camera data are removed.",
    }
    return {"type": "object", "properties": fields, "required": required}


def _referred(field: Doc) -> str:
    choices = [field, *field.get("anyOf", [])]
    return next((str(one["$ref"]).rsplit("/", 1)[-1] for one in choices if "$ref" in one), "")
