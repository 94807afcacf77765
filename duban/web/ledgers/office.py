"""The ledgers inside: all units, one unit month by month, an official, the entries behind every figure."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from duban.catalogue.book import book
from duban.core.census import Status
from duban.core.events import Kind
from duban.core.ledger import Item, Ledger
from duban.core.periods import month_at
from duban.core.rights import Verb, may
from duban.ledgers.accounts import (
    MonthLine,
    appeals_waiting,
    entries_of,
    entry_of,
    months_of,
    months_of_official,
    officials_of,
    permit_unit,
)
from duban.ledgers.appealing import may_say, speaks_for
from duban.ledgers.exporting import XLSX, disposition, workbook
from duban.ledgers.ranking import asked_period, ranking
from duban.people.queries import account, unit_of

from ..access import StaffRequest, staff_page
from ..figures import census_of
from ..office.audit import happened
from .drawing import (
    answer_to,
    appeal_against,
    definitions,
    entries_href,
    item_named,
    items_in,
    ledger_named,
    line_of,
    lines_of,
    month_named,
    percents,
    period_choices,
    period_named,
)

Table = tuple[str, list[str], list[tuple[str, list[tuple[int, str]]]]]


@require_GET
@staff_page(Verb.SEE_CITY)
def city(request: StaffRequest) -> HttpResponse:
    """`/office/ledgers?period=`: every unit, best first."""
    now = timezone.now()
    period = asked_period(request.GET.get("period", ""), now)
    lines = ranking(period)
    context = {
        "period": period,
        "named": period_named(period),
        "choices": period_choices(now, period),
        "lines": [(line, percents(line.rates)) for line in lines],
        "least": book().policy.ranking_least_matters,
        "unranked": any(line.rank is None for line in lines),
        "unaccepted": census_of(now).counts[Status.OVERDUE_ACCEPTANCE],
        "definitions": definitions(),
        "appeals": appeals_waiting() if may(request.user.actor, Verb.RULE_APPEAL) else None,
        "may_score": may(request.user.actor, Verb.AMEND_SCORES),
    }
    return render(request, "ledgers/city.html", context)


@require_GET
@staff_page(Verb.SEE_CITY)
def export(request: StaffRequest) -> HttpResponse:
    """`/office/ledgers/export?period=`: a workbook."""
    period = asked_period(request.GET.get("period", ""), timezone.now())
    response = FileResponse(workbook(period, gettext), content_type=XLSX)
    response.headers["Content-Disposition"] = disposition(period, gettext)
    return cast(HttpResponse, response)  # streamed; all a page asks of it are its headers


@require_GET
@staff_page(Verb.SEE_LEDGERS)
def unit(request: StaffRequest, code: str) -> HttpResponse:
    """`/office/ledgers/units/<code>`: month by month; each figure opens its entries."""
    actor = request.user.actor
    permit_unit(actor, code)
    held, now, sees_city = unit_of(code), timezone.now(), may(actor, Verb.SEE_CITY)
    months = months_of(code)
    period = month_at(now).around()
    context = {
        "unit": held,
        "months": months,
        "tables": _tables(reverse("ledger_entries", args=[code]), months),
        "rates": [(month_named(one.month), one.score, percents(one.rates)) for one in months],
        "definitions": definitions(),
        "unaccepted": census_of(now, unit=code).counts[Status.OVERDUE_ACCEPTANCE],
        "late": _late_list(code) if sees_city else _late_list(),
        "period_named": period_named(period),
        "officials": officials_of(code, period),
        "sees_city": sees_city,
    }
    return render(request, "ledgers/unit.html", context)


def _late_list(unit: str = "") -> str:
    """What is late and not accepted: of a unit on the city's list, or of one's own at the desk."""
    asked = urlencode({"status": Status.OVERDUE_ACCEPTANCE.value, **({"unit": unit} if unit else {})})
    return f"{reverse('city_list' if unit else 'desk')}?{asked}"


@require_GET
@staff_page(Verb.SEE_LEDGERS)
def entries(request: StaffRequest, code: str) -> HttpResponse:
    """`/office/ledgers/units/<code>/entries?month=&item=&after=`: what a figure is made of."""
    asked = {name: request.GET.get(name, "") for name in ("month", "item")}
    actor = request.user.actor
    page = entries_of(
        actor,
        unit=code,
        month=asked["month"],
        item=asked["item"],
        after=request.GET.get("after", ""),
    )
    onward = urlencode({**asked, "after": page.next or ""})
    context = {
        "unit": unit_of(code),
        "month": month_named(asked["month"]),
        "word": next((item_named(one.what) for one in page.items), "") if asked["item"] else "",
        "lines": lines_of(page.items, actor),
        "onward": f"{request.path}?{onward}" if page.next else "",
    }
    return render(request, "ledgers/entries.html", context)


@require_GET
@staff_page(Verb.SEE_LEDGERS)
def official(request: StaffRequest, staff: int) -> HttpResponse:
    """`/office/ledgers/officials/<id>?month=&item=&after=`: both ledgers of one official; each figure opens its entries."""
    actor, here = request.user.actor, reverse("ledger_official", args=[staff])
    month, item = request.GET.get("month", ""), request.GET.get("item", "")
    page = entries_of(actor, staff=staff, month=month, item=item, after=request.GET.get("after", ""))
    months = months_of_official(actor, staff)
    word = item_named(Item(item)) if item in set(Item) else ""
    context = {
        "official": account(staff),
        "mine": actor.key == f"staff:{staff}",
        "tables": _tables(here, months),
        "scores": [(month_named(one.month), [(one.score, "")]) for one in months],
        "asked": " · ".join(text for text in (month_named(month), word) if text),
        "lines": lines_of(page.items, actor),
        "onward": f"{here}?{urlencode({'month': month, 'item': item, 'after': page.next})}"
        if page.next
        else "",
    }
    return render(request, "ledgers/official.html", context)


@require_GET
@staff_page(Verb.SEE_LEDGERS)
def entry(request: StaffRequest, entry: int) -> HttpResponse:
    """`/office/ledgers/entries/<id>`: one entry, the event it follows from, and what was said to it."""
    actor = request.user.actor
    held = entry_of(entry, actor)
    appeal, now = appeal_against(held), timezone.now()
    mine = held.is_conduct and held.number > 0 and speaks_for(actor, held)
    context = {
        "line": line_of(held, actor),
        "ledger": ledger_named(Ledger(held.ledger)),
        "entry": held,
        "event": held.event,
        "happened": happened(Kind(held.event.kind)),
        "answer": answer_to(held),
        "appeal": appeal,
        "mine": mine,
        "may_answer": mine and may_say(entry=entry, appeal=False, actor=actor, now=now),
        "may_appeal": mine and may_say(entry=entry, appeal=True, actor=actor, now=now),
        "may_rule": may(actor, Verb.RULE_APPEAL) and appeal is not None and appeal.is_pending,
        "back": reverse("ledger_own")
        if not may(actor, Verb.SEE_CITY)
        else reverse("ledger_entries", args=[held.unit]),
    }
    return render(request, "ledgers/entry.html", context)


def _tables(listed: str, months: list[MonthLine]) -> list[Table]:
    """For each ledger its name, its items and, month by month, each figure with where its entries are `listed`."""
    tables = []
    for ledger, items in items_in(one.counts for one in months).items():
        rows = [
            (
                month_named(one.month),
                [(one.counts[item], entries_href(listed, one.month, item.value)) for item in items],
            )
            for one in months
        ]
        tables.append((ledger_named(ledger), [item_named(item) for item in items], rows))
    return tables
