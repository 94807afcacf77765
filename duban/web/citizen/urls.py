"""Pages for the petitioner: the seven doors, registering, following one's matter."""

from __future__ import annotations

from django.urls import path

from ..attachments import attachment_file
from . import following, home, registering, tracking

urlpatterns = [
    path("", home.home, name="home"),
    path("coded-report", home.coded_report, name="coded_report"),
    path("register", registering.register, name="register"),
    path("register/check", registering.check, name="register_check"),
    path("register/done", registering.done, name="register_done"),
    path("track", tracking.track, name="track"),
    path("matters/<str:number>", following.matter_page, name="matter"),
    path("matters/<str:number>/verdict", following.verdict, name="matter_verdict"),
    path("matters/<str:number>/additions", following.addition, name="matter_addition"),
    path("matters/<str:number>/withdrawal", following.withdrawal, name="matter_withdrawal"),
    path("attachments/<str:token>", attachment_file, name="attachment"),
]
