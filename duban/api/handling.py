"""What a department does: accept, report, complete; ask for a return or a later day; hand over inside."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from duban.core.wording import vague_words
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assigning import hand_over, request_return, sign_return
from duban.matters.verbs.handling import complete, report_progress
from duban.matters.verbs.timing import request_extension, sign_extension

from .bodies import digest_of, read, with_photos
from .document import takes
from .doing import done
from .forms import (
    AcceptanceForm,
    CompletionForm,
    ExtensionRequestForm,
    HandOverForm,
    NothingForm,
    ProgressForm,
    ReturnRequestForm,
)
from .keys import Bearer, StaffRequest
from .shapes import Completed, Standing

router = Router(tags=["department"], auth=Bearer())


@router.post("/{number}/acceptance", response=Standing, summary="Accept and commit", **takes(AcceptanceForm))
def accept_matter(request: StaffRequest, number: str) -> HttpResponse:
    """Contact first, then one standard of the unit's own list in force, and perhaps a day earlier than its limit."""
    form = read(request, AcceptanceForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: (
            accept(
                matter=matter,
                contact_method=form.contact.method,
                contact_note=form.contact.note,
                standard=form.standard,
                due_on=form.due_on,
                actor=actor,
                now=now,
            ).matter
        ),
    )


@router.post(
    "/{number}/progress", response=Standing, summary="Report progress", **takes(ProgressForm, photos=True)
)
def report_on_matter(request: StaffRequest, number: str) -> HttpResponse:
    """The petitioner reads it. Touches no clock."""
    form, sent = with_photos(request, ProgressForm)
    return done(
        request,
        number,
        sent.digest,
        lambda matter, actor, now: (
            report_progress(matter=matter, note=form.note, photos=sent.photos, actor=actor, now=now).matter
        ),
    )


@router.post(
    "/{number}/completion", response=Completed, summary="Complete", **takes(CompletionForm, photos=True)
)
def complete_matter(request: StaffRequest, number: str) -> HttpResponse:
    """The completion statement. `vague_words` in the answer are those that promise nothing."""
    form, sent = with_photos(request, CompletionForm)
    return done(
        request,
        number,
        sent.digest,
        lambda matter, actor, now: (
            complete(
                matter=matter,
                outcome=form.outcome,
                statement=form.statement,
                why=form.why,
                public_reply=form.public_reply,
                photos=sent.photos,
                actor=actor,
                now=now,
            ).matter
        ),
        vague_words=vague_words(f"{form.statement}\n{form.public_reply}"),
    )


@router.post(
    "/{number}/return-request", response=Standing, summary="Request a return", **takes(ReturnRequestForm)
)
def request_matter_return(request: StaffRequest, number: str) -> HttpResponse:
    """Within one workday of the assignment, with a reason and whose it should be. The clock runs on."""
    form = read(request, ReturnRequestForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: (
            request_return(
                matter=matter, reason=form.reason, suggested=form.suggested_unit, actor=actor, now=now
            ).matter
        ),
    )


@router.post(
    "/{number}/return-signature",
    response=Standing,
    summary="Sign a return request",
    **takes(NothingForm, required=False),
)
def sign_matter_return(request: StaffRequest, number: str) -> HttpResponse:
    """The department head stands behind it."""
    form = read(request, NothingForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: sign_return(matter=matter, actor=actor, now=now).matter,
    )


@router.post(
    "/{number}/extension-request",
    response=Standing,
    summary="Request a later day",
    **takes(ExtensionRequestForm),
)
def request_matter_extension(request: StaffRequest, number: str) -> HttpResponse:
    """Before the promise is due, with a reason and a workday."""
    form = read(request, ExtensionRequestForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: (
            request_extension(
                matter=matter, reason=form.reason, due_on=form.due_on, actor=actor, now=now
            ).matter
        ),
    )


@router.post(
    "/{number}/extension-signature",
    response=Standing,
    summary="Sign an extension request",
    **takes(NothingForm, required=False),
)
def sign_matter_extension(request: StaffRequest, number: str) -> HttpResponse:
    """The department head stands behind it."""
    form = read(request, NothingForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: sign_extension(matter=matter, actor=actor, now=now).matter,
    )


@router.post("/{number}/hand-over", response=Standing, summary="Hand over", **takes(HandOverForm))
def hand_matter_over(request: StaffRequest, number: str) -> HttpResponse:
    """The department head gives it to another handler of the unit (a user name). No clock is touched."""
    form = read(request, HandOverForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: hand_over(matter=matter, handler=form.handler, actor=actor, now=now),
    )
