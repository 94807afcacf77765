"""Ledgers, rankings, replies and appeals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query, Router

from duban.catalogue.book import book
from duban.core.periods import month_at
from duban.core.rights import Verb, require
from duban.ledgers.accounts import (
    appeals,
    entries_of,
    entry_of,
    months_of,
    months_of_official,
    officials_of,
    permit_unit,
)
from duban.ledgers.appealing import answer_entry, appeal_entry, rule_appeal
from duban.ledgers.exporting import XLSX, disposition, workbook
from duban.ledgers.ranking import asked_period, compared, ranking
from duban.ledgers.scores import FIRST, amend_scores, drafted, newest, versions
from duban.people.queries import account, account_named, unit_names, unit_of

from . import drawing
from .answers import Json, answer
from .bodies import digest_of, read
from .document import problems_of, takes
from .forms import Text
from .keys import Bearer, StaffRequest
from .ledgers_drawing import drawn, drawn_month, drawn_official, drawn_trial, drawn_unit, drawn_versions
from .ledgers_shapes import (
    AppealRulingForm,
    EntryAnswerForm,
    EntryAppealForm,
    EntryList,
    EntryRow,
    OfficialLedger,
    ScoresForm,
    ScoreTable,
    ScoreTrial,
    ScoreTrialForm,
    ScoreVersions,
    UnitLedger,
    UnitOfficials,
    UnitRanking,
)
from .retries import once

router = Router(tags=["ledgers"], auth=Bearer())
open_router = Router(tags=["public"])
Limit = Annotated[int, Query(ge=1, le=200)]


@open_router.get("/units", response=UnitRanking, summary="Units by score, with the three rates")
def rank_units(request: HttpRequest, period: Text = "") -> HttpResponse:
    """In a month or a quarter (`period`, the running month without). Officials are never on it."""
    asked = asked_period(period, timezone.now())
    return answer(
        {
            "period": asked.key,
            "least_matters": book().policy.ranking_least_matters,
            "items": [drawn_unit(line) for line in ranking(asked)],
            "next": None,
        },
        private=False,
    )


@router.get(
    "/ledgers/units/{code}",
    response=UnitLedger,
    summary="A unit's account, month by month",
    openapi_extra={"responses": problems_of(404)},
)
def see_unit_ledger(request: StaffRequest, code: Text) -> HttpResponse:
    """For its head, and for who sees the city."""
    require(request.auth.actor, Verb.SEE_LEDGERS)
    permit_unit(request.auth.actor, code)
    unit = unit_of(code)
    months = [drawn_month(one) for one in months_of(code)]
    return answer({"unit": drawing.unit_of(unit), "items": months, "next": None})


@router.get(
    "/ledgers/units/{code}/officials",
    response=UnitOfficials,
    summary="A unit's officials",
    openapi_extra={"responses": problems_of(404)},
)
def list_unit_officials(request: StaffRequest, code: Text, period: Text = "") -> HttpResponse:
    """Who answers for anything in a month or quarter (the running quarter without). For its head, and who sees the city."""
    require(request.auth.actor, Verb.SEE_LEDGERS)
    permit_unit(request.auth.actor, code)
    unit, now = unit_of(code), timezone.now()
    asked = asked_period(period, now) if period else month_at(now).around()
    items = [drawn_official(one) for one in officials_of(code, asked)]
    return answer({"unit": drawing.unit_of(unit), "period": asked.key, "items": items, "next": None})


@router.get(
    "/ledgers/officials/{official}",
    response=OfficialLedger,
    summary="An official's account, month by month",
    openapi_extra={"responses": problems_of(404)},
)
def see_official_ledger(request: StaffRequest, official: Text) -> HttpResponse:
    """By account id or user name: one's own, and for the unit's head and who sees the city."""
    require(request.auth.actor, Verb.SEE_LEDGERS)
    held = account(_account(official))
    items = [drawn_month(one) for one in months_of_official(request.auth.actor, held.pk)]
    return answer(
        {
            "official": held.pk,
            "username": held.username,
            "display_name": held.display_name,
            "unit": drawing.unit_of(held.unit),
            "items": items,
            "next": None,
        }
    )


WORKBOOK = {"content": {XLSX: {"schema": {"type": "string", "contentMediaType": XLSX}}}}


@router.get(
    "/ledgers/export", summary="Both ledgers as a workbook", openapi_extra={"responses": {200: WORKBOOK}}
)
def export_ledgers(request: StaffRequest, period: Text = "") -> HttpResponse:
    """Of a month or a quarter (the running month without): the file the page gives, for who sees the city."""
    require(request.auth.actor, Verb.SEE_CITY)
    asked = asked_period(period, timezone.now())
    with workbook(asked, gettext) as file:
        response = HttpResponse(file.read(), content_type=XLSX)
    response.headers["Content-Disposition"] = disposition(asked, gettext)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@router.get(
    "/ledgers/entries",
    response=EntryList,
    summary="The entries behind a figure",
    openapi_extra={"responses": problems_of(404)},
)
def list_entries(
    request: StaffRequest,
    unit: Text = "",
    official: Text = "",
    item: Text = "",
    month: Text = "",
    after: Text = "",
    limit: Limit = 50,
) -> HttpResponse:
    """Of a unit (code) or of an official (account id or user name); one's own without either."""
    staff = request.auth
    require(staff.actor, Verb.SEE_LEDGERS)
    page = entries_of(
        staff.actor,
        unit=unit,
        staff=_account(official) if official else None if unit else staff.pk,
        item=item,
        month=month,
        after=after,
        limit=limit,
    )
    names = unit_names()
    return answer({"items": [drawn(one, names) for one in page.items], "next": page.next})


