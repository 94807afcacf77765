"""Opening a matter with number and query code (进度查询). A wrong code and an unknown number get one answer."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.core.refusal import TooMany, Unknown
from duban.matters.opening import open_with_code

from ..access import private_page
from ..resending import resend_set_aside
from ..wording import told, told_code
from .forms import TrackForm
from .opened import forget, opened, remember

_PASTED = re.compile(r"(\d{8}[-‐–—−_ ]?\d{4,12}[-‐–—−_ ]?\d)\D+(\d[\d ]{8,12}\d)\D*$")


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def track(request: HttpRequest) -> HttpResponse:
    """`/track?no=…`: the form; POST opens the matter, or says the one sentence for every wrong pair."""
    if request.method != "POST":
        form = TrackForm(initial={"no": request.GET.get("no", "")})
        return _page(request, form, 200)
    if request.POST.get("action") == "forget":
        forget(request)
        return HttpResponseRedirect(reverse("track"))
    form = TrackForm(request.POST)
    form.is_valid()
    number, code = as_copied(form.cleaned_data.get("no", ""), form.cleaned_data.get("code", ""))
    if not number or not code:
        form.add_error("code" if number else "no", told_code("required"))
        return _page(request, form, 422)
    client = request.META.get("REMOTE_ADDR", "")
    try:
        matter = open_with_code(number, code, client=client, now=timezone.now())
    except (Unknown, TooMany) as refused:
        form.add_error(None, told(refused))
        response = _page(request, form, refused.status)
        if isinstance(refused, TooMany):
            response.headers["Retry-After"] = str(refused.retry_after)
        return response
    remember(request, matter.number)
    sentence = gettext("事项已打开。您刚才填的内容都在，再提交一次就好。")
    again = resend_set_aside(request, request.POST.get("kept", ""), sentence)
    if again is not None:
        return again
    anchor = "#verdict" if request.POST.get("for") == "verdict" else ""
    return HttpResponseRedirect(reverse("matter", args=[matter.number]) + anchor)


def as_copied(number: str, code: str) -> tuple[str, str]:
    """Number and code as people paste them: blanks and dashes in the code, or both in the first field."""
    number, code = number.strip(), code.strip()
    if not code:
        pasted = _PASTED.search(number)
        if pasted is not None:
            number, code = pasted.groups()
    return number, re.sub(r"[^0-9]", "", code.translate(_WIDE))


_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)}


def _page(request: HttpRequest, form: TrackForm, status: int) -> HttpResponse:
    purpose = request.POST.get("for") or request.GET.get("for") or ""
    kept = request.POST.get("kept") or request.GET.get("kept") or ""
    context = {"form": form, "opened": opened(request), "purpose": purpose, "kept": kept}
    return render(request, "citizen/track.html", context, status=status)
