"""Addresses of the JSON API. An address nobody serves is a problem too, and not a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.urls.resolvers import URLResolver
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .door import api
from .problems import problem
from .threshold import spoken


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    """404, in the shape of every other problem."""
    return problem(404, "not_found")


patterns, app, namespace = api.urls
for pattern in patterns:
    if isinstance(pattern, URLPattern) and pattern.name in ("openapi-json", "openapi-view"):
        pattern.callback = require_safe(pattern.callback)
    if isinstance(pattern, URLPattern) and pattern.name != "openapi-view":  # a page, in the page's language
        pattern.callback = spoken(pattern.callback)

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((patterns, app), namespace=namespace)),
    re_path(r"", spoken(nowhere)),
]
