"""Ledgers, rankings, replies and appeals: addresses."""

from __future__ import annotations

from django.urls import path

from . import appeals, office, own, public, scores

urlpatterns = [
    path("ledgers", public.ledgers, name="ledgers"),
    path("office/ledgers", office.city, name="office_ledgers"),
    path("office/ledgers/export", office.export, name="ledgers_export"),
    path("office/ledgers/units/<slug:code>", office.unit, name="ledger_unit"),
    path("office/ledgers/units/<slug:code>/entries", office.entries, name="ledger_entries"),
    path("office/ledgers/officials/<int:staff>", office.official, name="ledger_official"),
    path("office/ledgers/entries/<int:entry>", office.entry, name="ledger_entry"),
    path("office/appeals", appeals.appeals, name="appeals"),
    path("office/appeals/<int:entry>", appeals.ruling, name="appeal_ruling"),
    path("desk/ledger", own.own, name="ledger_own"),
    path("desk/ledger/<int:entry>/<slug:saying>", own.say, name="ledger_say"),
    path("settings/scores", scores.scores, name="scores"),
]
