"""The discipline inspectors' page. Coded reports come with a door of their own, apart from people's matters."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duban.core.refusal import Forbidden
from duban.core.rights import Role

from ..access import StaffRequest, staff_page


@require_GET
@staff_page()
def reports(request: StaffRequest) -> HttpResponse:
    """`/desk/reports`: says that there is nothing here yet, and where reports are taken meanwhile."""
    if not request.user.actor.has(Role.INSPECTOR):
        raise Forbidden("no_right")
    return render(request, "desk/reports.html", {})
