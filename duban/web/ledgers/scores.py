"""The points: every version, amending them, and what a draft would make of a quarter that has entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.catalogue.book import book
from duban.core.ledger import LEDGER_OF, Item, Ledger
from duban.core.refusal import Invalid
from duban.core.rights import Verb
from duban.core.scoring import FIRST_WEIGHTS, HIGHEST, LOWEST
from duban.ledgers.ranking import compared, quarters_with_entries
from duban.ledgers.scores import Weights, amend_scores, newest, versions, weights_of, wrong_points
from duban.ledgers.words import ITEMS

from ..access import StaffRequest, staff_page
from ..doing import done, status_of
from ..office.people import names_of
from .drawing import item_named, ledger_named, month_named, period_named
from .forms import ScoresForm


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is told."""

    number: int
    since: str
    at: datetime
    by: str
    note: str
    changes: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_SCORES)
def scores(request: StaffRequest) -> HttpResponse:
    """`/settings/scores`: `preview` shows a draft's effect and stores nothing, `save` makes it the next version."""
    actor, now = request.user.actor, timezone.now()
    initial = {item.value: points for item, points in newest().items()}
    form = ScoresForm(request.POST or None, initial=initial)
    quarters = quarters_with_entries()
    asked = request.POST.get("quarter", "")
    quarter = next((one for one in quarters if one.key == asked), None) or next(iter(quarters), None)
    draft = []
    if request.method == "POST" and form.is_valid():
        weights, note = form.weights(), form.cleaned_data["note"]
        if "preview" in request.POST:
            if wrong := wrong_points(weights):
                form.take_over(Invalid(wrong))
            elif quarter is not None:
                draft = compared(quarter, {Item(name): points for name, points in weights.items()})
        elif done(form, lambda: amend_scores(weights=weights, note=note, actor=actor, now=now)):
            messages.success(request, gettext("新的分值从下个月起计分，以前的月份不重算。"))
            return HttpResponseRedirect(reverse("scores"))
    context = {
        "form": form,
        "ledgers": [
            (ledger_named(ledger), [item.value for item in ITEMS if LEDGER_OF[item] is ledger])
            for ledger in Ledger
        ],
        "low": LOWEST,
        "high": HIGHEST,
        "previewed": "preview" in request.POST and not form.errors,
        "draft": draft,
        "moved": sum(one.now.score != one.draft.score for one in draft),
        "reranked": sum(one.now.rank != one.draft.rank for one in draft),
        "unranked": any(one.now.rank is None or one.draft.rank is None for one in draft),
        "least": book().policy.ranking_least_matters,
        "quarter": period_named(quarter) if quarter else "",
        "quarters": [(one.key, period_named(one), one == quarter) for one in quarters],
        "versions": _told(),
    }
    return render(request, "ledgers/scores.html", context, status=status_of(form))


def _told() -> list[Version]:
    known = versions()
    names = names_of(one.by for one in known)
    before: list[Weights] = [*(weights_of(one) for one in known[1:]), FIRST_WEIGHTS][: len(known)]
    return [
        Version(
            one.number,
            month_named(one.since),
            one.at,
            names[one.by],
            one.note,
            _changes(earlier, weights_of(one)),
        )
        for one, earlier in zip(known, before, strict=True)
    ]


def _changes(before: Weights, after: Weights) -> tuple[str, ...]:
    return tuple(
        gettext("%(item)s：%(before)s → %(after)s")
        % {"item": item_named(item), "before": before[item], "after": after[item]}
        for item in ITEMS
        if before[item] != after[item]
    )
