"""Signing in and out."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("sign-in", views.sign_in_page, name="sign_in"),
    path("sign-out", views.sign_out_page, name="sign_out"),
]
