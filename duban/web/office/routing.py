"""The routing rules (place × kind × keyword → unit): what goes to whom at once, without the office's hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from duban.catalogue.queries import routing_rules
from duban.catalogue.routes import add_route, retire_route
from duban.core.kinds import MatterKind
from duban.core.rights import Verb
from duban.core.routing import Route
from duban.people.queries import unit_names

from .. import words
from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import done, status_of
from ..units import unit_choices, unit_code
from ..wording import told_code


class RouteForm(StaffForm):
    """Conditions, of which at least one must be given, and the unit."""

    place = text(_("地点里有"))
    kind = text(_("类别是"))
    keyword = text(_("标题或内容里有"))
    unit = text(_("交给"))
    rank = text(_("先后"))

    def clean(self) -> dict[str, Any]:
        """A unit in service, and a number to order by."""
        fields = self.cleaned_data
        fields["unit"] = unit_code(fields.get("unit") or "")
        if fields["unit"] not in dict(unit_choices()):
            self.add_error("unit", told_code("unit_unknown"))
            fields["unit"] = ""
        self.read_whole("rank")
        return fields


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_ROUTES)
def routing(request: StaffRequest) -> HttpResponse:
    """`/settings/routing`: the rules in force, and a form for one more."""
    form = RouteForm(request.POST or None, initial={"rank": 100})
    if request.method == "POST" and form.is_valid():
        route, now = Route(**form.cleaned_data), timezone.now()
        if done(form, lambda: add_route(route=route, actor=request.user.actor, now=now)):
            messages.success(request, gettext("规则已加上，从现在起挂号的事按它交办。"))
            return HttpResponseRedirect(reverse("routing"))
    context = {
        "form": form,
        "rules": routing_rules(),
        "names": unit_names(),
        "units": unit_choices(),
        "kinds": [(kind.value, words.kind(kind)) for kind in MatterKind],
    }
    return render(request, "office/routing.html", context, status=status_of(form))


@require_POST
@staff_page(Verb.AMEND_ROUTES)
def switch_off(request: StaffRequest, rule: int) -> HttpResponse:
    """POST `/settings/routing/<rule>/end`: out of force; what it has assigned stays assigned."""
    retire_route(rule=rule, actor=request.user.actor, now=timezone.now())
    messages.success(request, gettext("规则已停用。"))
    return HttpResponseRedirect(reverse("routing"))
