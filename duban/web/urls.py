"""Every page's address, by audience."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("duban.web.citizen.urls")),
    path("", include("duban.web.open.urls")),
    path("", include("duban.web.signing.urls")),
    path("", include("duban.web.desk.urls")),
    path("", include("duban.web.office.urls")),
]
