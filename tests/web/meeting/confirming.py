"""Deciding an item on its pages: what was filled in is looked at, and then confirmed as it was shown."""

from __future__ import annotations

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form that confirms, as a browser sends them."""
    form = page.split("<main", 1)[1]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def looked_at(client: Client, item: int, typed: dict[str, Any]) -> str:
    """The page that says what would happen."""
    answer = client.post(f"/office/docket/{item}/decision", typed)
    text = answer.content.decode()
    assert answer.status_code == 200, text
    assert "确认作出决定" in text
    return text


def confirmed(client: Client, item: int, page: str, **changes: str) -> HttpResponse:
    """The confirming button of such a page is pressed."""
    sent = {**hidden(page), "sure": "1", **changes}
    return client.post(f"/office/docket/{item}/decision", sent)  # type: ignore[return-value]


def decides(client: Client, item: int, typed: dict[str, Any]) -> HttpResponse:
    """Both, one after the other."""
    return confirmed(client, item, looked_at(client, item, typed))
