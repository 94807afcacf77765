"""The counter (挂号终端): a clerk registers for someone who walks in or calls, and opens matters for them.

The same form, checks and receipt as the petitioner's own pages; the draft belongs to the clerk's session and is
gone once the receipt is handed over, because the next person stands before the same screen.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.core.kinds import Channel
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Verb
from duban.matters.verbs.registering import Petitioner, Registered
from duban.matters.verbs.registering import register as register_matter

from .. import drafts
from ..access import StaffRequest, staff_page
from ..citizen.forms import IDENTITY, RegistrationForm, TrackForm
from ..citizen.opened import forget
from ..citizen.receipts import receipt
from ..doing import status_of
from ..units import unit_choices, unit_code, unit_named
from ..uploads import photos_of
from ..wording import told

PURPOSE = "counter"
KEY = "counter"  # of the session: the token of the registration at hand


@require_http_methods(["GET", "POST"])
@staff_page(Verb.REGISTER)
def register(request: StaffRequest) -> HttpResponse:
    """`/desk/register`: the form, and the way to open a matter for someone at the counter."""
    now = timezone.now()
    kept = _kept(request, now)
    if request.method == "GET":
        return _draw(request, RegistrationForm(initial=kept.body if kept else {"publish": True}), kept)
    if request.POST.get("action") == "discard":
        return _start_anew(request, kept)
    form = RegistrationForm(request.POST)
    valid = form.is_valid()
    kept = drafts.keep(kept.token if kept else None, PURPOSE, form.typed(), now)
    request.session[KEY] = kept.token
    good, problems = photos_of(request, already=len(drafts.photos(kept)))
    for name, photo in good:
        drafts.add_photo(kept, name, photo)
    if problems:
        form.add_error("photos", problems)
    if not valid or form.errors:
        return _draw(request, form, kept)
    return HttpResponseRedirect(reverse("counter_check"))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.REGISTER)
def check(request: StaffRequest) -> HttpResponse:
    """`/desk/register/check`: read it out to the person before sending it. POST sends it."""
    now = timezone.now()
    kept = drafts.find(request.session.get(KEY), PURPOSE, now)
    if kept is None or kept.result is not None:
        return HttpResponseRedirect(reverse("counter" if kept is None else "counter_done"))
    form = RegistrationForm(kept.body)
    if not form.is_valid():
        return _draw(request, form, kept)
    if request.method == "POST":
        return _send(request, form, kept, now)
    fields, photos = form.cleaned_data, drafts.photos(kept)
    context = {"fields": fields, "unit_name": unit_named(unit_code(fields["unit"])), "photos": photos}
    return render(request, "desk/counter_check.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.REGISTER)
def done(request: StaffRequest) -> HttpResponse:
    """`/desk/register/done`: the receipt to print and hand over. POST puts it away for the next person."""
    kept = drafts.find(request.session.get(KEY), PURPOSE, timezone.now())
    if request.method == "POST":
        return _start_anew(request, kept)
    if kept is None or kept.result is None:
        return HttpResponseRedirect(reverse("counter"))
    return render(request, "desk/counter_done.html", receipt(request, kept.result))


def _send(request: StaffRequest, form: RegistrationForm, kept: drafts.Kept, now: datetime) -> HttpResponse:
    fields = form.cleaned_data
    try:
        registered = register_matter(
            **{name: fields[name] for name in ("kind", "title", "body", "place", "previous")},
            **{name: fields[name] for name in ("publish", "confidential", "collective")},
            unit=unit_code(fields["unit"]),
            petitioner=Petitioner(**{name: fields[name] for name in IDENTITY}),
            photos=drafts.prepared(drafts.photos(kept)),
            channel=Channel.TERMINAL,
            actor=request.user.actor,
            now=now,
            idempotency_key=kept.key,
        )
    except Invalid as invalid:
        form.take_over(invalid)
        return _draw(request, form, kept)
    except Refused as refused:
        if refused.status != 409:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, told(refused))
        form.refused = True
        return _draw(request, form, kept)
    drafts.finish(kept, _result(registered))
    return HttpResponseRedirect(reverse("counter_done"))


def _result(registered: Registered) -> dict[str, object]:
    matter = registered.matter
    return {
        "number": matter.number,
        "code": registered.query_code,
        "title": matter.title,
        "collective": matter.collective,
        "unit": matter.unit.name,
        "assigned": matter.assigned_at is not None,
        "due_at": matter.clock_due_at.isoformat(),
        "registered_at": matter.registered_at.isoformat(),
        "again": not registered.created,
        "hash": registered.receipt["hash"],
    }


def _draw(request: StaffRequest, form: RegistrationForm, kept: drafts.Kept | None) -> HttpResponse:
    context = {
        "form": form,
        "finder": TrackForm(auto_id="find_%s"),
        "units": unit_choices(),
        "has_draft": kept is not None,
        "photos": drafts.photos(kept) if kept else [],
    }
    return render(request, "desk/counter.html", context, status=status_of(form))


def _kept(request: StaffRequest, now: datetime) -> drafts.Kept | None:
    """The registration at hand; one that was sent already is not taken up again."""
    kept = drafts.find(request.session.get(KEY), PURPOSE, now)
    return None if kept is None or kept.result is not None else kept


def _start_anew(request: StaffRequest, kept: drafts.Kept | None) -> HttpResponse:
    if kept is not None:
        drafts.discard(kept)
    request.session.pop(KEY, None)
    forget(request)
    messages.success(request, gettext("已清空，可以给下一位登记。"))
    return HttpResponseRedirect(reverse("counter"))
