"""Pages for departments and terminals: the work list, one screen per matter, the counter."""

from __future__ import annotations

from django.urls import path

from . import counter, matter, reports, worklist

urlpatterns = [
    path("desk", worklist.desk, name="desk"),
    path("desk/register", counter.register, name="counter"),
    path("desk/register/check", counter.check, name="counter_check"),
    path("desk/register/done", counter.done, name="counter_done"),
    path("desk/reports", reports.reports, name="reports"),
    path("desk/matters/<str:number>", matter.matter_page, name="desk_matter"),
    path("desk/matters/<str:number>/contact", matter.contact_page, name="desk_contact"),
    path("desk/matters/<str:number>/<slug:slug>", matter.act_page, name="desk_act"),
]
