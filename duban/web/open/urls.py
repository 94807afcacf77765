"""Pages for everyone: results, the catalogue, the figures."""

from __future__ import annotations

from django.urls import path

from . import catalogue, results, statistics

urlpatterns = [
    path("public", results.public, name="public"),
    path("public/<str:number>", results.public_matter, name="public_matter"),
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:standard>", catalogue.standard_page, name="standard"),
    path("statistics", statistics.statistics, name="statistics"),
]
