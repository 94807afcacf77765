"""The receipt: number, query code, the tracking link as a QR code, what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from textwrap import wrap
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import HttpRequest
from django.urls import reverse


def receipt(request: HttpRequest, result: Mapping[str, Any]) -> dict[str, Any]:
    """What the receipt page draws. The link in the QR holds the number and never the code."""
    link = request.build_absolute_uri(f"{reverse('track')}?{urlencode({'no': result['number']})}")
    return {
        "number": result["number"],
        "code": spaced(result["code"]),
        "title": result["title"],
        "unit": result["unit"],
        "assigned": result["assigned"],
        "again": result["again"],
        "many": result.get("collective", False),
        "due_at": datetime.fromisoformat(result["due_at"]),
        "registered_at": datetime.fromisoformat(result["registered_at"]),
        "fingerprint": " ".join(wrap(result.get("hash", "")[:16], 4)),
        "link": link,
        "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2, light="#fff"),
    }


def spaced(code: str) -> str:
    """A query code in groups a person can copy: 40271 83596."""
    half = (len(code) + 1) // 2
    return f"{code[:half]} {code[half:]}"
