"""The cockpit: the city for its leaders: addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import directives, glance

urlpatterns: list[URLPattern] = [
    path("office/cockpit", glance.cockpit, name="cockpit"),
    path("office/directives", directives.directives, name="directives"),
]
