"""One screen per matter, and the page of each verb that may be done to it next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from duban.catalogue.book import book
from duban.core.refusal import Forbidden, Invalid
from duban.core.rights import Actor, Verb, require
from duban.core.wording import vague_words
from duban.matters.models import Matter
from duban.matters.queries import file_of, staff_matter
from duban.matters.unnaming import unnamed_assist
from duban.matters.verbs.deed import permit
from duban.matters.verbs.unmasking import unmask
from duban.people.queries import staff_of_unit

from .. import words
from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..doing import status_of
from ..once import slip
from ..orders.picture import matter_orders
from ..together.picture import likely_choices, open_assists
from ..units import unit_choices, unit_named
from ..uploads import Gathered, gathered
from ..wording import told_code
from .acts import ACTS, BY_SLUG, Act, actor_for, offered
from .forms import ContactForm, StaffForm
from .picture import may_unmask, offers, pending, picture, return_until, summary

WAITING = "desk"


@require_GET
@staff_page(Verb.SEE_MATTER)
def matter_page(request: StaffRequest, number: str) -> HttpResponse:
    """`/desk/matters/<number>`"""
    actor = request.user.actor
    matter, now = staff_matter(number, actor), timezone.now()
    context = {**picture(matter, actor, now), **matter_orders(matter, actor, now)}
    return render(request, "desk/matter.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(*(act.verb for act in ACTS), Verb.REGISTER_DIRECTIVE)
def act_page(request: StaffRequest, number: str, slug: str) -> HttpResponse:
    """`/desk/matters/<number>/<act>`: the form of one verb; POST does it and goes back to the matter."""
    act, actor, now = BY_SLUG.get(slug), request.user.actor, timezone.now()
    if act is None:
        raise Http404(slug)
    matter = staff_matter(number, actor)
    if request.method == "GET":
        form = act.form(initial=_initial(act, matter, actor))
        if act not in offered(matter, actor, now):
            return _not_now(request, act, matter)
        return _draw(request, act, matter, form, None, now)
    _permit(act, matter, actor)  # before anything is drawn: a form shows what others wrote
    form, photos = act.form(request.POST), gathered(request, WAITING, now)
    if photos.problems:
        form.add_error("photos", photos.problems)
    if not form.is_valid() or _vague(request, form) or not _done(request, act, matter, form, photos, now):
        return _draw(request, act, matter, form, photos, now)
    photos.let_go()
    onward = request.POST.get("tray") == act.tray != ""
    return HttpResponseRedirect(
        reverse("tray", args=[act.tray]) if onward else reverse("desk_matter", args=[number])
    )


@require_http_methods(["GET", "POST"])
@staff_page(Verb.UNMASK)
def contact_page(request: StaffRequest, number: str) -> HttpResponse:
    """`/desk/matters/<number>/contact`: the petitioner's real data, once, after a reason has been written down."""
    actor, now = request.user.actor, timezone.now()
    matter, form, real = staff_matter(number, actor), ContactForm(request.POST or None), None
    if matter.confidential and not may_unmask(matter, actor):
        raise Forbidden("confidential_contact")
    require(actor, Verb.UNMASK, unit=matter.unit_id, matter=matter.pk)  # a unit that assists sees no data
    if request.method == "POST" and form.is_valid():
        try:
            real = unmask(matter=matter.number, reason=form.cleaned_data["reason"], actor=actor, now=now)
        except Invalid as invalid:
            form.take_over(invalid)
    context = {**summary(matter, actor, now), "form": form, "real": real}
    return render(request, "desk/contact.html", context, status=status_of(form))


def _permit(act: Act, matter: Matter, actor: Actor) -> None:
    """Raise, as the verb does, unless the account may do the act to this matter, whatever it stands at."""
    if act.verb is Verb.REPLY_ASSIST:
        require(actor, act.verb, unit=actor.unit, matter=matter.pk)
    else:
        permit(actor_for(act, matter, actor), act.verb, matter)


