"""The voting code once more: the voter gives the mobile, and reads the same whoever has it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.core.rights import ANYONE, Verb, require
from duban.evaluation.verbs.resending import resend_code

from ..access import private_page
from ..citizen.opened import staff_of
from .asking import client_of, drawn_form, told_or_done
from .forms import MobileForm


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def ballot_code(request: HttpRequest, number: str) -> HttpResponse:
    """`/matters/<number>/ballot/code`: the same page for every number; POST has the code sent again, to whom one is owed.

    Who is signed in as staff asks for nobody's. Raises Forbidden.
    """
    staff = staff_of(request)
    if staff is not None:
        if request.method == "POST":
            require(staff.actor, Verb.VOTE)
        return render(request, "ballots/code_again.html", {"number": number, "staff": True})
    form = MobileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, number, form):
        told = gettext(
            "已经收到您的要求。这个手机号如果在选民册上、还没有投票，投票码几分钟内就会发到手机；十分钟内只发一次。"
        )
        messages.success(request, told)
        return HttpResponseRedirect(f"{reverse('ballot', args=[number])}?another=1")
    context: dict[str, object] = {"number": number, "staff": False, "form": form}
    return drawn_form(request, "ballots/code_again.html", context, form)


def _asked(request: HttpRequest, number: str, form: MobileForm) -> bool:
    def deed() -> None:
        resend_code(
            matter=number,
            mobile=form.cleaned_data["mobile"],
            client=client_of(request),
            actor=ANYONE,
            now=timezone.now(),
        )

    return told_or_done(form, deed)
