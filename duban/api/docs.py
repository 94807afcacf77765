"""The document as a page to read: drawn on the server, without script and without any outside request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from markupsafe import Markup, escape
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

Doc = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter: its name, type in words, whether it must be there, and what it means."""

    name: str
    type: Markup
    required: bool
    meaning: Markup


@dataclass(frozen=True, slots=True)
class Call:
    """One call, ready to be drawn."""

    id: str
    method: str
    path: str
    summary: str
    meaning: Markup
    who: str
    parameters: list[Field]
    content: list[Field]
    multipart: bool
    answers: list[Field]


class Pages(DocsBase):
    """`/api/v1/docs`."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page, in the reader's language around the document's English."""
        document: Doc = api.get_openapi_schema(path_params=kwargs)
        groups: dict[str, list[Call]] = {}
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                groups.setdefault(operation["tags"][0], []).append(_call(path, method, operation, document))
        shapes = [
            (name, _words(shape.get("description", "")), _fields(shape))
            for name, shape in sorted(document["components"]["schemas"].items())
        ]
        context = {
            "paragraphs_of": [_words(text) for text in document["info"]["description"].strip().split("\n\n")],
            "groups": [(_group(tag), calls) for tag, calls in groups.items()],
            "shapes": shapes,
            "openapi_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "api/docs.html", context)


def _group(tag: str) -> str:
    return {
        "petitioner": gettext("群众"),
        "desk": gettext("工作台"),
        "department": gettext("责任单位"),
        "office": gettext("督查室"),
        "together": gettext("并案与协办"),
        "ledgers": gettext("绩效账和作风账"),
        "publisher": gettext("公示员"),
        "orders": gettext("报警和督办件"),
        "meeting": gettext("联席会议"),
        "settings": gettext("设置"),
        "public": gettext("公开"),
        "cockpit": gettext("驾驶舱"),
        "checks": gettext("五查"),
        "ballots": gettext("联名与测评"),
    }[tag]


def _call(path: str, method: str, operation: Doc, document: Doc) -> Call:
    content = operation.get("requestBody", {}).get("content", {})
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        meaning=_words(operation.get("description", "")),
        who=_who(operation),
        parameters=[
            Field(one["name"], _type(one["schema"]), one["required"], _words(one.get("description", "")))
            for one in operation["parameters"]
        ],
        content=_fields(_resolved(content.get("application/json", {}).get("schema", {}), document)),
        multipart="multipart/form-data" in content,
        answers=[_answer(status, one) for status, one in operation["responses"].items()],
    )


def _who(operation: Doc) -> str:
    keys = [name for one in operation.get("security", []) for name in one]
    names = {"Bearer": "Authorization: Bearer", "QueryCode": "X-Query-Code"}
    return f" {gettext('或')} ".join(names[key] for key in keys) if keys else gettext("任何人")


def _answer(status: int, response: Doc) -> Field:
    shapes = [_type(one["schema"]) for one in response.get("content", {}).values()]
    meaning = response["description"] or HTTPStatus(status).phrase
    return Field(str(status), shapes[0] if shapes else Markup(), False, _words(meaning))


def _resolved(schema: Doc, document: Doc) -> Doc:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    shape: Doc = document["components"]["schemas"][name] if name else schema
    return shape


def _fields(shape: Doc) -> list[Field]:
    required = shape.get("required", [])
    return [
        Field(name, _type(field), name in required, _words(field.get("description", "")))
        for name, field in shape.get("properties", {}).items()
    ]


def _words(text: str) -> Markup:
    """A text in which `such words` are code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(" ".join(text.split())))))  # noqa: S704


def _type(schema: Doc) -> Markup:
    """A schema in a few words: `string (date)`, `list of Row`, `green | yellow | red`; shapes are links."""
    if "$ref" in schema:
        return Markup('<a href="#shape-{0}">{0}</a>').format(str(schema["$ref"]).rsplit("/", 1)[-1])
    if "enum" in schema:
        return escape(" | ".join(str(choice) for choice in schema["enum"]))
    if "anyOf" in schema:
        return Markup(" | ").join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return Markup("list of {}").format(_type(schema["items"]))
    kind = str(schema.get("type", "any"))
    return escape(f"{kind} ({schema['format']})" if "format" in schema else kind)
