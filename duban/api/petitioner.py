"""For everyone, and for the petitioner with number and query code: register, follow, add, judge, withdraw."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from duban.core.kinds import Channel
from duban.core.rights import ANYONE
from duban.evaluation.permitted import allowed
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.opening import petitioner_of
from duban.matters.queries import file_of
from duban.matters.timeline import Audience, timeline
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import add

from .answers import answer
from .bodies import digest_of, read, with_photos
from .document import takes
from .drawing import described, filed, standing, told
from .forms import AdditionForm, RegistrationForm, VerdictForm, WithdrawalForm
from .keys import Judge, JudgingRequest, OpenedRequest, Petitioner, QueryCode, client_of
from .registering import registered
from .retries import key_of, once
from .shapes import Matter, Registered, Standing

router = Router(tags=["petitioner"])


@router.post(
    "",
    response={201: Registered},
    summary="Register a matter",
    **takes(RegistrationForm, photos=True, fails=(429,)),
)
def register_matter(request: HttpRequest) -> HttpResponse:
    """Anyone, under their real name. The number is given at once, and by routing rule a unit at once.

    The same matter by the same person within 24 hours is answered with the first one. From one address 20 new ones an
    hour (the installation may say otherwise), then 429.
    """
    form, sent = with_photos(request, RegistrationForm)
    key = key_of(request)
    key = key and f"anyone\n{key}"
    client = client_of(request)
    return registered(form, sent.photos, channel=Channel.API, actor=ANYONE, key=key, client=client)


@router.get("/{number}", auth=QueryCode(), response=Matter, summary="Follow a matter")
def follow_matter(request: OpenedRequest, number: str) -> HttpResponse:
    """The matter, its clocks, why it is due when it is, and its story."""
    matter, now = request.auth, timezone.now()
    body = described(matter, now) | filed(matter, file_of(matter, petitioner_of(matter)), now)
    body["timeline"] = told(timeline(matter, audience=Audience.PETITIONER))
    body["allowed"] = [verb.value for verb in allowed(matter, petitioner_of(matter), now)]
    return answer(body)


@router.post(
    "/{number}/additions",
    auth=Petitioner(),
    response=Standing,
    summary="Add to a matter",
    **takes(AdditionForm, photos=True),
)
def add_to_matter(request: OpenedRequest, number: str) -> HttpResponse:
    """More facts, or photos. Touches no clock."""
    form, sent = with_photos(request, AdditionForm)
    matter, now = request.auth, timezone.now()
    actor = petitioner_of(matter)

    def deed() -> dict[str, object]:
        remark = add(matter=matter.number, text=form.text, photos=sent.photos, actor=actor, now=now)
        return standing(remark.matter, now)

    return once(request, matter.stream, sent.digest, deed, now=now)


@router.post(
    "/{number}/verdict",
    auth=Judge(),
    response=Standing,
    summary="Give the verdict",
    **takes(VerdictForm, fails=(401,)),
)
def judge_matter(request: JudgingRequest, number: str) -> HttpResponse:
    """Grades 3 to 5 close a completed matter, 1 and 2 reopen it. An official's token is refused (403), but for a directive of
    the leader's own office."""
    form = read(request, VerdictForm)
    (matter, actor), now = request.auth, timezone.now()

    def deed() -> dict[str, object]:
        judged = give_verdict(
            matter=matter.number, grade=form.grade, comment=form.comment, actor=actor, now=now
        )
        return standing(judged, now)

    return once(request, matter.stream, digest_of(form), deed, now=now)


@router.post(
    "/{number}/withdrawal",
    auth=Petitioner(),
    response=Standing,
    summary="Withdraw a matter",
    **takes(WithdrawalForm, required=False),
)
def withdraw_matter(request: OpenedRequest, number: str) -> HttpResponse:
    """It is closed on that basis. A collective matter cannot be withdrawn by one."""
    form = read(request, WithdrawalForm)
    matter, now = request.auth, timezone.now()
    actor = petitioner_of(matter)

    def deed() -> dict[str, object]:
        return standing(withdraw(matter=matter.number, reason=form.reason, actor=actor, now=now), now)

    return once(request, matter.stream, digest_of(form), deed, now=now)
