"""Inviting others, and co-signing by link: real name, a code to the mobile, and it counts."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.core.rights import ANYONE, Verb
from duban.evaluation.reading import cosigned, invitation_of, invited
from duban.evaluation.verbs.balloting import running
from duban.evaluation.verbs.cosigning import confirm, invite, request_code

from ..access import private_page
from ..citizen.forms import ForgivingForm
from ..citizen.opened import COSIGNED, COSIGNING, MOST, acting, ask, mine
from ..doing import done, status_of
from .asking import client_of, drawn_form, told_or_done
from .forms import CodeForm, CosignForm


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def invitation(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/invitation`: POST makes the link; the page shows it, with its QR and how many have co-signed."""
    matter = mine(request, number)
    if matter is None:
        return ask(request, number)
    actor = acting(request, matter, Verb.INVITE)
    form, now = ForgivingForm(request.POST or None), timezone.now()
    if request.method == "POST" and done(form, lambda: invite(matter=matter.number, actor=actor, now=now)):
        return HttpResponseRedirect(request.path)
    made = invitation_of(matter)
    link = request.build_absolute_uri(reverse("cosign", args=[made.token])) if made else ""
    context = {
        "matter": matter,
        "form": form,
        "link": link,
        "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2, light="#fff") if link else "",
        "cosigned": cosigned(matter),
        "open": matter.closed_at is None and matter.collective and running(matter) is None,
    }
    return render(request, "ballots/invitation.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def cosign(request: HttpRequest, link: str) -> HttpResponse:
    """`/cosign/<link>`: what it is about, without anybody's name; POST sends a code to the mobile."""
    found, now = invited(link), timezone.now()
    form = CosignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, link, form):
        return HttpResponseRedirect(reverse("cosign_code", args=[link]))
    context = {
        "link": link,
        "matter": found.matter,
        "status": found.matter.status(now).value,
        "cosigned": cosigned(found.matter),
        "joined": link in request.session.get(COSIGNED, []),
        "open": found.matter.closed_at is None and running(found.matter) is None,
        "form": form,
    }
    return drawn_form(request, "ballots/cosign.html", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def cosign_code(request: HttpRequest, link: str) -> HttpResponse:
    """`/cosign/<link>/code`: the code that was sent comes back. Not inside a slip: a wrong try must stay counted."""
    found = invited(link)
    pending = request.session.get(COSIGNING, {}).get(link)
    if not isinstance(pending, str):
        return HttpResponseRedirect(reverse("cosign", args=[link]))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _confirmed(request, link, pending, form):
        messages.success(request, gettext("您已联名。测评开始时，投票码会发到您的手机。"))
        return HttpResponseRedirect(reverse("cosign", args=[link]))
    context = {"link": link, "matter": found.matter, "form": form}
    return drawn_form(request, "ballots/cosign_code.html", context, form)


def _asked(request: HttpRequest, link: str, form: CosignForm) -> bool:
    def deed() -> None:
        asked = request_code(
            link=link, client=client_of(request), actor=ANYONE, now=timezone.now(), **form.cleaned_data
        )
        known = {key: token for key, token in request.session.get(COSIGNING, {}).items() if key != link}
        request.session[COSIGNING] = dict([*known.items(), (link, asked.token)][-MOST:])

    return told_or_done(form, deed)


def _confirmed(request: HttpRequest, link: str, token: str, form: CodeForm) -> bool:
    def deed() -> None:
        code = form.cleaned_data["code"]
        confirm(
            link=link, token=token, code=code, client=client_of(request), actor=ANYONE, now=timezone.now()
        )
        request.session[COSIGNED] = [*request.session.get(COSIGNED, []), link][-MOST:]
        pending = request.session.get(COSIGNING, {}).items()
        request.session[COSIGNING] = {key: other for key, other in pending if key != link}

    return told_or_done(form, deed)
