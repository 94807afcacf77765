"""Merging matters and asking units to assist: addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import lists

urlpatterns: list[URLPattern] = [
    path("desk/assists", lists.assists, name="assists"),
]
