"""Voting (群众测评): enter the code, choose one of five grades, confirm. A code stays good until it is used."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from duban.core.refusal import TooMany, Unknown
from duban.evaluation.reading import last_statement, result
from duban.evaluation.verbs.balloting import cast_vote
from duban.evaluation.voting import Key, for_petitioner, for_voter, opened

from ..access import private_page
from ..citizen.forms import ForgivingForm
from ..citizen.opened import mine
from ..doing import done, status_of
from ..once import done_once, slip
from ..wording import told
from .forms import VoteForm, VotingCodeForm
from .picture import drawn, sheet

KEY = "voters"  # in the session: whose codes were right, by number
MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def ballot(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/ballot`: with a code or as the petitioner; without, the same page for every number."""
    if request.method == "POST" and "code" in request.POST:
        return _enter(request, number)
    key = _key(request, number)
    if key is None or "another" in request.GET:
        return _ask(request, number, VotingCodeForm(), 200)
    form = VoteForm(request.POST if request.method == "POST" else None)
    chosen = int(form.cleaned_data["grade"]) if form.is_bound and form.is_valid() else 0
    if chosen and "sure" in request.POST and _voted(request, key, form, chosen):
        messages.success(request, gettext("您的一票已经投进票箱，谢谢您。"))
        return HttpResponseRedirect(request.path)
    return _page(request, key, form, chosen)


@require_safe
@private_page
def ballot_result(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/ballot/result`: the sheet, for the petitioner and whoever is on the roll, once it is closed."""
    key = _key(request, number)
    if key is None or key.ballot is None or key.ballot.closed_at is None:
        return HttpResponseRedirect(reverse("ballot", args=[number]))
    context = {**sheet(result(key.ballot), key.matter), "base": "base_public.html", "staff": False}
    return render(request, "ballots/result.html", context)


def _key(request: HttpRequest, number: str) -> Key | None:
    """Whose code was entered in this browser last, else the petitioner who has opened the matter."""
    voter = request.session.get(KEY, {}).get(number)
    found = for_voter(number, voter) if voter is not None else None
    if found is not None:
        return found
    matter = mine(request, number)
    return for_petitioner(matter) if matter is not None else None


def _enter(request: HttpRequest, number: str) -> HttpResponse:
    """A voting code: right, it is remembered by who holds it and never itself; wrong, it is one sentence for all."""
    form = VotingCodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, number, form, 422)
    client = str(request.META.get("REMOTE_ADDR", ""))
    try:
        key = opened(number, form.cleaned_data["code"], client=client, now=timezone.now())
    except (Unknown, TooMany) as refused:
        form.add_error("code", told(refused))
        response = _ask(request, number, form, refused.status)
        if isinstance(refused, TooMany):
            response.headers["Retry-After"] = str(refused.retry_after)
        return response
    if key.voter is not None:
        known = {no: pk for no, pk in request.session.get(KEY, {}).items() if no != number}
        request.session.cycle_key()  # a session somebody else may have planted votes for nobody
        request.session[KEY] = dict([*known.items(), (number, key.voter.pk)][-MOST:])
    return HttpResponseRedirect(request.path)


def _voted(request: HttpRequest, key: Key, form: ForgivingForm, grade: int) -> bool:
    now, voter = timezone.now(), key.voter.pk if key.voter else 0
    return done(
        form,
        lambda: done_once(
            request,
            lambda: cast_vote(matter=key.matter.number, voter=voter, grade=grade, actor=key.actor, now=now),
            now,
        ),
    )


def _ask(request: HttpRequest, number: str, form: VotingCodeForm, status: int) -> HttpResponse:
    return render(request, "ballots/voting_code.html", {"number": number, "form": form}, status=status)


def _page(request: HttpRequest, key: Key, form: VoteForm, chosen: int) -> HttpResponse:
    context: dict[str, Any] = {
        "matter": key.matter,
        "number": key.matter.number,
        "statement": last_statement(key.matter, key.actor),
        "voter": key.voter,
        "form": form,
        "chosen": chosen,
        "once": slip(request),
        **drawn(key.ballot, timezone.now()),
    }
    return render(request, "ballots/vote.html", context, status=status_of(form))
