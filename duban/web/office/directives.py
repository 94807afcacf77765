"""A leader's directive (领导指示): registered here, then it runs through the same pipeline as a citizen's matter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from duban.core.kinds import MatterKind
from duban.core.refusal import Invalid
from duban.core.rights import Verb
from duban.matters.verbs.registering import register

from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import status_of
from ..once import slip
from ..units import unit_choices, unit_code


class DirectiveForm(StaffForm):
    """What is to be done, where, and by whom."""

    title = text(_("一句话说清"))
    body = text(_("要求"))
    place = text(_("地点"))
    unit = text(_("交给哪个单位"))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.REGISTER_DIRECTIVE)
def directive(request: StaffRequest) -> HttpResponse:
    """`/office/directive`: sending it twice registers it once."""
    form = DirectiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"unit": unit_code(form.cleaned_data["unit"])}
        try:
            registered = register(
                kind=MatterKind.DIRECTIVE,
                petitioner=None,
                actor=request.user.actor,
                now=timezone.now(),
                idempotency_key=f"directive:{request.user.pk}:{slip(request)}",
                **fields,
            )
        except Invalid as invalid:
            form.take_over(invalid)
        else:
            messages.success(request, gettext("已交办，与群众事项同样计时亮灯，办结后由您的办公室评价。"))
            return HttpResponseRedirect(reverse("desk_matter", args=[registered.matter.number]))
    context = {"form": form, "units": unit_choices(), "once": slip(request)}
    return render(request, "office/directive.html", context, status=status_of(form))
