"""Registering (挂号): the form, the page to check it on, the result with number and query code.

What is typed is kept on the server, sealed, from the first submission on; nothing is lost by going back, by an
error, or by a closed browser. Sending twice gives the same number, because the draft is the idempotency key.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from duban.core.refusal import Invalid, Refused, TooMany
from duban.core.rights import ANYONE
from duban.matters.verbs.registering import Petitioner
from duban.matters.verbs.registering import register as register_matter

from .. import drafts
from ..access import private_page
from ..callers import caller_of
from ..doing import status_of
from ..refusals import waiting
from ..units import unit_choices, unit_named
from ..uploads import photos_of
from ..wording import told
from .forms import IDENTITY, RegistrationForm, without
from .opened import remember
from .receipts import receipt

COOKIE = "duban_draft"
PURPOSE = "registration"
SENSITIVE_FOR = timedelta(hours=2)
RESULT_FOR = timedelta(hours=1)
DOUBLE_CLICK = timedelta(minutes=1)
SECRETS = ("id_number", "mobile")


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def register(request: HttpRequest) -> HttpResponse:
    """`/register`: the form. POST keeps it and goes on to the page to check it on."""
    now = timezone.now()
    kept = _kept(request, now)
    if request.method != "POST":
        initial = (
            _body(kept, now) | {"unit": request.GET["unit"]} if "unit" in request.GET else _body(kept, now)
        )
        return _form_page(request, RegistrationForm(initial=initial), kept)
    action = request.POST.get("action", "send")
    if action == "discard":
        return _discard(kept)
    form = RegistrationForm(request.POST)
    valid = form.is_valid()
    saved = action == "save"
    body = {**form.typed(), "typed_at": now.isoformat()}
    token = kept.token if kept else None
    stored = without(body, *SECRETS) if saved else body
    try:
        kept = drafts.keep(token, PURPOSE, stored, now, saved=saved, client=caller_of(request))
    except TooMany as full:
        if request.FILES:
            form.add_error("photos", gettext("照片没有存下，到时请重新选。"))
        return _too_many(request, form, None, full)
    _keep_photos(request, form, kept, action)
    if saved:
        messages.success(
            request, gettext("草稿已存好，7 天内用这台设备打开本页可以接着填。身份证号和手机号没有存。")
        )
    if saved or action.startswith("drop-"):
        return _with_cookie(
            HttpResponseRedirect(reverse("register") + "#" + ("main" if saved else "id_photos")), kept
        )
    if not valid or form.errors:
        return _with_cookie(_form_page(request, form, kept), kept)
    return _with_cookie(HttpResponseRedirect(reverse("register_check")), kept)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def check(request: HttpRequest) -> HttpResponse:
    """`/register/check`: everything once more before it is sent. POST sends it."""
    now = timezone.now()
    kept = _kept(request, now, sent=True)
    if kept is None:
        return HttpResponseRedirect(reverse("register"))
    if kept.result is not None:
        return HttpResponseRedirect(reverse("register_done"))
    form = RegistrationForm(_body(kept, now))
    if not form.is_valid():
        return _form_page(request, form, kept)
    if request.method != "POST":
        context = {
            "fields": form.cleaned_data,
            "unit_name": unit_named(form.cleaned_data["unit"]),
            "photos": drafts.photos(kept),
        }
        return render(request, "citizen/register_check.html", context)
    return _send(request, form, kept, now)


@require_safe
@private_page
def done(request: HttpRequest) -> HttpResponse:
    """`/register/done`: number, query code, what happens next; a page to print and keep."""
    now = timezone.now()
    kept = _kept(request, now, sent=True)
    if kept is None or kept.result is None:
        return HttpResponseRedirect(reverse("register"))
    if now - datetime.fromisoformat(kept.result["at"]) > RESULT_FOR:
        return HttpResponseRedirect(reverse("track"))
    return render(request, "citizen/register_done.html", receipt(request, kept.result))


def _send(request: HttpRequest, form: RegistrationForm, kept: drafts.Kept, now: datetime) -> HttpResponse:
    fields = form.cleaned_data
    try:
        registered = register_matter(
            **{name: fields[name] for name in ("kind", "title", "body", "place", "unit", "previous")},
            **{name: fields[name] for name in ("publish", "confidential", "collective")},
            petitioner=Petitioner(**{name: fields[name] for name in IDENTITY}),
            photos=drafts.prepared(drafts.photos(kept)),
            actor=ANYONE,
            now=now,
            idempotency_key=kept.key,
            client=caller_of(request),
        )
    except Invalid as invalid:
        form.take_over(invalid)
        return _form_page(request, form, kept)
    except TooMany as full:
        return _too_many(request, form, kept, full)
    except Refused as refused:
        if refused.status != 409:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, told(refused))
        form.refused = True
        return _form_page(request, form, kept)
    matter = registered.matter
    result = {
        "number": matter.number,
        "code": registered.query_code,
        "title": matter.title,
        "collective": matter.collective,
        "unit": matter.unit.name,
        "assigned": matter.assigned_at is not None,
        "due_at": matter.clock_due_at.isoformat(),
        "registered_at": matter.registered_at.isoformat(),
        # A double click is one registration to the person; the same matter from before is told so.
        "again": not registered.created and now - matter.registered_at > DOUBLE_CLICK,
        "at": now.isoformat(),
        "hash": registered.receipt["hash"],
    }
    drafts.finish(kept, result)
    remember(request, matter.number)
    return HttpResponseRedirect(reverse("register_done"))


def _form_page(request: HttpRequest, form: RegistrationForm, kept: drafts.Kept | None) -> HttpResponse:
    context = {
        "form": form,
        "units": unit_choices(),
        "saved_at": kept.saved_at if kept else None,
        "has_draft": kept is not None,
        "photos": drafts.photos(kept) if kept else [],
    }
    return render(request, "citizen/register.html", context, status=status_of(form))


def _too_many(
    request: HttpRequest, form: RegistrationForm, kept: drafts.Kept | None, full: TooMany
) -> HttpResponse:
    """The form again with everything in it, to be sent later."""
    form.add_error(None, f"{told(full)} {gettext('您填的内容都在这一页上。')}")
    return waiting(_form_page(request, form, kept), full)


def _keep_photos(request: HttpRequest, form: RegistrationForm, kept: drafts.Kept, action: str) -> None:
    dropped = action.removeprefix("drop-")
    if dropped != action and dropped.isascii() and dropped.isdigit() and len(dropped) < 19:
        drafts.drop_photo(kept, int(dropped))
    good, problems = photos_of(request, already=len(drafts.photos(kept)))
    for name, photo in good:
        drafts.add_photo(kept, name, photo)
    if problems:
        form.add_error("photos", problems)


def _kept(request: HttpRequest, now: datetime, *, sent: bool = False) -> drafts.Kept | None:
    """The visitor's draft; one that was sent already only where its result is asked for."""
    kept = drafts.find(request.COOKIES.get(COOKIE), PURPOSE, now)
    return None if kept and kept.result is not None and not sent else kept


def _body(kept: drafts.Kept | None, now: datetime) -> dict[str, Any]:
    """The draft's fields. ID number and mobile come back only for a while: the device may be shared."""
    if kept is None:
        return {"publish": True}
    typed_at = datetime.fromisoformat(kept.body["typed_at"])
    return kept.body if now - typed_at < SENSITIVE_FOR else without(kept.body, *SECRETS)


def _discard(kept: drafts.Kept | None) -> HttpResponse:
    if kept is not None:
        drafts.discard(kept)
    response = HttpResponseRedirect(reverse("register"))
    response.delete_cookie(COOKIE)
    return response


def _with_cookie(response: HttpResponse, kept: drafts.Kept) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        kept.token,
        max_age=int(drafts.LIFE.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
