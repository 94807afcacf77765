"""Inviting others to co-sign, and co-signing by link."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from duban.core.rights import ANYONE
from duban.evaluation import reading
from duban.evaluation.verbs.balloting import running
from duban.evaluation.verbs.cosigning import confirm, invite, request_code
from duban.matters.opening import petitioner_of

from .answers import answer
from .ballot_forms import CosigningCodeForm, CosigningForm
from .ballot_shapes import CodeSent, Cosigned, Cosigning, Invitation
from .bodies import digest_of, read
from .document import takes
from .forms import NothingForm
from .keys import OpenedRequest, Petitioner, client_of
from .retries import once

petitioner = Router(tags=["ballots"])
anyone = Router(tags=["ballots"])


@petitioner.post(
    "/{number}/invitation",
    auth=Petitioner(),
    response=Invitation,
    summary="Invite others to co-sign",
    **takes(NothingForm, required=False),
)
def invite_cosigners(request: OpenedRequest, number: str) -> HttpResponse:
    """The link of a collective matter; asked again, the same one."""
    matter, now = request.auth, timezone.now()

    def deed() -> dict[str, object]:
        made = invite(matter=matter.number, actor=petitioner_of(matter), now=now)
        link = f"{settings.SITE_URL}{reverse('cosign', args=[made.token])}"
        return {"token": made.token, "link": link, "cosigned": reading.cosigned(matter)}

    return once(request, matter.stream, digest_of(read(request, NothingForm)), deed, now=now)


@anyone.get("/{link}", response=Cosigning, summary="What one is invited to co-sign")
def see_invitation(request: HttpRequest, link: str) -> HttpResponse:
    """For whoever has the link."""
    matter = reading.invited(link).matter
    return answer(
        {
            "number": matter.number,
            "title": matter.title,
            "body": matter.body,
            "cosigned": reading.cosigned(matter),
            "open": matter.closed_at is None and running(matter) is None,
        }
    )


@anyone.post("/{link}", response=CodeSent, summary="Ask to co-sign", **takes(CosigningForm, fails=(429,)))
def ask_to_cosign(request: HttpRequest, link: str) -> HttpResponse:
    """Sends a code to the mobile: to the one known of this person, where they were known before.

    The answer is the same for everybody, also for who has co-signed already, to whom nothing is sent. Its `token` is
    what the code is confirmed with.
    """
    form, now = read(request, CosigningForm), timezone.now()
    fields = {"name": form.name, "id_number": form.id_number, "mobile": form.mobile}

    def deed() -> dict[str, object]:
        asked = request_code(link=link, client=client_of(request), actor=ANYONE, now=now, **fields)
        return {"state": "code_sent", "token": asked.token}

    return once(request, f"cosign:{link}", digest_of(form), deed, now=now)


@anyone.post(
    "/{link}/confirmation",
    response=Cosigned,
    summary="Confirm with the code",
    **takes(CosigningCodeForm, fails=(429,)),
)
def confirm_cosigning(request: HttpRequest, link: str) -> HttpResponse:
    """Five wrong codes void the token. A retry is judged anew: wrong tries stay counted."""
    form, client = read(request, CosigningCodeForm), client_of(request)
    confirm(link=link, token=form.token, code=form.code, client=client, actor=ANYONE, now=timezone.now())
    return answer({"state": "cosigned"})
