"""Voting (群众测评): enter the code, choose one of five grades, confirm. A code stays good until it is used."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_safe

from duban.core.refusal import TooMany, Unknown
from duban.core.rights import Verb, require
from duban.evaluation.models import Voter
from duban.evaluation.reading import last_statement, papers_over, result
from duban.evaluation.verbs.balloting import cast_vote
from duban.evaluation.voting import Key, for_petitioner, for_voter, opened

from ..access import private_page
from ..citizen.opened import MOST, VOTERS, mine, staff_of
from ..deeds import sent
from ..doing import status_of
from ..once import slip
from ..wording import told
from .asking import client_of
from .choosing import FIELD, choice_of, chosen_as, forget_choice
from .forms import VoteForm, VotingCodeForm
from .picture import drawn, sheet

MARK = "voter"  # in the form: a keyed hash of whose vote it was drawn for


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def ballot(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/ballot`: with a code or as the petitioner; without, the same page for every number.

    Who is signed in as staff may look, and casts nobody's vote. Raises Forbidden.
    """
    staff = staff_of(request)
    if request.method == "POST" and staff is not None:
        require(staff.actor, Verb.VOTE)
    if request.method == "POST" and "code" in request.POST:
        return _enter(request, number)
    key = _key(request, number)
    form = VoteForm(request.POST if request.method == "POST" else None)
    if key is None or "another" in request.GET:
        return _ask(request, number, VotingCodeForm(), 200)
    if form.is_bound and key.voter is not None and not _drawn_for(request, key.voter):
        return _another(request, number)
    if _chosen(form) and "sure" in request.POST:
        return HttpResponseRedirect(request.path) if _voted(request, key, form) else _page(request, key, form)
    return _confirming(request, key, form) if _chosen(form) else _page(request, key, form)


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
    voter = request.session.get(VOTERS, {}).get(number)
    found = for_voter(number, voter) if voter is not None else None
    if found is not None:
        return found
    matter = mine(request, number)
    return for_petitioner(matter) if matter is not None else None


def _enter(request: HttpRequest, number: str) -> HttpResponse:
    """A voting code: right, it is remembered by who holds it and never itself; wrong, it is one sentence for all.

    A grade chosen before the session was lost comes along with the code, and is asked to be confirmed.
    """
    form = VotingCodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, number, form, 422)
    client = client_of(request)
    try:
        key = opened(number, form.cleaned_data["code"], client=client, now=timezone.now())
    except (Unknown, TooMany) as refused:
        form.add_error("code", told(refused))
        response = _ask(request, number, form, refused.status)
        if isinstance(refused, TooMany):
            response.headers["Retry-After"] = str(refused.retry_after)
        return response
    if key.voter is not None:
        known = {no: pk for no, pk in request.session.get(VOTERS, {}).items() if no != number}
        request.session.cycle_key()  # a session somebody else may have planted votes for nobody
        request.session[VOTERS] = dict([*known.items(), (number, key.voter.pk)][-MOST:])
    kept = VoteForm(request.POST)
    return _confirming(request, key, kept)


def _chosen(form: VoteForm) -> int:
    return int(form.cleaned_data["grade"]) if form.is_bound and form.is_valid() else 0


def _confirming(request: HttpRequest, key: Key, form: VoteForm) -> HttpResponse:
    """To the page that asks whether one is sure: by an address of its own, so that a step back is no form sent again."""
    grade = _chosen(form)
    if not grade or key.voter is None:
        return HttpResponseRedirect(request.path)
    asked = urlencode({FIELD: chosen_as(request, key.voter, grade)})
    return HttpResponseRedirect(f"{request.path}?{asked}")


def _mark(voter: Voter) -> str:
    return salted_hmac("duban.web.ballots.voting", str(voter.pk), algorithm="sha256").hexdigest()


def _drawn_for(request: HttpRequest, voter: Voter) -> bool:
    """Whether the form was drawn for this voter: in another tab somebody else may have entered a code since."""
    return constant_time_compare(request.POST.get(MARK, ""), _mark(voter))


def _another(request: HttpRequest, number: str) -> HttpResponse:
    form = VotingCodeForm({})
    form.errors.clear()  # nothing is typed yet
    form.add_error(None, gettext("这台设备上换了一个投票码，这一票没有投出去。请再填一次您自己的投票码。"))
    form.refused = True
    return _ask(request, number, form, 409)


def _voted(request: HttpRequest, key: Key, form: VoteForm) -> bool:
    now, voter, grade = timezone.now(), key.voter.pk if key.voter else 0, _chosen(form)

    def deed() -> None:
        cast_vote(matter=key.matter.number, voter=voter, grade=grade, actor=key.actor, now=now)

    if not sent(request, form, deed, now, _("您的一票已经投进票箱，谢谢您。")):
        return False
    if key.voter is not None:
        forget_choice(request, key.voter)
    return True


def _ask(request: HttpRequest, number: str, form: VotingCodeForm, status: int) -> HttpResponse:
    # What was chosen goes along in the page and is kept nowhere: nothing here ties a voter to a grade.
    chosen = _chosen(VoteForm(request.POST)) if request.method == "POST" else 0
    context = {"number": number, "form": form, "chosen": chosen, "staff": staff_of(request) is not None}
    return render(request, "ballots/voting_code.html", context, status=status)


def _page(request: HttpRequest, key: Key, form: VoteForm) -> HttpResponse:
    context: dict[str, Any] = {
        "matter": key.matter,
        "number": key.matter.number,
        "statement": last_statement(key.matter, key.actor),
        "voter": key.voter,
        "mark": _mark(key.voter) if key.voter else "",
        "staff": staff_of(request) is not None,
        "form": form,
        "chosen": choice_of(request, key.voter) if key.voter and not form.is_bound else _chosen(form),
        "once": slip(request),
        "papers_over": key.ballot is not None and papers_over(key.ballot),
        **drawn(key.ballot, timezone.now()),
    }
    return render(request, "ballots/vote.html", context, status=status_of(form))
