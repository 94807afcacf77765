"""Alarms that want an answer, and supervision orders: addresses."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
