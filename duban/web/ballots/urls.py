"""Co-signing and ballots: the petitioner, the voter, the terminal, the office: addresses."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
