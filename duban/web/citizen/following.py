"""The petitioner's own matter: who holds it, what was promised, when it is due and why, what happened; and what
the petitioner may do about it: judge, add, take back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from duban.core.kinds import Grade
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.opening import judge_of, judges_directive, petitioner_of
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import add
from duban.people.models import Staff

from ..access import private_page
from ..models import DraftPhoto
from ..uploads import gathered
from ..wording import told
from .forms import AdditionForm, ForgivingForm, VerdictForm, WithdrawalForm
from .opened import ask, mine
from .picture import picture

ADDITION = "addition"


@require_safe
@private_page
def matter_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>`"""
    matter = mine(request, number)
    return _page(request, matter, VerdictForm()) if matter else ask(request, number)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def verdict(request: HttpRequest, number: str) -> HttpResponse:
    """POST `/matters/<number>/verdict`: the three upper grades close the matter, the two lower ones reopen it.

    GET leads to the matter's page, where the form is: a change of language asks for the address again.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("matter", args=[number]) + "#verdict")
    matter = mine(request, number)
    if matter is None:
        return ask(request, number)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, form)
    fields = form.cleaned_data
    grade = int(fields["grade"] or 0)
    if not _done(
        form,
        lambda: give_verdict(
            matter=number,
            grade=grade,
            comment=fields["comment"],
            actor=_judge(request, matter),
            now=timezone.now(),
        ),
    ):
        return _page(request, matter, form)
    closes = Grade(grade).closes
    messages.success(
        request,
        gettext("谢谢您的评价，这件事已经销号。")
        if closes
        else gettext("已退回重办，责任单位会按您写的再办。"),
    )
    return _back(number)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def addition(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/additions`: something to add, with photos."""
    matter = mine(request, number)
    if matter is None:
        return ask(request, number)
    form, waiting = AdditionForm(request.POST if request.method == "POST" else None), ""
    photos: list[DraftPhoto] = []
    if request.method == "POST":
        now = timezone.now()
        sent = gathered(request, ADDITION, now)
        readable = form.is_valid()
        if sent.problems:
            form.add_error("photos", sent.problems)
        elif readable and _done(
            form,
            lambda: add(
                matter=number,
                text=form.cleaned_data["text"],
                photos=sent.all(),
                actor=_actor(matter),
                now=now,
            ),
        ):
            sent.let_go()
            messages.success(request, gettext("补充已经交给承办单位。"))
            return _back(number)
        waiting, photos = sent.wait(ADDITION, now)
    context = {"matter": matter, "form": form, "waiting": waiting, "photos": photos}
    return render(request, "citizen/addition.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/withdrawal`: asked twice, because it cannot be undone."""
    matter = mine(request, number)
    if matter is None:
        return ask(request, number)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(
            form, lambda: withdraw(matter=number, reason=reason, actor=_actor(matter), now=timezone.now())
        ):
            messages.success(request, gettext("这件事已按您的意思撤回并销号。"))
            return _back(number)
    context = {"matter": matter, "form": form}
    return render(request, "citizen/withdrawal.html", context, status=422 if form.errors else 200)


def _back(number: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("matter", args=[number]))


def _actor(matter: Matter) -> Actor:
    return petitioner_of(matter)


def _judge(request: HttpRequest, matter: Matter) -> Actor:
    """Who judges: the petitioner; but whoever is signed in as staff acts as staff, and no official judges."""
    staff = request.user
    if not isinstance(staff, Staff):
        return petitioner_of(matter)
    return judge_of(matter, staff.actor) if judges_directive(matter, staff.actor) else staff.actor


def _done(form: ForgivingForm, verb: Callable[[], object]) -> bool:
    """Do it; what a rule says against it stands in the form, with everything typed still there."""
    try:
        verb()
    except Invalid as invalid:
        form.take_over(invalid)
        return False
    except Refused as refused:
        if refused.status != 409:
            raise
        form.add_error(None, told(refused))
        return False
    return True


def _page(request: HttpRequest, matter: Matter, form: VerdictForm) -> HttpResponse:
    context = {"form": form, **picture(matter, timezone.now())}
    return render(request, "citizen/matter.html", context, status=422 if form.errors else 200)