@router.get("/ledgers/appeals", response=EntryList, summary="Appeals")
def list_appeals(
    request: StaffRequest, ruled: bool = False, after: Text = "", limit: Limit = 50
) -> HttpResponse:
    """Entries appealed against: those that wait, the oldest first, or those ruled on."""
    require(request.auth.actor, Verb.RULE_APPEAL)
    page, names = appeals(pending=not ruled, after=after, limit=limit), unit_names()
    return answer({"items": [drawn(one, names) for one in page.items], "next": page.next})


@router.get("/ledgers/scores", response=ScoreTable, summary="The points in their newest version")
def see_scores(request: StaffRequest) -> HttpResponse:
    """By item."""
    require(request.auth.actor, Verb.SEE_LEDGERS)
    return answer(_scores())


@router.get("/ledgers/scores/versions", response=ScoreVersions, summary="Every version of the points")
def list_score_versions(request: StaffRequest) -> HttpResponse:
    """The newest first; for the office."""
    require(request.auth.actor, Verb.AMEND_SCORES)
    known = versions()
    return answer({"items": drawn_versions(known), "next": None})


@router.post("/ledgers/scores/preview", response=ScoreTrial, summary="Try points", **takes(ScoreTrialForm))
def try_scores(request: StaffRequest) -> HttpResponse:
    """What a draft would have made of the last whole quarter. Nothing is stored."""
    form = read(request, ScoreTrialForm)
    require(request.auth.actor, Verb.AMEND_SCORES)
    quarter = month_at(timezone.now()).around().before()
    items = [drawn_trial(one) for one in compared(quarter, drafted(form.weights))]
    return answer({"period": quarter.key, "items": items, "next": None})


@router.post("/ledgers/scores", response=ScoreTable, summary="Amend the points", **takes(ScoresForm))
def change_scores(request: StaffRequest) -> HttpResponse:
    """Items not named stay as they are. The new version scores from next month on."""
    form, now, actor = read(request, ScoresForm), timezone.now(), request.auth.actor

    def deed() -> Json:
        amend_scores(weights=form.weights, note=form.note, actor=actor, now=now)
        return _scores()

    return once(request, actor.key, digest_of(form), deed, now=now)


@router.get("/ledgers/entries/{entry}", response=EntryRow, summary="One entry")
def see_entry(request: StaffRequest, entry: int) -> HttpResponse:
    """With the event it follows from, and what was said to it."""
    require(request.auth.actor, Verb.SEE_LEDGERS)
    return answer(drawn(entry_of(entry, request.auth.actor), unit_names()))


@router.post("/ledgers/entries/{entry}/answer", response=EntryRow, summary="Answer", **takes(EntryAnswerForm))
def say_to_entry(request: StaffRequest, entry: int) -> HttpResponse:
    """One's own words beside an entry of one's own conduct ledger, once; the head's, where the unit alone answers."""
    form, now, actor = read(request, EntryAnswerForm), timezone.now(), request.auth.actor
    return _done(
        request,
        entry,
        digest_of(form),
        lambda: answer_entry(entry=entry, text=form.text, actor=actor, now=now),
    )


@router.post("/ledgers/entries/{entry}/appeal", response=EntryRow, summary="Appeal", **takes(EntryAppealForm))
def appeal_against_entry(request: StaffRequest, entry: int) -> HttpResponse:
    """Once, within ten workdays of the event; by its official, or by the head where the unit alone answers for it."""
    form, now, actor = read(request, EntryAppealForm), timezone.now(), request.auth.actor
    return _done(
        request,
        entry,
        digest_of(form),
        lambda: appeal_entry(entry=entry, reason=form.reason, actor=actor, now=now),
    )


@router.post(
    "/ledgers/entries/{entry}/ruling",
    response=EntryRow,
    summary="Rule on an appeal",
    **takes(AppealRulingForm),
)
def rule_on_appeal(request: StaffRequest, entry: int) -> HttpResponse:
    """Upheld, a counter-entry takes the entry back; it stays, struck. Nobody rules on an entry or an appeal of their own."""
    form, now, actor = read(request, AppealRulingForm), timezone.now(), request.auth.actor
    return _done(
        request,
        entry,
        digest_of(form),
        lambda: rule_appeal(entry=entry, upheld=form.upheld, note=form.note, actor=actor, now=now),
    )


_DIGITS = 16  # no id has as many, and the database takes no number that is longer still


def _account(official: str) -> int:
    """The id of an account, by id or by user name. Raises Unknown."""
    is_id = official.isascii() and official.isdigit() and len(official) < _DIGITS
    return int(official) if is_id else account_named(official).pk


def _done(request: StaffRequest, entry: int, content: str, deed: Callable[[], object]) -> HttpResponse:
    actor = request.auth.actor

    def body() -> Json:
        deed()
        return drawn(entry_of(entry, actor), unit_names())

    return once(request, actor.key, content, body, now=timezone.now())


def _scores() -> Json:
    known = versions()
    return {
        "version": known[0].number if known else FIRST,
        "since": known[0].since if known else None,
        "weights": {item.value: points for item, points in newest().items()},
    }
