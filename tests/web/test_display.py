"""Elder mode, contrast, language: one tap, kept in a cookie, the rest of the address stays."""

from __future__ import annotations

import pytest
from django.test import Client

from .conftest import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "attribute"),
    [
        ("mode=elder", 'data-mode="elder"'),
        ("contrast=more", 'data-contrast="more"'),
        ("lang=en", '<html lang="en"'),
    ],
)
def test_one_tap_and_it_stays(client: Client, query: str, attribute: str) -> None:
    assert attribute not in page(client.get("/track"))
    response = client.get(f"/track?no=1&{query}")
    assert response.headers["Location"] == "/track?no=1"
    assert attribute in page(client.get("/track"))


def test_back_to_normal(client: Client) -> None:
    client.get("/track?mode=elder&lang=en")
    assert client.get("/track?mode=normal&lang=zh-hans").headers["Location"] == "/track"
    text = page(client.get("/track"))
    assert 'data-mode="normal"' in text
    assert '<html lang="zh-Hans"' in text


def test_an_unknown_choice_is_ignored(client: Client) -> None:
    assert client.get("/track?mode=huge").headers["Location"] == "/track"
    client.cookies["duban_mode"] = '"><script>'
    assert "<script>" not in page(client.get("/track"))


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "///evil.example"])
def test_the_redirect_stays_here(client: Client, path: str) -> None:
    location = client.get(path, {"mode": "elder"}).headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_the_browser_s_languages_do_not_decide(client: Client) -> None:
    assert "进度查询" in page(client.get("/track", headers={"accept-language": "en-US,en"}))


def test_links_keep_the_other_parameters(client: Client) -> None:
    text = page(client.get("/track?no=20140129-0163-5"))
    assert 'href="/track?no=20140129-0163-5&amp;mode=elder"' in text


def test_nothing_comes_from_outside(client: Client, units: object) -> None:
    for path in ("/", "/register", "/track", "/public", "/catalogue", "/statistics", "/sign-in"):
        response = client.get(path)
        text = page(response)
        assert "http://" not in text.replace("http://www.w3.org/", "")
        assert "https://" not in text
        assert 'style="' not in text  # the content security policy would drop it
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "django_htmx/htmx-2.min.js" in text


def test_a_page_can_be_asked_for_its_headers_alone(client: Client, units: object) -> None:
    for path in ("/", "/register", "/track", "/public", "/catalogue", "/statistics", "/sign-in"):
        assert client.head(path).status_code == 200
