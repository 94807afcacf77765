"""The petitioner's own matter: who holds it, what was promised, when it is due and why, what happened; and what
the petitioner may do about it: judge, add, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_safe

from duban.core.kinds import Grade
from duban.core.rights import Verb
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import add

from ..access import private_page
from ..deeds import sent
from ..doing import done, status_of
from ..models import DraftPhoto
from ..once import slip
from ..uploads import gathered
from .forms import AdditionForm, VerdictForm, WithdrawalForm
from .opened import acting, actor_of, ask, mine
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
    actor, form = acting(request, matter, Verb.GIVE_VERDICT), VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, form)
    fields = form.cleaned_data
    grade = int(fields["grade"] or 0)
    if not done(
        form,
        lambda: give_verdict(
            matter=number,
            grade=grade,
            comment=fields["comment"],
            actor=actor,
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
    actor = acting(request, matter, Verb.ADD)
    form, waiting = AdditionForm(request.POST if request.method == "POST" else None), ""
    photos: list[DraftPhoto] = []
    if request.method == "POST":
        now = timezone.now()
        gathering = gathered(request, ADDITION, now)
        readable = form.is_valid()

        def deed() -> None:
            text = form.cleaned_data["text"]
            add(matter=number, text=text, photos=gathering.all(), actor=actor, now=now)

        if gathering.problems:
            form.add_error("photos", gathering.problems)
        elif readable and sent(request, form, deed, now, _("补充已经交给承办单位。")):
            gathering.let_go()
            return _back(number)
        waiting, photos = gathering.wait(ADDITION, now)
    context = {"matter": matter, "form": form, "waiting": waiting, "photos": photos, "once": slip(request)}
    return render(request, "citizen/addition.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/withdrawal`: asked twice, because it cannot be undone."""
    matter = mine(request, number)
    if matter is None:
        return ask(request, number)
    actor = acting(request, matter, Verb.WITHDRAW)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: withdraw(matter=number, reason=reason, actor=actor, now=timezone.now())):
            messages.success(request, gettext("这件事已按您的意思撤回并销号。"))
            return _back(number)
    context = {"matter": matter, "form": form}
    return render(request, "citizen/withdrawal.html", context, status=status_of(form))


def _back(number: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("matter", args=[number]))


def _page(request: HttpRequest, matter: Matter, form: VerdictForm) -> HttpResponse:
    context = {"form": form, **picture(matter, actor_of(request, matter), timezone.now())}
    return render(request, "citizen/matter.html", context, status=status_of(form))
