"""The catalogue (办事清单): what every unit does, how, in how many workdays, for what fee, on what basis."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duban.catalogue import queries

from .. import words
from ..units import unit_choices, unit_named
from .forms import CatalogueForm

SHOWN = 100


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """`/catalogue?q=…&unit=…&kind=…`: the units with their number of standards, or what was looked for."""
    form = CatalogueForm(request.GET)
    wanted = form.wanted()
    unit, kind, text = wanted["unit"], wanted["kind"], wanted["q"]
    found = queries.standards(unit=unit, kind=kind, text=text) if unit or kind or text else None
    counts: dict[str, int] = {}
    for one in queries.standards():
        counts[one.unit_code] = counts.get(one.unit_code, 0) + 1
    context = {
        "form": form,
        "units": unit_choices(),
        "kinds": [(key, words.kind(key)) for key in words.CITIZEN_KINDS],
        "found": None if found is None else found[:SHOWN],
        "more": 0 if found is None else max(0, len(found) - SHOWN),
        "named": unit_named,
        "counts": [(code, name, counts[code]) for code, name in unit_choices() if counts.get(code)],
        "total": sum(counts.values()),
        "edition": next(iter(queries.editions()), None),
    }
    return render(request, "open/catalogue.html", context)


@require_safe
def standard_page(request: HttpRequest, standard: int) -> HttpResponse:
    """`/catalogue/<id>`: one standard, and what it was in earlier editions. Raises Unknown."""
    history = queries.standard(standard)
    context = {
        "standard": history.standard,
        "edition": history.edition,
        "rows": history.rows,
        "unit_name": unit_named(history.standard.unit_code),
    }
    return render(request, "open/standard.html", context)
