"""The joint meeting: docket, papers, decisions, minutes: addresses."""

from __future__ import annotations

from django.urls import path

from . import deciding, docket, follow_ups, sessions

urlpatterns = [
    path("office/meeting", docket.meeting, name="meeting"),
    path("office/meeting/new", sessions.meeting_new, name="meeting_new"),
    path("office/meetings", sessions.meeting_list, name="meetings"),
    path("office/meetings/<int:meeting>", sessions.meeting_page, name="meeting_page"),
    path("office/meetings/<int:meeting>/minutes", sessions.meeting_minutes, name="meeting_minutes"),
    path("office/meetings/<int:meeting>/<slug:deed>", sessions.meeting_deed, name="meeting_deed"),
    path("office/docket/<int:docket>", docket.docket_item, name="docket_item"),
    path("office/docket/<int:docket>/decision", deciding.docket_decision, name="docket_decision"),
    path("office/docket/<int:docket>/<slug:deed>", docket.docket_deed, name="docket_deed"),
    path("office/matters/<str:number>/docket", docket.docket_matter, name="docket_matter"),
    path("office/hard-cases", docket.hard_cases, name="hard_cases"),
    path("office/seats", sessions.seat_page, name="seats"),
    path("desk/follow-ups", follow_ups.follow_ups, name="follow_ups"),
    path("desk/follow-ups/<int:decision>", follow_ups.follow_up, name="follow_up"),
    path("inspection/referrals", docket.referrals, name="referrals"),
]
