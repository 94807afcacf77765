"""The five checks: addresses."""

from __future__ import annotations

from django.urls import path

from . import items, lists, runs

urlpatterns = [
    path("office/checks", runs.overview, name="checks"),
    path("office/checks/new", runs.new, name="check_new"),
    path("office/checks/evidence/<str:evidence>", items.evidence_file, name="check_evidence"),
    path("office/checks/<int:run>", runs.check, name="check"),
    path("office/checks/<int:run>/report", runs.report, name="check_report"),
    path("office/checks/<int:run>/items/<int:sampled>", items.item_page, name="check_item"),
    path("office/checks/<int:run>/items/<int:sampled>/note", items.note, name="check_note"),
    path("office/checks/<int:run>/items/<int:sampled>/inspector", items.inspector, name="check_inspector"),
    path("office/checks/<int:run>/items/<int:sampled>/order", items.order, name="check_order"),
    path("office/checklists/<slug:checklist>", lists.checklist_page, name="checklist"),
]
