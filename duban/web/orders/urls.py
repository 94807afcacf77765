"""Alarms that want an answer, and supervision orders: addresses."""

from __future__ import annotations

from django.urls import path

from . import alarms, issuing, letters, lists

urlpatterns = [
    path("office/alarms", alarms.alarms, name="alarms"),
    path("office/alarms/<int:alarm>/answer", alarms.alarm_answer, name="alarm_answer"),
    path("office/orders", lists.orders, name="orders"),
    path("office/orders/new", issuing.order_new, name="order_new"),
    path("desk/orders", lists.desk_orders, name="desk_orders"),
    path("orders/verify/<str:proof>", letters.order_proof, name="order_proof"),
    path("orders/<str:key>", letters.order_page, name="order"),
    path("orders/<str:key>/print", letters.order_print, name="order_print"),
    path("orders/<str:key>/<slug:deed>", letters.order_deed, name="order_deed"),
]
