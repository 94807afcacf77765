"""Every address: the API under its versions, everything else pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("duban.api.urls")),
    path("", include("duban.web.urls")),
]