def _done(
    request: StaffRequest, act: Act, matter: Matter, form: StaffForm, photos: Gathered, now: datetime
) -> bool:
    """Do the verb, once; what a rule says against it stands in the form, with everything typed still there."""
    actor = actor_for(act, matter, request.user.actor)
    fields = {**form.cleaned_data, **({"photos": photos.all()} if "photos" in form.fields else {})}
    return sent(
        request,
        form,
        lambda: act.does(matter=matter.number, actor=actor, now=now, **fields),
        now,
        act.done,
    )


def _vague(request: StaffRequest, form: StaffForm) -> bool:
    """Whether vague words must be pointed out first (domain rule 8); the sender may send them all the same."""
    typed = " ".join(form.cleaned_data.get(name, "") for name in ("statement", "public_reply"))
    form.vague = [] if request.POST.get("anyway") else vague_words(typed)
    return bool(form.vague)


def _draw(
    request: StaffRequest, act: Act, matter: Matter, form: StaffForm, gathered: Gathered | None, now: datetime
) -> HttpResponse:
    waiting, photos = gathered.wait(WAITING, now) if gathered and "photos" in form.fields else ("", [])
    context = {
        **summary(matter, request.user.actor, now),
        **_beside(act, matter, request.user.actor, now),
        "act": act,
        "form": form,
        "once": slip(request),
        "waiting": waiting,
        "photos": photos,
        "tray": request.POST.get("tray") or request.GET.get("tray") or "",
    }
    return render(request, f"desk/acts/{act.slug}.html", context, status=status_of(form))


def _not_now(request: StaffRequest, act: Act, matter: Matter) -> HttpResponse:
    """The verb is not among the next ones (any more): back to the matter, which shows what is."""
    messages.warning(request, told_code("wrong_state"))
    return HttpResponseRedirect(reverse("desk_matter", args=[matter.number]))


def _beside(act: Act, matter: Matter, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """What a form needs to offer choices."""
    match act.verb:
        case Verb.ACCEPT:
            return {"offers": offers(matter, now)}
        case Verb.HAND_OVER:
            return {"people": _people(matter)}
        case Verb.ASSIGN:
            return {"units": _units(matter), "most": book().policy.returns_granted_at_most}
        case Verb.REQUEST_RETURN:
            return {"units": _units(matter), "until": return_until(matter)}
        case Verb.SIGN_RETURN | Verb.SIGN_EXTENSION | Verb.RULE_EXTENSION:
            return {"asked": pending(file_of(matter, actor))}
        case Verb.RULE_RETURN:
            return {"asked": pending(file_of(matter, actor)), "units": unit_choices()}
        case Verb.ASK_ASSIST:
            return {"units": _units(matter)}
        case Verb.RECALL_ASSIST:
            return {"helpers": [(one.unit_id, one.unit.name, one.task) for one in open_assists(matter)]}
        case Verb.REPLY_ASSIST:
            mine = (unnamed_assist(one, matter) for one in open_assists(matter) if one.unit_id == actor.unit)
            return {"assist": next(mine, None)}
        case Verb.MERGE:
            return {"likely": likely_choices(matter, actor, now)}
        case _:
            return {}


def _initial(act: Act, matter: Matter, actor: Actor) -> dict[str, Any]:
    """What a form starts with: the unit suggested in a return request, the one way to reach a confidential petitioner."""
    if act.verb is Verb.RULE_RETURN:
        asked = pending(file_of(matter, actor))
        return {"unit": unit_named(getattr(asked, "suggested_id", ""))}
    if act.verb is Verb.ACCEPT and (matter.confidential or matter.petitioner_id is None):
        return {"contact_method": "system"}
    return {"urgent": matter.urgent}


def _people(matter: Matter) -> list[tuple[str, str, str]]:
    """Whoever may handle it: user name, name, and what they are; who has it now says so."""
    return [
        (
            one.username,
            one.display_name,
            gettext("现在的经办人")
            if one.pk == matter.handler_id
            else gettext("、").join(map(words.role, one.roles)),
        )
        for one in staff_of_unit(matter.unit_id)
        if {"handler", "head"} & set(one.roles)
    ]


def _units(matter: Matter) -> list[tuple[str, str]]:
    return [(code, name) for code, name in unit_choices() if code != matter.unit_id]
