"""Pages of the supervision office, the publisher and the administrators."""

from __future__ import annotations

from django.urls import path

from . import (
    accounts,
    audit,
    calendars,
    directives,
    editions,
    overview,
    policy,
    publishing,
    routing,
    settings,
    trays,
)

urlpatterns = [
    path("office", overview.office, name="office"),
    path("office/trays/<slug:name>", trays.tray_page, name="tray"),
    path("office/matters", trays.city_list, name="city_list"),
    path("office/directive", directives.directive, name="directive"),
    path("office/publications", publishing.publications, name="publications"),
    path("office/publications/<str:number>", publishing.approval, name="approval"),
    path("office/publications/<str:number>/takedown", publishing.takedown, name="takedown"),
    path("settings", settings.settings, name="settings"),
    path("settings/password", settings.password, name="password"),
    path("settings/tokens", settings.tokens, name="tokens"),
    path("settings/calendar", calendars.calendar, name="calendar"),
    path("settings/calendar/announce", calendars.announcement, name="announcement"),
    path("settings/calendar/<int:year>", calendars.calendar, name="calendar_year"),
    path("settings/policy", policy.policy, name="policy"),
    path("settings/routing", routing.routing, name="routing"),
    path("settings/routing/<int:rule>/end", routing.switch_off, name="route_end"),
    path("settings/catalogue", editions.editions, name="editions"),
    path("settings/catalogue/new", editions.standard_draft, name="standard_new"),
    path("settings/catalogue/notes", editions.standard_deed, name="standard_deed"),
    path("settings/catalogue/<int:standard>", editions.standard_draft, name="standard_draft"),
    path("settings/accounts", accounts.accounts, name="accounts"),
    path("settings/accounts/new", accounts.account_new, name="account_new"),
    path("settings/accounts/<int:staff>", accounts.account_page, name="account"),
    path("settings/accounts/<int:staff>/tokens/<int:token>/end", accounts.token_end, name="token_end"),
    path("settings/accounts/<int:staff>/<slug:deed>", accounts.account_deed, name="account_deed"),
    path("settings/audit", audit.audit, name="audit"),
]
