"""Published results (结果公示): only what the petitioner agreed to and the publisher approved, nobody's name in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from duban.catalogue.book import book
from duban.core.kinds import MatterKind
from duban.core.lifecycle import Basis, State
from duban.core.lights import margin
from duban.core.workdays import CalendarMissing
from duban.matters.models import ClockName, Matter
from duban.publication import queries
from duban.publication.models import Publication

from .. import formats, words
from ..units import unit_choices
from .forms import CatalogueForm


@dataclass(frozen=True, slots=True)
class Result:
    """One published matter in a list."""

    number: str
    title: str
    summary: str
    kind: str
    unit: str
    light: str
    note: str
    on: datetime
    verdict: str


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """`/public?unit=…&kind=…&q=…&after=…`: newest first, by keyset."""
    form = CatalogueForm(request.GET)
    wanted = form.wanted()
    kind = wanted["kind"] if wanted["kind"] in list(MatterKind) else ""
    asked = {"unit": wanted["unit"], "kind": kind, "q": wanted["q"]}
    page = queries.public_list(after=request.GET.get("after", ""), **asked)
    onward = {**{key: value for key, value in asked.items() if value}, "after": page.next}
    context = {
        "form": form,
        "units": unit_choices(),
        "kinds": [(key, words.kind(key)) for key in words.KINDS],
        "results": results(page.items),
        "filtered": any(asked.values()),
        "next": f"{reverse('public')}?{urlencode(onward)}" if page.next else "",
    }
    return render(request, "open/public.html", context)


@require_safe
def public_matter(request: HttpRequest, number: str) -> HttpResponse:
    """`/public/<number>`: what was asked, what was done, how it was judged. A takedown leaves a stub (410)."""
    shown = queries.public_matter(number)
    if shown.is_stub:
        return render(request, "open/public_stub.html", {"publication": shown.publication}, status=410)
    now = timezone.now()
    context = {
        "shown": shown,
        "publication": shown.publication,
        "matter": shown.matter,
        "status": shown.matter.status(now),
        "result": result(shown.publication, shown.grade),
        "story": list(reversed(shown.timeline)),
    }
    return render(request, "open/public_matter.html", context)


def newest_results(limit: int) -> list[Result]:
    """The newest published matters, for the home page."""
    return results(queries.latest(limit))


def results(publications: Iterable[Publication]) -> list[Result]:
    """Publications as lists show them."""
    return [result(publication, publication.grade) for publication in publications]  # type: ignore[attr-defined]


def result(publication: Publication, grade: int | None) -> Result:
    """One publication as lists show it, with the grade of its last verdict."""
    matter = publication.matter
    light, note = _light(matter)
    return Result(
        number=matter.number,
        title=publication.title,
        summary=publication.summary,
        kind=matter.kind,
        unit=matter.unit.name,
        light=light,
        note=note,
        on=publication.approved_at,
        verdict=_verdict(matter, grade),
    )


def _light(matter: Matter) -> tuple[str, str]:
    """The light the completion clock stopped with; empty when it never ran or runs again."""
    stopped = matter.clock_stopped_at
    if matter.clock != ClockName.COMPLETION or stopped is None:
        return "", ""
    try:
        note = formats.margin_words(margin(book().calendar, matter.reading))
    except CalendarMissing:
        note = ""
    return matter.light(stopped).value, note


def _verdict(matter: Matter, grade: int | None) -> str:
    match matter.basis:
        case Basis.VERDICT if grade is not None:
            return words.grade(grade)
        case Basis.BALLOT:
            return gettext("群众测评通过")
        case Basis.UNRATED:
            return gettext("未评价")
        case Basis.WITHDRAWN:
            return gettext("诉求人撤回")
        case Basis.DECISION:
            return gettext("联席会议决定结案")
        case _:
            return gettext("等待评价") if matter.state == State.COMPLETED else gettext("退回重办")
