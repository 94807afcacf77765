"""What went wrong is said in a sentence, and what was typed is not lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from duban.core.refusal import Forbidden, Invalid, Refused, TooMany, Unknown
from duban.core.workdays import CalendarMissing
from duban.web.callers import CallerMiddleware
from duban.web.display import display_of
from duban.web.failures import bad_request, server_error
from duban.web.refusals import RefusalMiddleware

from .conftest import page

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}


def test_an_address_nobody_serves(client: Client) -> None:
    response = client.get("/nonsense")
    assert response.status_code == 404
    assert "没有找到您要的页面" in page(response)


@pytest.mark.parametrize(
    ("address", "proper"),
    [
        ("/desk/", "/desk"),
        ("/office/", "/office"),
        ("/office/matters/?light=red&unit=x", "/office/matters?light=red&unit=x"),
        ("/matters/20140107-0001-3/", "/matters/20140107-0001-3"),
    ],
)
def test_a_page_s_address_with_a_slash_behind_it_leads_to_the_page(
    client: Client, address: str, proper: str
) -> None:
    for asked in (client.get, client.head):
        response = asked(address)
        assert (response.status_code, response.headers["Location"]) == (301, proper)


@pytest.mark.parametrize("address", ["/nonsense/", "/desk//", "/api/v1/census/", "/open311/v2/"])
def test_an_address_nobody_serves_leads_nowhere_with_a_slash(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_form_sent_to_an_address_with_a_slash_is_not_led_on(client: Client) -> None:
    assert client.post("/sign-in/").status_code == 404


def test_machines_get_a_problem_document(client: Client) -> None:
    response = client.get("/open311/nonsense")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("exception", "status", "sentence"),
    [
        (Refused("already_closed"), 409, "已经销号"),
        (Forbidden("no_right"), 403, "没有这项权限"),
        (Unknown("not_yours"), 404, "没有找到这件事"),
        (TooMany("too_many_tries", retry_after=90), 429, "请 2 分钟后再试"),
        (Invalid({"after": ("not_acceptable", {})}), 422, "不符合要求"),
        (CalendarMissing(2031), 409, "2031 年的工作日历还没有录入"),
    ],
)
def test_what_a_verb_raises_becomes_a_page(exception: Exception, status: int, sentence: str) -> None:
    request = RequestFactory().get("/matters/1")
    request.display = display_of(request)  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    request._messages = []  # type: ignore[attr-defined]
    response = RefusalMiddleware(lambda _request: None).process_exception(request, exception)  # type: ignore[arg-type, return-value]
    assert response is not None
    assert response.status_code == status
    assert sentence in page(response)


def test_other_exceptions_are_not_ours_to_answer() -> None:
    request = RequestFactory().get("/")
    middleware = RefusalMiddleware(lambda _request: None)  # type: ignore[arg-type, return-value]
    assert middleware.process_exception(request, ValueError()) is None


def test_an_expired_form_keeps_everything(units: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    fields = {"title": "写了<很>久", "body": "第一行\n第二行", "csrfmiddlewaretoken": "old"}
    response = strict.post("/register", fields, headers=HERE)
    text = page(response)
    assert response.status_code == 403
    assert "页面放得太久，请再提交一次。您填的内容都在。" in text
    assert 'name="title" value="写了&lt;很&gt;久"' in text
    assert 'action="/register"' in text
    token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = strict.post("/register", {**fields, "csrfmiddlewaretoken": token}, headers=HERE)
    assert again.status_code == 422
    assert "第二行" in page(again)


def test_an_expired_sign_in_does_not_echo_the_password(units: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/sign-in", {"username": "handler", "password": "duban-demo"}, headers=HERE)
    assert "duban-demo" not in page(response)


def test_a_form_from_elsewhere_is_never_offered_again(units: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    for headers in ({"origin": "http://evil.example"}, {"referer": "http://evil.example/x"}, {}):
        response = strict.post("/register", {"title": "别人写的"}, headers=headers)
        assert response.status_code == 403
        assert "别人写的" not in page(response)


def test_a_form_too_large_to_read(client: Client, units: object) -> None:
    body = "字" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3 + 10)
    response = client.post("/register", {"body": body})
    assert response.status_code == 413
    assert "一次上传的内容太大" in page(response)


def test_a_request_that_makes_no_sense() -> None:
    request = RequestFactory().get("/")
    request.display = display_of(request)  # type: ignore[attr-defined]
    request._messages = []  # type: ignore[attr-defined]
    assert bad_request(request, ValueError()).status_code == 400


def test_our_own_mistake_is_said_so() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "不是您的操作有误" in page(response)
    assert server_error(RequestFactory().get("/api/v1/x")).headers["Content-Type"].endswith("problem+json")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "10.1.1.1", "127.0.0.1"),
        (1, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (2, "10.1.1.1, 192.168.0.9", "10.1.1.1"),
        (2, "10.1.1.1", "127.0.0.1"),
        (1, "6.6.6.6, 10.1.1.1:50123", "10.1.1.1"),
        (1, "[2001:db8::1]:50123", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "unknown", "unknown"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_caller_behind_a_balancer_is_told_apart_only_where_it_is_trusted(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.DUBAN_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    CallerMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    "path",
    [
        "/matters/%00/ballot",
        "/matters/20140129%00-0163-7",
        "/cosign/%00",
        "/cosign/%00/code",
        "/orders/verify/%00",
        "/attachments/%00",
        "/public/%00",
        "/api/v1/cosignatures/%00",
        "/api/v1/matters/%00",
    ],
)
def test_no_address_holds_a_nul(client: Client, city: object, path: str) -> None:
    """PostgreSQL takes none in a text: it must not get as far as a query."""
    for response in (client.get(path), client.post(path, {"code": "1"})):
        assert response.status_code == 404
        if path.startswith("/api/"):
            assert response.json()["code"] == "not_found"
