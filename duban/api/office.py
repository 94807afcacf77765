"""What the supervision office does: assign, rule on requests, call back, close unrated. And looking at real data."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from duban.core import numbers
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.matters.verbs.assigning import assign, rule_return
from duban.matters.verbs.timing import rule_extension
from duban.matters.verbs.unmasking import unmask

from .answers import answer
from .bodies import digest_of, read
from .desk_shapes import RealData
from .document import takes
from .doing import done
from .forms import (
    AssignmentForm,
    CallbackForm,
    ExtensionRulingForm,
    NothingForm,
    ReturnRulingForm,
    UnmaskingForm,
)
from .keys import Bearer, StaffRequest
from .shapes import Standing

router = Router(tags=["office"], auth=Bearer())


@router.post("/{number}/assignment", response=Standing, summary="Assign", **takes(AssignmentForm))
def assign_matter(request: StaffRequest, number: str) -> HttpResponse:
    """A registered matter to a unit; its acceptance clock starts."""
    form = read(request, AssignmentForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: assign(
            matter=matter, unit=form.unit, urgent=form.urgent, actor=actor, now=now
        ),
    )


@router.post(
    "/{number}/return-ruling", response=Standing, summary="Rule on a return", **takes(ReturnRulingForm)
)
def rule_on_return(request: StaffRequest, number: str) -> HttpResponse:
    """Granted as often as policy says, twice at most; the assignment after is a designation. A refusal needs its `note`."""
    form = read(request, ReturnRulingForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: rule_return(
            matter=matter, granted=form.granted, note=form.note, unit=form.unit, actor=actor, now=now
        ),
    )


@router.post(
    "/{number}/extension-ruling",
    response=Standing,
    summary="Rule on an extension",
    **takes(ExtensionRulingForm),
)
def rule_on_extension(request: StaffRequest, number: str) -> HttpResponse:
    """Granted, the clock is set to the wanted day and the original due stays told. A refusal needs its `note`."""
    form = read(request, ExtensionRulingForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: rule_extension(
            matter=matter, granted=form.granted, note=form.note, actor=actor, now=now
        ),
    )


@router.post("/{number}/callback", response=Standing, summary="Call back", **takes(CallbackForm))
def call_petitioner_back(request: StaffRequest, number: str) -> HttpResponse:
    """What came of ringing a silent petitioner, seven days after completion at the earliest. It is no verdict."""
    form = read(request, CallbackForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: (
            call_back(matter=matter, result=form.result, note=form.note, actor=actor, now=now).matter
        ),
    )


@router.post(
    "/{number}/unrated-closure",
    response=Standing,
    summary="Close unrated",
    **takes(NothingForm, required=False),
)
def close_matter_unrated(request: StaffRequest, number: str) -> HttpResponse:
    """After a callback; it stays outside every satisfaction figure."""
    form = read(request, NothingForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: close_unrated(matter=matter, actor=actor, now=now),
    )


@router.post(
    "/{number}/unmasking", response=RealData, summary="See real data, with a reason", **takes(UnmaskingForm)
)
def unmask_petitioner(request: StaffRequest, number: str) -> HttpResponse:
    """A logged act. The answer is never kept, so a retry with one Idempotency-Key is another look, logged again."""
    form = read(request, UnmaskingForm)
    real = unmask(
        matter=numbers.normalise(number) or "",
        reason=form.reason,
        actor=request.auth.actor,
        now=timezone.now(),
    )
    return answer({"name": real.name, "id_number": real.id_number, "mobile": real.mobile})
