"""Sending a form of the inside: its deed is done once, and what is said afterwards is what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .citizen.forms import ForgivingForm
from .doing import done
from .once import done_once

SPENT = _("这一份已经提交过，没有再办一次。")


def sent(
    request: HttpRequest, form: ForgivingForm, deed: Callable[[], object], now: datetime, word: str | Promise
) -> bool:
    """Do it unless the form's slip is spent, and say so; False: what a rule says against it stands in the form.

    Raises what is not the form's to mend.
    """
    fresh: list[bool] = []
    if not done(form, lambda: fresh.append(done_once(request, deed, now))):
        return False
    say(request, word, fresh=fresh[0])
    return True


def say(request: HttpRequest, word: str | Promise, *, fresh: bool) -> None:
    """The word of a deed that was done now; of one done before, that it was."""
    if fresh:
        messages.success(request, gettext(str(word)))
    else:
        messages.warning(request, gettext(SPENT))
