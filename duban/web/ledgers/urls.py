"""Ledgers, rankings, replies and appeals: addresses."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
