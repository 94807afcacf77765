"""What happened is told in the past in English, also where Chinese uses a button's word."""

from __future__ import annotations

from django.utils import translation

from duban.core.events import Kind
from duban.web.office.audit import KINDS, happened


def test_what_happened_is_no_command() -> None:
    with translation.override("en"):
        said = {kind: happened(kind) for kind in KINDS}
    assert said[Kind.SIGNED_IN] == "Signed in"
    assert said[Kind.PROGRESS_REPORTED] == "Progress reported"
    orders = ("Answer ", "Change ", "End ", "Rule ", "Sign in", "Report ")
    assert [word for word in said.values() if word.startswith(orders)] == []
