"""Signing in and out; a lost session does not lose what was typed."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from duban.core.refusal import Forbidden
from duban.core.rights import Verb
from duban.matters.verbs.registering import Registered
from duban.web.access import StaffRequest, staff_page
from duban.web.models import Draft
from tests import city as planting

from .conftest import open_as_petitioner, page

RIGHT = {"username": "handler", "password": planting.PASSWORD}


def test_signing_in_leads_to_the_desk(client: Client, cast: planting.Cast) -> None:
    assert client.post("/sign-in", RIGHT).headers["Location"] == "/desk"


def test_signing_in_leads_back(client: Client, cast: planting.Cast) -> None:
    response = client.post("/sign-in", {**RIGHT, "next": "/desk/matters/1?x=2"})
    assert response.headers["Location"] == "/desk/matters/1?x=2"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_but_never_elsewhere(client: Client, cast: planting.Cast, target: str) -> None:
    assert client.post("/sign-in", {**RIGHT, "next": target}).headers["Location"] == "/desk"


def test_a_wrong_password_and_an_unknown_name_look_the_same(client: Client, cast: planting.Cast) -> None:
    wrong = client.post("/sign-in", {"username": "handler", "password": "wrong"})
    unknown = client.post("/sign-in", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in page(wrong)
    hide = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert hide.sub("", page(wrong)).replace("handler", "nobody") == hide.sub("", page(unknown))
    assert "wrong" not in page(wrong).split("<form")[1]
    assert client.post("/sign-in", {}).status_code == 422


def test_five_wrong_passwords_lock_the_name(client: Client, cast: planting.Cast) -> None:
    for _ in range(5):
        client.post("/sign-in", {"username": "handler", "password": "wrong"})
    assert "账号已暂时锁定" in page(client.post("/sign-in", RIGHT))


def test_signing_out_takes_a_button(client: Client, cast: planting.Cast) -> None:
    client.force_login(cast.handler)
    assert "要退出登录吗" in page(client.get("/sign-out"))
    assert client.session.get("_auth_user_id")
    client.post("/sign-out")
    assert not client.session.get("_auth_user_id")


@staff_page(Verb.ACCEPT)
def accept_page(request: StaffRequest) -> HttpResponse:
    """A page of the inside, for these tests."""
    return HttpResponse(request.user.actor.key)


def asked(method: str, user: object, data: dict[str, object] | None = None) -> HttpRequest:
    """A request to that page."""
    request = getattr(RequestFactory(), method)("/desk/matters/1/acceptance", data or {})
    request.user = user
    request.session = {}
    assert isinstance(request, HttpRequest)
    return request


class Nobody:
    """Not signed in."""

    is_authenticated = False


def test_a_page_of_the_inside_asks_who_you_are(cast: planting.Cast) -> None:
    response = accept_page(asked("get", Nobody()))
    assert response.headers["Location"] == "/sign-in?next=%2Fdesk%2Fmatters%2F1%2Facceptance"
    assert accept_page(asked("get", cast.handler)).content.decode() == cast.handler.actor.key
    assert accept_page(asked("get", cast.handler)).headers["Cache-Control"] == "private, no-store"
    with pytest.raises(Forbidden):
        accept_page(asked("get", cast.publisher))


def test_a_form_sent_without_a_session_waits_for_signing_in(client: Client, cast: planting.Cast) -> None:
    typed = {"note": "写了很久的<说明>", "days": ["1", "2"], "password": "never"}
    path = "/desk/matters/20140106-0001-0/progress"
    location = client.post(path, typed).headers["Location"]
    assert "写了很久".encode() not in bytes(Draft.shelf.get().body)
    text = page(client.get(location))
    assert "您刚才填的内容已经存好" in text
    kept = text.split('name="kept" value="')[1].split('"')[0]
    text = page(client.post("/sign-in", {**RIGHT, "kept": kept}))
    assert "已重新登录" in text
    assert f'action="{path}"' in text
    assert "写了很久的&lt;说明&gt;" in text
    assert text.count('name="days"') == 2
    assert "never" not in text
    assert Draft.shelf.count() == 0  # given back once


def test_what_somebody_else_set_aside_is_not_given_back(client: Client, cast: planting.Cast) -> None:
    """Else a link with a token would put a stranger's form into the hands of whoever signs in."""
    location = Client().post("/desk/matters/20140106-0001-0/progress", {"note": "别人的"}).headers["Location"]
    kept = location.split("kept=")[1]
    response = client.post("/sign-in", {**RIGHT, "kept": kept})
    assert response.headers["Location"] == "/desk"


def test_what_a_petitioner_opened_is_not_the_accounts_that_signs_in(
    client: Client, registered: Registered, city: object
) -> None:
    number = open_as_petitioner(client, registered).number
    assert client.post("/sign-in", RIGHT).status_code == 302
    assert client.post(f"/matters/{number}/verdict", {"grade": 5}).headers["Location"].startswith("/track?")
