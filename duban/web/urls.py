"""Every page's address, by audience."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("duban.web.citizen.urls")),
    path("", include("duban.web.open.urls")),
    path("", include("duban.web.signing.urls")),
    path("", include("duban.web.desk.urls")),
    path("", include("duban.web.office.urls")),
    path("", include("duban.web.together.urls")),
    path("", include("duban.web.ballots.urls")),
    path("", include("duban.web.orders.urls")),
    path("", include("duban.web.checks.urls")),
    path("", include("duban.web.meeting.urls")),
    path("", include("duban.web.ledgers.urls")),
    path("", include("duban.web.cockpit.urls")),
]
