"""The five checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from duban.core.rights import Actor, Verb, require
from duban.supervision import checks
from duban.supervision.verbs.checking import close_check, reassign_inspector, start_check
from duban.supervision.verbs.checklists import amend_checklist
from duban.supervision.verbs.findings import annotate_finding, record_finding
from duban.supervision.verbs.ordering_from_findings import order_from_finding

from . import checks_drawing as drawing
from .answers import Json, answer
from .bodies import digest_of, read, with_photos
from .checks_forms import (
    AnnotationForm,
    CheckForm,
    ChecklistForm,
    CheckReportForm,
    FindingForm,
    FindingOrderForm,
    InspectorForm,
)
from .checks_shapes import Check, Checklists, ChecklistShape, Checks
from .document import takes
from .forms import LARGEST, Text
from .keys import Bearer, StaffRequest
from .public import JPEG
from .retries import once

router = Router(tags=["checks"], auth=Bearer())
Limit = Annotated[int, Query(ge=1, le=100)]
Id = Annotated[int, Path(ge=0, le=LARGEST)]
ITEM = "/checks/{run}/items/{sampled}"


@router.get("/checklists", response=Checklists, summary="The five checklists")
def list_checklists(request: StaffRequest) -> HttpResponse:
    """In the versions in force."""
    require(request.auth.actor, Verb.SEE_CHECKS)
    return answer({"items": [drawing.checklist(one) for one in checks.checklists()], "next": None})


@router.get("/checklists/{checklist}", response=Checklists, summary="A checklist's versions")
def see_checklist(request: StaffRequest, checklist: str) -> HttpResponse:
    """The newest first."""
    require(request.auth.actor, Verb.SEE_CHECKS)
    return answer({"items": [drawing.checklist(one) for one in checks.versions_of(checklist)], "next": None})


@router.post(
    "/checklists/{checklist}", response=ChecklistShape, summary="Amend a checklist", **takes(ChecklistForm)
)
def amend_one_checklist(request: StaffRequest, checklist: str) -> HttpResponse:
    """A new version; checks that have begun keep theirs."""
    form = read(request, ChecklistForm)
    return _done(
        request,
        digest_of(form),
        lambda actor, now: drawing.checklist(
            amend_checklist(
                key=checklist, title=form.title, purpose=form.purpose, items=form.items, actor=actor, now=now
            )
        ),
    )


@router.get("/checks", response=Checks, summary="Checks")
def list_checks(request: StaffRequest, after: Text = "", limit: Limit = 20) -> HttpResponse:
    """The newest first."""
    page = checks.runs(request.auth.actor, after=after, limit=limit)
    return answer({"items": [drawing.row(one.run, one.progress) for one in page.items], "next": page.next})


@router.post("/checks", response={201: Check}, summary="Start a check", **takes(CheckForm))
def start_one_check(request: StaffRequest) -> HttpResponse:
    """Draws the sample at once, by the seed, and shares it out among the inspectors in turn."""
    form = read(request, CheckForm)
    return _done(
        request,
        digest_of(form),
        lambda actor, now: drawing.check(
            start_check(
                checklist=form.checklist,
                rule=form.rule,
                size=form.size,
                inspectors=form.inspectors,
                due_on=form.due_on,
                seed=form.seed,
                unit=form.unit,
                kind=form.kind,
                actor=actor,
                now=now,
            ).pk,
            actor,
        ),
        status=201,
    )


@router.get(
    "/checks/evidence/{evidence}",
    summary="A photo of a finding",
    openapi_extra={"responses": {200: JPEG}},
)
def see_evidence(request: StaffRequest, evidence: str) -> HttpResponse:
    """Private: for who may see checks."""
    photo = checks.evidence(
        evidence if evidence.isascii() and evidence.isprintable() else "", request.auth.actor
    )
    with photo.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@router.get("/checks/{run}", response=Check, summary="One check")
def see_check(request: StaffRequest, run: Id) -> HttpResponse:
    """With its sample, and whether that comes out again when it is drawn anew."""
    return answer(drawing.check(run, request.auth.actor))


@router.post("/checks/{run}/closing", response=Check, summary="Close a check", **takes(CheckReportForm))
def close_one_check(request: StaffRequest, run: Id) -> HttpResponse:
    """With its report, once every sampled matter has a finding."""
    form = read(request, CheckReportForm)
    return _done_to(
        request,
        run,
        digest_of(form),
        lambda actor, now: close_check(run=run, report=form.report, actor=actor, now=now),
    )


@router.post(ITEM + "/finding", response=Check, summary="Record a finding", **takes(FindingForm, photos=True))
def record_one_finding(request: StaffRequest, run: Id, sampled: Id) -> HttpResponse:
    """Final. In a multipart form the answers stand between commas."""
    form, sent = with_photos(request, FindingForm)
    return _done_to(
        request,
        run,
        sent.digest,
        lambda actor, now: record_finding(
            run=run,
            item=sampled,
            answers=form.answers,
            result=form.result,
            note=form.note,
            photos=sent.photos,
            actor=actor,
            now=now,
        ),
    )


@router.post(ITEM + "/note", response=Check, summary="Add a word to a finding", **takes(AnnotationForm))
def annotate_one_finding(request: StaffRequest, run: Id, sampled: Id) -> HttpResponse:
    """The finding stays as it was recorded."""
    form = read(request, AnnotationForm)
    return _done_to(
        request,
        run,
        digest_of(form),
        lambda actor, now: annotate_finding(run=run, item=sampled, text=form.text, actor=actor, now=now),
    )


@router.post(ITEM + "/inspector", response=Check, summary="Send another inspector", **takes(InspectorForm))
def change_inspector(request: StaffRequest, run: Id, sampled: Id) -> HttpResponse:
    """As long as nothing has been found."""
    form = read(request, InspectorForm)
    return _done_to(
        request,
        run,
        digest_of(form),
        lambda actor, now: reassign_inspector(
            run=run, item=sampled, inspector=form.inspector, actor=actor, now=now
        ),
    )


@router.post(
    ITEM + "/order", response=Check, summary="Issue an order for a finding", **takes(FindingOrderForm)
)
def order_for_finding(request: StaffRequest, run: Id, sampled: Id) -> HttpResponse:
    """One order for each problem that was found."""
    form = read(request, FindingOrderForm)
    return _done_to(
        request,
        run,
        digest_of(form),
        lambda actor, now: order_from_finding(
            run=run,
            item=sampled,
            colour=form.colour,
            demand=form.demand,
            reply_by=form.reply_by,
            actor=actor,
            now=now,
        ),
    )


def _done(
    request: StaffRequest, content: str, deed: Callable[[Actor, datetime], Json], status: int = 200
) -> HttpResponse:
    """Do the deed as the token's account, once for each Idempotency-Key."""
    actor, now = request.auth.actor, timezone.now()
    return once(request, actor.key, content, lambda: deed(actor, now), now=now, status=status)


def _done_to(
    request: StaffRequest, run: int, content: str, deed: Callable[[Actor, datetime], object]
) -> HttpResponse:
    """Do the deed to a check, and answer with the check as it then stands."""

    def and_drawn(actor: Actor, now: datetime) -> Json:
        deed(actor, now)
        return drawing.check(run, actor)

    return _done(request, content, and_drawn)
