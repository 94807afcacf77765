"""Signing in and out. A form that was sent without a session waits here and is sent again afterwards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from duban.core.refusal import Refused
from duban.people.signing_in import sign_in, sign_out

from ..access import private_page
from ..citizen.opened import forget
from ..resending import resend_set_aside
from ..wording import told, told_code
from .forms import SignInForm

HOME = "/desk"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """`/sign-in?next=…&kept=…`: back to where the visitor was going, with what they had typed."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            try:
                sign_in(request, now=timezone.now(), **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, told(refused))
            else:
                forget(request)  # what a petitioner opened here before is not the account's to judge
                return _onward(request)
        else:
            form.add_error(None, told_code("wrong_password"))
    context = {"form": form, "next": _next(request), "kept": _kept(request)}
    return render(request, "signing/sign_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """POST signs out; GET asks, so that no foreign picture or link can do it."""
    if request.method == "POST":
        sign_out(request)
        return HttpResponseRedirect("/sign-in")
    return render(request, "signing/sign_out.html", {})


def _onward(request: HttpRequest) -> HttpResponse:
    sentence = gettext("已重新登录。您刚才填的内容都在，再提交一次就好。")
    again = resend_set_aside(request, _kept(request), sentence)
    return again or HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or HOME
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else HOME


def _kept(request: HttpRequest) -> str:
    return request.POST.get("kept") or request.GET.get("kept") or ""
