"""Every address: the API under its versions, everything else pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("duban.api.urls")),
    path("", include("duban.web.urls")),
]

handler400 = "duban.web.failures.bad_request"
handler403 = "duban.web.failures.forbidden"
handler404 = "duban.web.failures.not_found"
handler500 = "duban.web.failures.server_error"
